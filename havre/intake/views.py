"""The public doors of the front desk: telling, and coming back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from havre.agencies.doors import open_door


@open_door
def report(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/report.html")


@open_door
def come_back(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/come_back.html")
