"""The door to what the incidents of a report are taken to be."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.intake.reads import report_by_reference
from havre.referrals.classifying.actions import classify_incident, read_kinds
from havre.referrals.classifying.forms import ClassifyForm

UNPROCESSABLE = 422


@door(Permit.REPORT_CLASSIFY)
@require_http_methods(["GET", "HEAD", "POST"])
def classification(request: OfficerRequest, reference: str) -> HttpResponse:
    report = report_by_reference(reference, actor=request.user)
    typed = request.POST if request.method == "POST" else None
    form = ClassifyForm(typed, incidents=range(1, report.incident_count + 1))
    if form.is_valid():
        classify_incident(reference, **form.cleaned_data, by=request.user)
        messages.success(request, _("Kept beside what its reporter said. Referrals carry it."))
        return redirect("report_page", reference)
    opened = read_kinds(reference, by=request.user)
    context = {"report": opened.report, "kinds": opened.kinds, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "classifying/classification.html", context, status=status)
