"""The doors of kept filters."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.triage.filters import actions
from havre.triage.filters.forms import NameForm, SaveForm
from havre.triage.filters.page import filters_in_words
from havre.triage.filters.rules import FilterRefusedError

UNPROCESSABLE = 422


@door(Permit.FILTER_KEEP)
@require_safe
def filters(request: OfficerRequest) -> HttpResponse:
    return _page(request)


@door(Permit.FILTER_KEEP)
@require_POST
def save_filter(request: OfficerRequest) -> HttpResponse:
    form = SaveForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            kept = actions.save_filter(
                given["name"], asked=form.asked(), is_shared=given["is_shared"], by=request.user
            )
        except FilterRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The filter “%(name)s” is kept.") % {"name": kept.name})
            return redirect(f"{reverse('queue')}?{kept.query}")
    return _page(request, save=form)


@door(Permit.FILTER_KEEP)
@require_POST
def rename_filter(request: OfficerRequest, filter_id: UUID) -> HttpResponse:
    form = NameForm(request.POST, of=str(filter_id))
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            actions.rename_filter(filter_id, name=name, by=request.user)
        except FilterRefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The filter is called “%(name)s” now.") % {"name": name})
            return redirect("filters")
    return _page(request, rename={filter_id: form})


@door(Permit.FILTER_KEEP)
@require_POST
def delete_filter(request: OfficerRequest, filter_id: UUID) -> HttpResponse:
    kept = actions.delete_filter(filter_id, by=request.user)
    said = _("The filter “%(name)s” is deleted. Choose the same in the queue to keep it again.")
    messages.success(request, said % {"name": kept.name})
    return redirect("filters")


@door(Permit.FILTER_KEEP)
@require_POST
def begin_with(request: OfficerRequest, filter_id: UUID) -> HttpResponse:
    if actions.begin_with(filter_id, by=request.user):
        messages.success(request, _("Your queue begins with it. The counts still show all."))
    else:
        messages.success(request, _("Your queue begins with everything again."))
    return redirect("filters")


def _page(
    request: OfficerRequest,
    *,
    save: SaveForm | None = None,
    rename: dict[UUID, NameForm] | None = None,
) -> HttpResponse:
    page = filters_in_words(actions.read_filters(by=request.user), rename or {})
    faulty = save or next(iter((rename or {}).values()), None)
    context = {"page": page, "save": save, "form": faulty or NameForm()}
    return render(request, "filters/filters.html", context, status=UNPROCESSABLE if faulty else 200)
