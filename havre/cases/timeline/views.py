"""The door of a case's timeline."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.cases.timeline.actions import read_timeline
from havre.cases.timeline.page import timeline_rows


@door(Permit.CASE_READ)
@require_safe
def timeline(request: OfficerRequest, reference: str) -> HttpResponse:
    found = read_timeline(reference, after=request.GET.get("after", ""), by=request.user)
    rows = timeline_rows(found, language=get_language() or "en")
    return render(request, "cases/timeline.html", {"timeline": found, "rows": rows})
