"""The door to the picture of a report's neighbourhood."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.chart.actions import read_chart
from havre.referrals.chart.forms import ChartForm
from havre.referrals.chart.reads import signs_in
from havre.referrals.wording import KINDS


@door(Permit.REPORT_READ)
@require_safe
def chart(request: OfficerRequest, reference: str) -> HttpResponse:
    opened, hides_crowds = ChartForm(request.GET).asked()
    page = read_chart(
        reference,
        opened=opened,
        hides_crowds=hides_crowds,
        language=get_language() or "en",
        by=request.user,
    )
    boxes = [
        (box, KINDS[box.value.kind] if box.value else "", page.said.get(box.reference))
        for box in page.drawing.boxes
    ]
    context = {"page": page, "boxes": boxes, "signs": signs_in(page)}
    return render(request, "referrals/chart.html", context)
