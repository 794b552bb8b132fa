"""The doors by which one finds a referral or a report. By POST: what was typed is in no address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.referrals.finding.actions import search_referrals, search_reports
from havre.referrals.finding.forms import FindForm

UNPROCESSABLE = 422


@door(Permit.INBOX_READ, Permit.REFERRAL_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def find_referral(request: OfficerRequest) -> HttpResponse:
    form = FindForm(request.POST if request.method == "POST" else None)
    found = (
        search_referrals(form.cleaned_data["text"], by=request.user) if form.is_valid() else None
    )
    rows = [] if found is None else [(one, one.sent_at) for one in found.shown]
    return _page(request, form, {"found": found, "rows": rows, "opens": "referral"})


@door(Permit.QUEUE_READ, Permit.REPORT_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def find_report(request: OfficerRequest) -> HttpResponse:
    form = FindForm(request.POST if request.method == "POST" else None)
    found = search_reports(form.cleaned_data["text"], by=request.user) if form.is_valid() else None
    rows = [] if found is None else [(one, one.received_at) for one in found.shown]
    return _page(request, form, {"found": found, "rows": rows, "opens": "report_page"})


def _page(request: OfficerRequest, form: FindForm, context: dict[str, object]) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "referrals/find.html", {**context, "form": form}, status=status)
