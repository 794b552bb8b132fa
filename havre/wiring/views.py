"""Doors that belong to no room: the first pages, the choice of language, the way out, errors."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havre.agencies.doors import open_door
from havre.intake.public.drafts import forget_draft
from havre.intake.public.rules.journey import partner_in

# What this site may have left in the browser. Its history is out of our reach, and is said to be.
CLEARED = '"cookies", "storage"'
# Forms whose answers an error page carries along, for one more try. Never one with a password.
KEPT = frozenset({"add_word", "come_back", "report", "tell"})


@open_door
@require_safe
def choose_language(request: HttpRequest, language: str = "") -> HttpResponse:
    """To the first page in the language that was typed, or else in the browser's."""
    response = redirect(f"/{language or get_language_from_request(request)}/")
    patch_vary_headers(response, ("Accept-Language",))
    return response


@open_door
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    via = partner_in(request.GET.get("via", ""))
    return render(request, "start.html", {"via_query": f"?via={via}" if via else ""})


@open_door
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "safety.html")


@open_door
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html")


@open_door
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """The way out: clears what we left in the browser, then the weather, as anyone would see it."""
    forget_draft(request)
    language = get_language_from_request(request)
    response = HttpResponse(status=303)
    response["Location"] = settings.EXIT_URL or settings.EXIT_URLS[language]
    response["Clear-Site-Data"] = CLEARED
    patch_vary_headers(response, ("Accept-Language",))
    return response


def could_not_read(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    return render(request, "errors/400.html", status=400)


def nothing_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    return render(request, "errors/404.html", status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", {"kept": _kept(request)}, status=500)


def database_is_away(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/503.html", {"kept": _kept(request)}, status=503)


def not_shown(request: HttpRequest) -> HttpResponse:
    """Back from a referral of whose report nobody can tell what is withheld."""
    match = request.resolver_match
    reference = match.kwargs["reference"] if match else ""
    if match and match.url_name == "package":
        why = _(
            "No package of %(reference)s is given now, nor one that was made before: Havre could"
            " not tell what of its report is withheld. It is tried again by itself, and whenever"
            " somebody looks. Call the tipline, and whoever runs Havre here: its log says why."
        )
    else:
        why = _(
            "Nothing of %(reference)s is shown: Havre could not tell what of its report is"
            " withheld. It is tried again by itself, and whenever somebody looks. Call the tipline,"
            " and whoever runs Havre here: its log says why."
        )
    messages.warning(request, why % {"reference": reference}, extra_tags="look")
    return redirect("inbox")


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - as above
    return render(request, "errors/403.html", status=403)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What a public form brought, to be sent once more: nothing a person typed is lost."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in KEPT:
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]
