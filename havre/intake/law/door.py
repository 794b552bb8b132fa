"""The door of the statutory channel: providers in JSON, refusals as problem+json (RFC 9457)."""

import json
import logging
from collections.abc import Callable, Mapping
from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse

from havre.intake.law.rules.addresses import RefusedBody
from havre.intake.providers.door import REALM, WireRequest, provider_of
from havre.intake.providers.lanes import keep_to_lane
from havre.intake.providers.wires.ispws_answer import http_status
from havre.intake.providers.wires.refusals import WireRefusal
from havre.plumbing.apis.problems import ProblemError, problem_response
from havre.plumbing.body import BodyRefusedError, BodyTooLargeError, whole_body

MOST_BYTES = 4 * 1024 * 1024
UNAUTHORIZED, NOT_FOUND, NOT_ALLOWED, TOO_LARGE, UNPROCESSABLE = 401, 404, 405, 413, 422
BROKEN = 500
NO_HEADERS: Mapping[str, str] = {}

log = logging.getLogger("havre.law")
Answering = Callable[..., tuple[int, object]]


def statutory(method: str) -> Callable[[Answering], Callable[..., HttpResponse]]:
    """Let a known provider in by this method; the view gives a status and what to say in JSON."""

    def label(view: Answering) -> Callable[..., HttpResponse]:
        @wraps(view)
        def run(request: WireRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                request.provider = provider_of(request)
                if request.method != method:
                    return problem(NOT_ALLOWED, f"send it by {method}", headers={"Allow": method})
                keep_to_lane(request.provider)
                status, said = view(request, *args, **kwargs)
                return as_json(status, said)
            except ProblemError as error:
                return problem_response(error)
            except Exception as error:  # noqa: BLE001 - whatever it is, the answer is a problem
                return refused(error)

        return run

    return label


def body_of(request: HttpRequest) -> bytes:
    """The body, whatever its Content-Type."""
    return whole_body(request.META, most_bytes=MOST_BYTES)


def refused(error: Exception) -> HttpResponse:
    """An error as an answer. The log names its kind alone."""
    if isinstance(error, WireRefusal):
        status = error.status or http_status(error.code)
        headers = {"WWW-Authenticate": REALM} if status == UNAUTHORIZED else {}
        if error.retry_after:
            headers["Retry-After"] = str(error.retry_after)
        return problem(status, error.description, headers=headers)
    if isinstance(error, RefusedBody):
        return problem(UNPROCESSABLE, error.title, reasons=error.reasons)
    if isinstance(error, BodyTooLargeError):
        return problem(TOO_LARGE, str(error))
    if isinstance(error, BodyRefusedError):
        return problem(UNPROCESSABLE, str(error))
    if isinstance(error, ObjectDoesNotExist):
        return problem(NOT_FOUND, "nothing is there that you may see")
    log.error("a request of the statutory channel failed: %s", type(error).__name__)
    return problem(
        BROKEN, "it may not have been kept; send it again", headers={"Retry-After": "30"}
    )


def problem(
    status: int,
    title: str,
    *,
    reasons: tuple[str, ...] = (),
    headers: Mapping[str, str] = NO_HEADERS,
) -> HttpResponse:
    """A problem document, with its headers."""
    said: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    if reasons:
        said["reasons"] = list(reasons)
    response = as_json(status, said, content_type="application/problem+json")
    for name, value in headers.items():
        response[name] = value
    return response


def as_json(status: int, said: object, *, content_type: str = "application/json") -> HttpResponse:
    """JSON as it is sent."""
    return HttpResponse(json.dumps(said), status=status, content_type=content_type)
