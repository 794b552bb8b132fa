"""The door of the provider's JSON wire: who knocks, what was sent, and refusals as problems."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec.structs import replace

from havre.agencies.models import Provider
from havre.intake.jsondoor.once import Answer, answer_of, done_once
from havre.intake.jsondoor.wires.answers import Check, CheckFault
from havre.intake.jsondoor.wires.tree import InvalidDocument, in_pointers
from havre.intake.jsondoor.wording import OF_THE_WIRE
from havre.intake.providers.door import REALM, WireRequest, provider_of
from havre.intake.providers.lanes import TOO_MANY, keep_to_lane
from havre.intake.providers.wires.ispws import MOST_BYTES, InvalidReport
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.ispws_values import MOST_LONG
from havre.intake.providers.wires.refusals import WireRefusal
from havre.plumbing.apis.bodies import json_in, odd_texts
from havre.plumbing.apis.doors import json_answer, refuse_other_methods
from havre.plumbing.apis.problems import Fault, Kind, ProblemError
from havre.plumbing.apis.repeats import REPLAYED, repeat_key, request_digest
from havre.plumbing.body import body_parts, whole_body

JSON_TYPE = "application/json"
MOST_NOTHING = 1024
KINDS = {
    Code.ALREADY_FINISHED: Kind.CONFLICT,
    Code.ALREADY_RETRACTED: Kind.CONFLICT,
    Code.AUTHENTICATION_REQUIRED: Kind.UNAUTHORIZED,
    Code.FILE_DOES_NOT_EXIST: Kind.NOT_FOUND,
    Code.NOT_AUTHORIZED: Kind.FORBIDDEN,
    Code.REPORT_DOES_NOT_EXIST: Kind.NOT_FOUND,
    Code.RESOURCE_NOT_FOUND: Kind.NOT_FOUND,
    # What the wire calls an invalid document although the document is not what is wrong.
    Code.VALIDATION_FAILED: Kind.CONFLICT,
}
DETAILS = {
    Code.ALREADY_FINISHED: gettext_lazy("This report is finished. Add to it by a supplement."),
    Code.ALREADY_RETRACTED: gettext_lazy("This report was retracted. Nobody can read it again."),
    Code.FILE_DOES_NOT_EXIST: gettext_lazy("There is no such file in this report."),
    Code.NOT_AUTHORIZED: gettext_lazy("This account is closed here. Ask whoever gave you its key."),
    Code.REPORT_DOES_NOT_EXIST: gettext_lazy("There is no such report, or it is not yours."),
}

Answering = Callable[..., HttpResponse]


def provider_door(*methods: str) -> Callable[[Answering], Answering]:
    """Let a known provider in by one of these methods, in its lane; refusals are problems."""

    def label(view: Answering) -> Answering:
        @wraps(view)
        def run(request: WireRequest, **said: str | int) -> HttpResponse:
            def work() -> HttpResponse:
                request.provider = provider_of(request)
                refuse_other_methods(request, methods)
                keep_to_lane(request.provider)
                return view(request, **in_range(said))

            return json_answer(work, readings=[of_the_wire])

        return run

    return label


def in_range(said: Mapping[str, str | int]) -> dict[str, str | int]:
    """What an address says. Raises ProblemError for a number that no report can have."""
    whole = dict(said)
    if "number" in whole:
        whole["number"] = number = int(whole["number"])
        if not 0 < number <= MOST_LONG:
            raise ProblemError(Kind.NOT_FOUND)
    return whole


def of_the_wire(error: Exception) -> ProblemError | None:
    """What the provider wire refuses, as a problem with the wire's own code."""
    if isinstance(error, InvalidDocument):
        return invalid(error.faults)
    if isinstance(error, InvalidReport):
        return invalid(in_pointers(error))
    if not isinstance(error, WireRefusal):
        return None
    more: dict[str, object] = {"responseCode": int(error.code)}
    if error.status == TOO_MANY:
        said = _("Nothing was kept. Send it again in %(seconds)d s.")
        return ProblemError(
            Kind.TOO_MANY,
            said % {"seconds": error.retry_after},
            headers={"Retry-After": str(error.retry_after)},
            more=more,
        )
    kind = KINDS[error.code]
    headers = {"WWW-Authenticate": REALM} if kind is Kind.UNAUTHORIZED else {}
    detail = DETAILS.get(error.code) or error.reason
    return ProblemError(kind, detail, headers=headers, more=more)


def invalid(faults: tuple[tuple[str, str], ...]) -> ProblemError:
    """A document with faults, each at its place."""
    return ProblemError(
        Kind.INVALID,
        faults=[Fault(at, OF_THE_WIRE.said(reason)) for at, reason in faults],
        more={"responseCode": int(Code.VALIDATION_FAILED)},
    )


def source_of(request: HttpRequest) -> bytes:
    """The document in the body, whatever its Content-Type."""
    return whole_body(request.META, most_bytes=MOST_BYTES)


def document_in(source: bytes) -> object:
    """What a document holds, when it could also be written as XML. Raises ProblemError."""
    raw = json_in(source)
    faults = tuple(odd_texts(raw))
    if faults:
        raise ProblemError(Kind.INVALID, faults=faults)
    return raw


def file_parts(request: HttpRequest) -> Iterator[bytes]:
    """A file that is the body itself, as it arrives."""
    return body_parts(request.META, most_bytes=settings.UPLOAD_MOST_BYTES)


def refuse_a_body(request: HttpRequest) -> None:
    """Read to its end a body that nothing was to stand in."""
    whole_body(request.META, most_bytes=MOST_NOTHING)


def answered(
    request: WireRequest, work: Callable[[], tuple[int, object]], *, source: bytes = b""
) -> HttpResponse:
    """The answer to a request that changes something: with an Idempotency-Key, done once."""
    digest = request_digest(request, hashlib.sha256(source).hexdigest())
    return as_response(done_once(repeat_key(request), digest, work, by=request.provider))


def checked(found: Check) -> HttpResponse:
    """What came of a check, in the language of the request."""
    errors = [
        CheckFault(pointer=one.pointer, detail=OF_THE_WIRE.said(one.detail)) for one in found.errors
    ]
    return as_response(answer_of(200, replace(found, errors=errors)))


def as_response(answer: Answer) -> HttpResponse:
    """An answer as it is sent."""
    response = HttpResponse(answer.body, status=answer.status, content_type=JSON_TYPE)
    if answer.is_repeat:
        response[REPLAYED] = "true"
    return response


def is_lenient_to(provider: Provider) -> bool:
    """Whether this provider's documents are read as they are meant."""
    return provider.reading == "lenient"
