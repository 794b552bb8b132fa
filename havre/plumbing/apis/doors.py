"""Whatever happens behind a JSON door, the answer is JSON, with a number to ask about it."""

import base64
import binascii
import logging
from collections.abc import Callable, Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from havre.plumbing import ids
from havre.plumbing.apis.problems import Kind, ProblemError, problem_response
from havre.plumbing.body import BodyRefusedError, BodyTooLargeError

REQUEST_ID_BYTES = 16
AWAY = (InterfaceError, OperationalError, OSError)
# What a room makes of its own errors; None for those of others.
Reading = Callable[[Exception], ProblemError | None]

log = logging.getLogger("havre.apis")


def json_answer(
    work: Callable[[], HttpResponse], *, readings: Iterable[Reading] = ()
) -> HttpResponse:
    """The answer to a request: what the work gives, or the problem that its error is."""
    try:
        response = work()
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is a problem
        response = problem_response(problem_of(error, readings))
    response["Request-ID"] = ids.random_bytes(REQUEST_ID_BYTES).hex()
    return response


def problem_of(error: Exception, readings: Iterable[Reading] = ()) -> ProblemError:
    """An error as its sender is told. The log names its kind alone: it may quote a report."""
    if isinstance(error, ProblemError):
        return error
    for reading in readings:
        if read := reading(error):
            return read
    if isinstance(error, BodyTooLargeError):
        said = _("At most %(bytes)d bytes are taken here.") % {"bytes": error.most_bytes}
        return ProblemError(Kind.TOO_LARGE, said)
    if isinstance(error, BodyRefusedError):
        return ProblemError(Kind.MALFORMED, _("The body broke off."))
    if isinstance(error, ObjectDoesNotExist):
        return ProblemError(Kind.NOT_FOUND)
    log.error("a request of a JSON door failed: %s", type(error).__name__)
    return ProblemError(Kind.UNAVAILABLE if isinstance(error, AWAY) else Kind.BROKEN)


def refuse_other_methods(request: HttpRequest, methods: Iterable[str]) -> None:
    """Raises ProblemError when the request comes by no method of this door."""
    known = tuple(methods)
    if request.method not in known:
        said = _("Send it by %(methods)s.") % {"methods": ", ".join(known)}
        headers = {"Allow": ", ".join(known)}
        raise ProblemError(Kind.METHOD_NOT_ALLOWED, said, headers=headers)


def basic_pair(request: HttpRequest) -> tuple[str, str] | None:
    """The user name and the key that a request shows (RFC 7617), or None."""
    # Where the server put it: to look among the headers by name, all of them are gone through.
    scheme, _space, shown = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    try:
        pair = base64.b64decode(shown.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    username, colon, password = pair.partition(":")
    return (username, password) if colon and scheme.lower() == "basic" else None


def bearer_token(request: HttpRequest) -> str:
    """The token that a request shows (RFC 6750), or ""."""
    scheme, _space, shown = request.headers.get("Authorization", "").partition(" ")
    return shown.strip() if scheme.lower() == "bearer" else ""
