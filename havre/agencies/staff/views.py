"""The doors of officers' accounts, for whoever keeps them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.agencies.staff import actions
from havre.agencies.staff.forms import AddForm, ChangeForm, OfficersForm
from havre.agencies.staff.reads import (
    OfficerPage,
    agencies_kept_by,
    chosen_of,
    keeper_of,
    open_to_choose,
)
from havre.agencies.staff.rules import OfficerRefusedError
from havre.agencies.staff.wording import REFUSALS, SURE

UNPROCESSABLE = 422
AT_FIRST = {"compartments": ["general"], "language": "en"}
by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@door(Permit.OFFICERS_KEEP)
@require_safe
def officers(request: OfficerRequest) -> HttpResponse:
    agencies = agencies_kept_by(request.user)
    asked = OfficersForm(request.GET, agencies=agencies).asked()
    page = actions.read_officers(**asked, by=request.user)
    form = OfficersForm(initial=asked, agencies=agencies)
    return render(request, "agencies/officers.html", {"page": page, "form": form})


@door(Permit.OFFICERS_KEEP)
@by_page_or_form
def add_officer(request: OfficerRequest) -> HttpResponse:
    keeper, agencies = keeper_of(request.user), agencies_kept_by(request.user)
    if request.method != "POST":
        form = AddForm(initial=AT_FIRST, keeper=keeper, agencies=agencies)
        return render(request, "agencies/add_officer.html", {"form": form})
    form = AddForm(request.POST, keeper=keeper, agencies=agencies)

    def act() -> HttpResponse:
        made = actions.add_with_one_time_password(**form.given(), by=request.user)
        return render(request, "agencies/one_time_password.html", {"made": made})

    return _done_or_asked_again(request, form, act, "agencies/add_officer.html", {})


@door(Permit.OFFICERS_KEEP)
@require_safe
def officer(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    page = actions.open_officer(officer_id, by=request.user)
    return render(request, "agencies/officer.html", {"page": page})


@door(Permit.OFFICERS_KEEP)
@by_page_or_form
def change_officer(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    page = actions.open_officer(officer_id, by=request.user)
    choices = open_to_choose(page, by=request.user)
    if request.method != "POST":
        form = ChangeForm(initial=chosen_of(page.officer), **choices)
        return render(request, "agencies/change_officer.html", {"form": form, "page": page})
    form = ChangeForm(request.POST, **choices)

    def act() -> HttpResponse:
        actions.change_officer(officer_id, **form.given(), by=request.user)
        messages.success(request, _("The account of %(name)s was changed.") % _name_in(page))
        return redirect("officer", officer_id)

    return _done_or_asked_again(request, form, act, "agencies/change_officer.html", {"page": page})


@door(Permit.OFFICERS_KEEP)
@by_page_or_form
def close_officer(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    def act(page: OfficerPage) -> HttpResponse:
        actions.close_officer(officer_id, by=request.user)
        messages.success(request, _("The account of %(name)s is closed.") % _name_in(page))
        return redirect("officer", officer_id)

    return _confirmed(request, officer_id, "close", act)


@door(Permit.OFFICERS_KEEP)
@by_page_or_form
def reopen_officer(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    def act(page: OfficerPage) -> HttpResponse:
        actions.reopen_officer(officer_id, by=request.user)
        messages.success(request, _("The account of %(name)s is open again.") % _name_in(page))
        return redirect("officer", officer_id)

    return _confirmed(request, officer_id, "reopen", act)


@door(Permit.OFFICERS_KEEP)
@by_page_or_form
def reset_second_factor(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    def act(page: OfficerPage) -> HttpResponse:
        actions.reset_second_factor(officer_id, by=request.user)
        said = _("%(name)s sets up a new second factor at the next sign-in.") % _name_in(page)
        messages.success(request, said)
        return redirect("officer", officer_id)

    return _confirmed(request, officer_id, "second-factor", act)


@door(Permit.OFFICERS_KEEP)
@by_page_or_form
def reset_password(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    def act(_page: OfficerPage) -> HttpResponse:
        made = actions.reset_password(officer_id, by=request.user)
        return render(request, "agencies/one_time_password.html", {"made": made})

    return _confirmed(request, officer_id, "password", act)


def _confirmed(
    request: OfficerRequest, officer_id: UUID, what: str, act: Callable[[OfficerPage], HttpResponse]
) -> HttpResponse:
    """Ask whether to do it, saying what follows; or do it, or say why not."""
    page = actions.open_officer(officer_id, by=request.user)
    refusal = page.refusals[what]
    if request.method == "POST":
        try:
            return act(page)
        except OfficerRefusedError as error:
            refusal = error.refusal
    context = {
        "page": page,
        "sure": SURE[what],
        "headline": str(SURE[what].headline) % _name_in(page),
        "refusal": REFUSALS[refusal] if refusal else "",
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "agencies/sure.html", context, status=status)


def _done_or_asked_again(
    request: OfficerRequest,
    form: ChangeForm,
    act: Callable[[], HttpResponse],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Do what a form asks; or show it again with what is to be mended."""
    if form.is_valid():
        try:
            return act()
        except OfficerRefusedError as error:
            form.refuse(error.refusal)
    return render(request, template, {**context, "form": form}, status=UNPROCESSABLE)


def _name_in(page: OfficerPage) -> dict[str, str]:
    return {"name": page.officer.display_name}
