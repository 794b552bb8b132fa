"""Doors that belong to no room: the first pages, the choice of language, the way out, errors."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request

from havre.agencies.doors import open_door
from havre.wiring.promises import emergency_in, promises_in

# What this site may have left in the browser. Its history is out of our reach, and is said to be.
CLEARED = '"cookies", "storage"'


@open_door
def choose_language(request: HttpRequest) -> HttpResponse:
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ("Accept-Language",))
    return response


@open_door
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "start.html", {"promises": promises_in(_language())})


@open_door
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "safety.html", {"emergency": emergency_in(_language())})


@open_door
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {"promises": promises_in(_language())})


@open_door
def leave(request: HttpRequest) -> HttpResponse:
    """The way out: clears what we left in the browser, then the weather, as anyone would see it."""
    language = get_language_from_request(request)
    response = HttpResponse(status=303)
    response["Location"] = settings.EXIT_URL or settings.EXIT_URLS[language]
    response["Clear-Site-Data"] = CLEARED
    patch_vary_headers(response, ("Accept-Language",))
    return response


def nothing_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    return render(request, "errors/404.html", status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)


def database_is_away(request: HttpRequest) -> HttpResponse:
    page = {"emergency": emergency_in(_language())}
    return render(request, "errors/503.html", page, status=503)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - as above
    return render(request, "errors/403.html", status=403)


def _language() -> str:
    return get_language() or "en"
