"""The door of the yearly report on the risk of mistreatment abroad."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havre.agencies.doors import OfficerRequest, door
from havre.agencies.rules.permits import Permit
from havre.oversight.annual.forms import YearForm
from havre.oversight.mistreatment.actions import read_risks
from havre.oversight.mistreatment.page import risks_context


@door(Permit.ANNUAL_READ)
@require_safe
def mistreatment(request: OfficerRequest) -> HttpResponse:
    opened = read_risks(YearForm(request.GET).asked(), by=request.user)
    return render(request, "oversight/mistreatment.html", risks_context(opened))
