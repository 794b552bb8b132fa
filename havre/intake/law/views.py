"""The doors of legal duties: a provider's records of section 9, the organization's own duties."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.intake.law.actions import (
    DeemedRefusedError,
    WrongMomentError,
    change_incident,
    destroy_record,
    note_deemed,
    note_incident,
    read_deemed,
    read_incident,
    read_legal_duties,
    send_incident,
    withdraw_deemed,
)
from havre.intake.law.forms import AfterForm, DeemedForm, IncidentForm, SentForm, moment
from havre.intake.law.page import duties_after, duties_context, notice_row, paper_of
from havre.intake.law.wording import DEEMED_FAULTS, OTHER_LAWS
from havre.plumbing import clock

UNPROCESSABLE = 422
by_page_or_form = require_http_methods(["GET", "HEAD", "POST"])
# Where a fault of a record of section 9 is mended.
MENDED_AT = {"reference": "given_number", "reported_on": "day"}


@door(Permit.CONSOLE_USE)
@by_page_or_form
def deemed(request: OfficerRequest) -> HttpResponse:
    form = DeemedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            note_deemed(**form.given(), by=request.user)
        except DeemedRefusedError as refusal:
            form.add_error(MENDED_AT[refusal.field], str(DEEMED_FAULTS[refusal.fault]))
        else:
            messages.success(request, _("The record is kept."))
            return redirect("console_deemed")
    page = read_deemed(after=AfterForm(request.GET).asked(), by=request.user)
    context = {
        "form": form,
        "page": page,
        "rows": [(row, OTHER_LAWS[row.law]) for row in page.rows],
        "effects": duties_after(is_standing=False),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "intake/law/deemed.html", context, status=status)


@door(Permit.CONSOLE_USE)
@require_POST
def withdraw(request: OfficerRequest, pk: UUID) -> HttpResponse:
    """Take a record back, or let it stand again."""
    is_withdrawn = request.POST.get("stands") != "1"
    withdraw_deemed(pk, is_withdrawn=is_withdrawn, by=request.user)
    done = _("The record is taken back.") if is_withdrawn else _("The record stands again.")
    messages.success(request, done)
    return redirect("console_deemed")


@door(Permit.LEGAL_DUTIES_KEEP)
@require_safe
def duties(request: OfficerRequest) -> HttpResponse:
    found = read_legal_duties(after=AfterForm(request.GET).asked(), by=request.user)
    return render(request, "intake/law/duties.html", duties_context(found))


@door(Permit.LEGAL_DUTIES_KEEP)
@by_page_or_form
def new_incident(request: OfficerRequest) -> HttpResponse:
    form = IncidentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = note_incident(**form.given(), by=request.user)
        except WrongMomentError:
            form.add_error("day", _("This moment is still to come."))
        else:
            messages.success(request, _("The notice is drafted. Send it within 24 hours."))
            return redirect("incident", made.reference)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "intake/law/new_incident.html", {"form": form}, status=status)


@door(Permit.LEGAL_DUTIES_KEEP)
@by_page_or_form
def incident(request: OfficerRequest, reference: str) -> HttpResponse:
    if request.method != "POST":
        return _incident(request, reference)
    form = IncidentForm(request.POST)
    if form.is_valid():
        try:
            change_incident(reference, **form.given(), by=request.user)
        except WrongMomentError:
            form.add_error("day", _("Check the moment: not to come, and before it was told."))
        else:
            messages.success(request, _("The notice was changed."))
            return redirect("incident", reference)
    return _incident(request, reference, form=form)


@door(Permit.LEGAL_DUTIES_KEEP)
@require_POST
def incident_sent(request: OfficerRequest, reference: str) -> HttpResponse:
    """Note when the ministers were told, or take that back."""
    if request.POST.get("step") == "undo":
        send_incident(reference, sent_at=None, by=request.user)
        messages.success(request, _("It stands as not sent again."))
        return redirect("incident", reference)
    form = SentForm(request.POST)
    if form.is_valid():
        try:
            send_incident(reference, sent_at=moment(form.cleaned_data), by=request.user)
        except WrongMomentError:
            form.add_error("day", _("Check the moment: after it was noticed, and not to come."))
        else:
            messages.success(request, _("It is noted that the ministers were told."))
            return redirect("incident", reference)
    return _incident(request, reference, sending=form)


@door(Permit.LEGAL_DUTIES_KEEP)
@require_safe
def incident_paper(request: OfficerRequest, reference: str) -> HttpResponse:
    opened = read_incident(reference, as_paper=True, by=request.user)
    answer = HttpResponse(paper_of(opened), content_type="application/pdf")
    name = f"{opened.notice.reference}-draft-ebauche.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@door(Permit.LEGAL_DUTIES_KEEP)
@require_POST
def destroy(request: OfficerRequest, incident_number: str) -> HttpResponse:
    row = destroy_record(incident_number, by=request.user)
    done = _("The addresses of %(number)s can be read by nobody any more. Its receipt stays.")
    messages.success(request, done % {"number": row.incident_number})
    return redirect("legal_duties")


def _incident(
    request: OfficerRequest,
    reference: str,
    *,
    form: IncidentForm | None = None,
    sending: SentForm | None = None,
) -> HttpResponse:
    opened = read_incident(reference, by=request.user)
    words, at = opened.words, opened.notice.noticed_at.astimezone(clock.LEGAL_ZONE)
    typed = {
        "what": opened.notice.kind,
        "day": at.date(),
        "hour": at.strftime("%H:%M"),
        "happened": words.happened,
        "function": words.function,
        "steps": words.steps,
        "reach": words.contact,
    }
    context = {
        **notice_row(opened.notice),
        "form": form or IncidentForm(initial=typed),
        "sending": sending or SentForm(),
        "faulty": form or sending,
    }
    status = UNPROCESSABLE if form or sending else 200
    return render(request, "intake/law/incident.html", context, status=status)
