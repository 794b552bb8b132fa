"""The doors of providers' programs stand before all that is made for browsers."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse
from django.urls.resolvers import RoutePattern
from django.utils import translation
from django.utils.log import log_response

from havre.intake.providers.door import went_wrong
from havre.plumbing.context import drop_a_dead_connection
from havre.wiring.addresses.wire import ADDRESSES
from havre.wiring.front.asked import Asked

LANGUAGE = "en"  # the only one of the wire
WIRE = "ispws/"
A_FAULT = 400


class Machines:
    """Middleware: a program on the provider wire brings no session, no language, no form's token.

    Its doors are open to all, find out by the key who comes, and answer whatever goes wrong in
    the wire's own form. Those whose address is always the same are opened here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._doors: dict[str, Callable[[HttpRequest], HttpResponse]] = {
            f"/{one.pattern}": one.callback
            for one in ADDRESSES
            if str(one.pattern).startswith(WIRE)
            and isinstance(one.pattern, RoutePattern)
            and not one.pattern.converters
            and getattr(one.callback, "is_open", False)
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door = self._doors.get(request.path_info)
        if door is None:
            return self.get_response(request)
        request.get_host()  # raises DisallowedHost, as before every other door
        translation.activate(LANGUAGE)
        return door(request)

    def knows(self, address: str) -> bool:
        """Whether one of the doors stands at an address."""
        return address in self._doors


class Front:
    """The same doors for the server itself: past the framework's handler, which adds nothing here.

    It tells others that a request began and ended, for what programs do not use, and wraps every
    middleware in one that answers errors: these doors answer their own, and what goes wrong
    before one of them is open is answered here in the same form.
    """

    def __init__(self) -> None:
        self._machines = Machines(_nobody)

    def __call__(self, environ: dict[str, Any]) -> HttpResponse | None:
        """The answer; None where another door is asked for, or by a host that is not ours.

        What the outermost middleware does stays with whoever calls: `all_headers`.
        """
        path = environ.get("PATH_INFO", "")
        if not self._machines.knows(path):
            return None
        try:
            response = self._answer(environ)
        except DisallowedHost:
            return None
        except Exception as error:  # noqa: BLE001 - whatever it is, the wire answers in its form
            response = went_wrong(error)
        if response.status_code >= A_FAULT:
            log_response("%s: %s", response.reason_phrase, path, response=response)
        return response

    def _answer(self, environ: dict[str, Any]) -> HttpResponse:
        """The answer of a door; what a form brought is put away, as the handler would."""
        connections[DEFAULT_DB_ALIAS].close_if_unusable_or_obsolete()
        drop_a_dead_connection()
        request = Asked(environ)
        try:
            return self._machines(request)
        finally:
            request.close()


def _nobody(request: HttpRequest) -> HttpResponse:
    msg = f"no door of the wire stands at {request.path_info}"
    raise LookupError(msg)
