"""The doors of the record: the log, and how the house has done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.oversight.actions import read_log, read_measures
from havre.oversight.forms import LogForm, PeriodForm
from havre.oversight.page import measures_page
from havre.oversight.reads import log_rows


@door(Permit.LOG_READ)
@require_safe
def log(request: OfficerRequest) -> HttpResponse:
    asked = LogForm(request.GET).asked()
    page = read_log(**asked, by=request.user)
    context = {"form": LogForm(initial=asked), "page": page, "rows": log_rows(page)}
    return render(request, "oversight/log.html", context)


@door(Permit.MEASURES_READ)
@require_safe
def measures(request: OfficerRequest) -> HttpResponse:
    days = PeriodForm(request.GET).period()
    found = read_measures(days, by=request.user)
    context = measures_page(found, language=get_language() or "en")
    context["form"] = PeriodForm(initial={"days": days})
    return render(request, "oversight/measures.html", context)
