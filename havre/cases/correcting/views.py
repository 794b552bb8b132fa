"""The door by which a mistake is taken out of a case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.contents.actions import Contents
from havre.cases.correcting.actions import ExhibitsTakenError, Thing, read_to_correct
from havre.cases.correcting.actions import take_out as take_it_out
from havre.cases.correcting.forms import TakeOutForm, Things
from havre.cases.page import case_view

UNPROCESSABLE = 422


@door(Permit.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: OfficerRequest, reference: str) -> HttpResponse:
    contents = read_to_correct(reference, by=request.user)
    typed = request.POST if request.method == "POST" else None
    form = TakeOutForm(typed, things=_things(contents, request))
    if form.is_valid():
        thing, row, noted = form.chosen()
        said = {"what": noted, "why": form.cleaned_data["why"]}
        note = _("Taken out, added by mistake: %(what)s. %(why)s") % said
        try:
            take_it_out(reference, thing=thing, row=row, note=note, by=request.user)
        except ExhibitsTakenError:
            form.add_error("what", _("The case took a file of this report, so it stays."))
        else:
            messages.success(request, _("Taken out. A note on the case says so."))
            return redirect("case", reference)
    context = {"case": contents.opened.case, "form": form, "is_empty": not form.noted}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "correcting/take_out.html", context, status=status)


def _things(contents: Contents, request: OfficerRequest) -> Things:
    """What may go. The note says no name or value of it: notes are read and searched apart."""
    view = case_view(contents, language=get_language() or "en", officer=request.user)
    found = []
    people = zip(view.people, contents.people, strict=True)
    for number, (row, shown) in enumerate(people, start=1):
        noted = _("person %(number)s") % {"number": number}
        found.append((f"{Thing.PERSON}:{row.pk}", row.called, noted))
        for (kind, value), (one, _value) in zip(row.identifiers, shown.identifiers, strict=True):
            words = {"kind": kind, "value": value or _("masked"), "whose": row.called}
            label = _("%(kind)s %(value)s, of %(whose)s") % words
            noted = _("an identifier of person %(number)s") % {"number": number}
            found.append((f"{Thing.IDENTIFIER}:{one.pk}", label, noted))
    for each in contents.reports:
        label = _("Report %(report)s") % {"report": each.link.reference}
        found.append((f"{Thing.REPORT}:{each.link.pk}", label, _("a report")))
    return found
