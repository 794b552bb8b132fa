"""The doors of the international desk: the list, a new exchange, one, and what is done in it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.abroad import forms
from havre.cases.abroad.actions import (
    FiledAlreadyError,
    change_exchange,
    file_exchange,
    move_exchange,
    note_copy,
    note_exchange,
    read_exchange,
    read_exchanges,
)
from havre.cases.abroad.page import exchange_context, exchange_rows
from havre.cases.abroad.risks.actions import (
    assess_exchange,
    decide_exchange,
    link_exchange,
    unlink_exchange,
)
from havre.cases.abroad.rules.states import AbroadRefusedError
from havre.cases.abroad.wording import why_not

UNPROCESSABLE = 422


@door(Permit.EXCHANGE_READ)
@require_safe
def exchanges(request: OfficerRequest) -> HttpResponse:
    form = forms.WhichForm(request.GET)
    after = request.GET.get("after", "")
    named, page = read_exchanges(which=form.asked(), after=after, by=request.user)
    context = {"rows": exchange_rows(named, language=_language()), "page": page, "form": form}
    return render(request, "abroad/exchanges.html", context)


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_exchange(request: OfficerRequest) -> HttpResponse:
    held = request.user.context.compartments.split(",")
    form = forms.FileForm(request.POST if request.method == "POST" else None, held=held)
    filed = _filed(request, form) if form.is_valid() else None
    if filed is None:
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "abroad/new_exchange.html", {"form": form}, status=status)
    messages.success(request, _("The exchange stands here. Nothing has gone out."))
    return redirect("exchange", filed)


@door(Permit.EXCHANGE_READ)
@require_safe
def exchange(request: OfficerRequest, reference: str) -> HttpResponse:
    return _page(request, reference)


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_POST
def change(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.TermsForm(request.POST)
    return _do(request, reference, form, change_exchange, _("The exchange was changed."))


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_POST
def move(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.StepForm(request.POST)
    return _do(request, reference, form, move_exchange, _("The step was noted."))


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_POST
def assess(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.AssessForm(request.POST)
    return _do(request, reference, form, assess_exchange, _("The assessment was recorded."))


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_DECIDE)
@require_POST
def decide(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.DecideForm(request.POST)
    return _do(request, reference, form, decide_exchange, _("The decision was recorded."))


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_POST
def link(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.LinkForm(request.POST)
    return _do(request, reference, form, link_exchange, _("It is tied to that now."))


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_POST
def unlink(request: OfficerRequest, reference: str) -> HttpResponse:
    form = forms.UnlinkForm(request.POST)
    return _do(request, reference, form, unlink_exchange, _("It is no longer tied to that."))


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_POST
def note(request: OfficerRequest, reference: str) -> HttpResponse:
    return _do(request, reference, forms.NoteForm(request.POST), note_exchange, _("It was noted."))


@door(Permit.EXCHANGE_READ, Permit.EXCHANGE_WRITE)
@require_POST
def copy(request: OfficerRequest, reference: str) -> HttpResponse:
    return _do(request, reference, forms.CopyForm(request.POST), note_copy, _("It was noted."))


def _filed(request: OfficerRequest, form: forms.FileForm) -> str | None:
    try:
        return file_exchange(**form.given(), by=request.user).reference
    except FiledAlreadyError as error:
        form.add_error("their_reference", _already(error))
    return None


def _already(error: FiledAlreadyError) -> str:
    told = {"reference": error.reference}
    return _("Their letter of this number stands here already: %(reference)s.") % told


def _do(
    request: OfficerRequest, reference: str, form: Form, act: Callable[..., object], done: str
) -> HttpResponse:
    """Do what the form says and say so, or why not: beside the field, or on top of the page."""
    if not form.is_valid():
        return _page(request, reference, faulty=form)
    given: dict[str, Any] = getattr(form, "given", lambda: form.cleaned_data)()
    try:
        act(reference, **given, by=request.user)
    except FiledAlreadyError as error:
        form.add_error("their_reference", _already(error))
        return _page(request, reference, faulty=form)
    except AbroadRefusedError as error:
        messages.warning(request, str(why_not(error)), extra_tags="look")
    except ObjectDoesNotExist:
        # The exchange itself must be one's to see: else this page is not there either.
        if not isinstance(form, forms.LinkForm):
            raise
        form.add_error("called", _("There is no report, referral or case of it that you see."))
        return _page(request, reference, faulty=form)
    else:
        messages.success(request, done)
    return redirect("exchange", reference)


def _page(request: OfficerRequest, reference: str, *, faulty: Form | None = None) -> HttpResponse:
    opened = read_exchange(reference, by=request.user)
    context = exchange_context(opened, reader=request.user, language=_language(), faulty=faulty)
    status = UNPROCESSABLE if faulty else 200
    return render(request, "abroad/exchange.html", context, status=status)


def _language() -> str:
    return get_language() or "en"
