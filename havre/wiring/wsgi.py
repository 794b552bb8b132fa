"""The web application, for granian."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from havre.wiring.front.asked import Asked

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.wiring.settings")


class Handler(WSGIHandler):
    """Django's own; but an address that names no thing is looked for among the doors once."""

    request_class = Asked

    def __init__(self) -> None:
        super().__init__()
        # By address and language: as many as there are doors whose address is always the same.
        self._found: dict[tuple[str, str | None], ResolverMatch] = {}

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """The door of a request. Raises Resolver404."""
        asked = request.path_info, get_language()
        match = self._found.get(asked)
        if match is None:
            match = super().resolve_request(request)
            if match.route == asked[0].lstrip("/"):
                self._found[asked] = match
        request.resolver_match = match
        return match


django.setup(set_prefix=False)
_django = Handler()
# Both need a Django that is set up.
_front: Callable[[dict[str, Any]], HttpResponse | None] = import_string(
    "havre.wiring.front.machines.Front"
)()
all_headers = import_string("havre.wiring.headers.all_headers")


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """As Django's own; but an answer that is whole is handed over whole, not piece by piece."""
    answer = _front(environ)
    if answer is not None:
        status = f"{answer.status_code} {answer.reason_phrase}"
        start_response(status, all_headers(answer))
        return [answer.content]
    response = _django(environ, start_response)
    if not isinstance(response, HttpResponse):
        return response
    response.close()
    return [response.content]
