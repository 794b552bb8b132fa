"""The doors of a desk's rota."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.triage.duty import actions
from havre.triage.duty.forms import GiveForm, ShiftsForm
from havre.triage.duty.page import page_in_words
from havre.triage.duty.reads import officers_for_duty
from havre.triage.duty.rules.shifts import ShiftRefusedError
from havre.triage.duty.wording import REFUSALS

UNPROCESSABLE = 422


@door(Permit.ROTA_READ)
@require_safe
def rota(request: OfficerRequest) -> HttpResponse:
    page = page_in_words(actions.read_rota(by=request.user), language=get_language() or "en")
    keeps = request.user.may(Permit.ROTA_KEEP)
    pages = request.user.may(Permit.PAGE_ANSWER)
    return render(request, "duty/rota.html", {"page": page, "keeps": keeps, "pages": pages})


@door(Permit.ROTA_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def add_shifts(request: OfficerRequest) -> HttpResponse:
    colleagues = officers_for_duty(request.user.agency_id)
    if request.method != "POST":
        form = ShiftsForm(initial={"days": 1}, colleagues=colleagues)
        return render(request, "duty/add_shifts.html", {"form": form})
    form = ShiftsForm(request.POST, colleagues=colleagues)
    if form.is_valid():
        try:
            actions.set_shifts(form.cleaned_data["officer"], **form.given(), by=request.user)
        except ShiftRefusedError as error:
            form.refuse(error.refusal)
        else:
            messages.success(request, _("The rota was changed."))
            return redirect("rota")
    return render(request, "duty/add_shifts.html", {"form": form}, status=UNPROCESSABLE)


@door(Permit.ROTA_KEEP)
@require_POST
def give_shift(request: OfficerRequest, shift_id: UUID) -> HttpResponse:
    form = GiveForm(request.POST)
    to = form.cleaned_data["to"] if form.is_valid() else ""
    try:
        shift = actions.give_shift(shift_id, to=to, by=request.user)
    except ShiftRefusedError as error:
        messages.warning(request, str(REFUSALS[error.refusal]), extra_tags="look")
    else:
        said = _("%(name)s has the shift now. Give it back in the same way.")
        messages.success(request, said % {"name": shift.officer.display_name})
    return redirect("rota")


@door(Permit.ROTA_KEEP)
@require_POST
def remove_shift(request: OfficerRequest, shift_id: UUID) -> HttpResponse:
    actions.remove_shift(shift_id, by=request.user)
    messages.success(request, _("The shift was taken off. See below whether somebody else is on."))
    return redirect("rota")
