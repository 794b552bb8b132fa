"""Doors that belong to no room: the start page, the choice of language, and errors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from havre.agencies.doors import open_door


@open_door
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "start.html")


def nothing_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)


def database_is_away(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/503.html", status=503)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403.html", status=403)
