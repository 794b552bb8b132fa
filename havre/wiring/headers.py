"""What every answer says about itself, and the page for when the database is away."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse

from havre.agencies.models import Officer
from havre.plumbing.context import drop_a_dead_connection
from havre.referrals.pages.noting import write_down
from havre.referrals.pages.reads import NotNotedError
from havre.wiring import views

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
AWAY = (InterfaceError, OperationalError)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NOT_STORED = ("Cache-Control", "no-store")


def missing_headers(response: HttpResponse, *, is_stored: bool) -> list[tuple[str, str]]:
    """The strict headers that an answer does not name itself."""
    strict = HEADERS.items() if is_stored else (*HEADERS.items(), NOT_STORED)
    return [one for one in strict if one[0] not in response.headers]


def all_headers(response: HttpResponse) -> list[tuple[str, str]]:
    """The headers of an answer that nothing stores, with the strict ones that it does not name."""
    return [*response.items(), *missing_headers(response, is_stored=False)]


class Headers:
    """Middleware, the outermost: strict headers, nothing stored, 503 when the database is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        drop_a_dead_connection()
        response = self.get_response(request)
        is_stored = request.path.startswith("/static/")
        for name, value in missing_headers(response, is_stored=is_stored):
            response.headers[name] = value
        return response

    def process_view(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django hands it over
        view: Callable[..., HttpResponse],  # noqa: ARG002
        args: tuple[object, ...],  # noqa: ARG002
        kwargs: dict[str, object],
    ) -> None:
        """No thing of ours has a NUL in its name, and the database would refuse the question."""
        if any("\x00" in str(value) for value in kwargs.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The database is away: say so, with the numbers to call. Never a reference number.

        And where nobody can tell what is withheld of a report: an officer reads whom to call.
        """
        if isinstance(error, NotNotedError) and isinstance(request.user, Officer):
            write_down(error)
            return views.not_shown(request)
        return views.database_is_away(request) if isinstance(error, AWAY) else None


def went_wrong(request: HttpRequest) -> HttpResponse:
    """The page of an error that no view raised: the gate itself asks the database who comes."""
    if isinstance(sys.exc_info()[1], AWAY):
        return views.database_is_away(request)
    return views.went_wrong(request)
