"""The door of the log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.oversight.actions import read_log
from havre.oversight.forms import LogForm
from havre.oversight.reads import log_rows


@door(Permit.LOG_READ)
@require_safe
def log(request: OfficerRequest) -> HttpResponse:
    asked = LogForm(request.GET).asked()
    page = read_log(**asked, by=request.user)
    context = {"form": LogForm(initial=asked), "page": page, "rows": log_rows(page)}
    return render(request, "oversight/log.html", context)
