"""The doors of providers' programs stand before all that is made for browsers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls.resolvers import RoutePattern
from django.utils import translation

from havre.wiring.addresses.wire import ADDRESSES

LANGUAGE = "en"  # the only one of the wire
WIRE = "ispws/"


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
