"""The door to the reports that were closed without referral."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.triage.closing.actions import read_closings
from havre.triage.closing.forms import ClosingsForm
from havre.triage.closing.wording import REASONS, STATES


@door(Permit.REPORT_CLOSE)
@require_safe
def closings(request: OfficerRequest) -> HttpResponse:
    asked = ClosingsForm(request.GET).asked()
    page = read_closings(**asked, language=get_language() or "en", by=request.user)
    rows = [(row, REASONS[row.closing.reason], STATES[row.closing.state]) for row in page.rows]
    context = {"form": ClosingsForm(initial=asked), "page": page, "rows": rows}
    return render(request, "triage/closings.html", context)
