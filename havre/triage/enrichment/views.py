"""The door to what was looked at in the open for a report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.triage.enrichment.actions import read_notes, write_note
from havre.triage.enrichment.forms import NoteForm, note_named
from havre.triage.enrichment.reads import note_rows
from havre.triage.enrichment.rules import CorrectedAlreadyError

UNPROCESSABLE = 422


@door(Permit.REPORT_ENRICH)
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: OfficerRequest, reference: str) -> HttpResponse:
    form = NoteForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            write_note(reference, **form.note(), by=request.user)
        except CorrectedAlreadyError:
            words = _("A colleague corrected that note first. Correct theirs. Nothing was changed.")
            messages.warning(request, words, extra_tags="look")
            return redirect("notes", reference)
        messages.success(
            request, _("Kept. A note is never altered; a correction stands beside it.")
        )
        return redirect("report_page", reference)
    asked = None if form is not None else note_named(request.GET.get("corrects", ""))
    opened = read_notes(reference, corrects=asked, by=request.user)
    context = {
        "report": opened.report,
        "rows": note_rows(opened.notes),
        "correcting": opened.correcting,
        "form": form or NoteForm(correcting=opened.correcting),
    }
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "enrichment/notes.html", context, status=status)
