"""Refusals as problem documents (RFC 9457), in the reader's language, every fault at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEM_TYPE = "application/problem+json"
TYPE = "urn:havre:problem:"
MOST_FAULTS = 100
RETRY_AFTER_SECONDS = 30
NOTHING: Mapping[str, str] = {}
Sentence = str | Promise


class Kind(StrEnum):
    """A kind of refusal: the last part of a problem's `type`, and its `code`."""

    BROKEN = "broken"
    CONFLICT = "conflict"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    KEY_REUSED = "idempotency-key-reused"
    MALFORMED = "malformed"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    NOT_FOUND = "not-found"
    NOT_NOTED = "not-noted"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    UNAUTHORIZED = "unauthorized"
    UNAVAILABLE = "unavailable"


STATUS = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHORIZED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.METHOD_NOT_ALLOWED: 405,
    Kind.CONFLICT: 409,
    Kind.TOO_LARGE: 413,
    Kind.INVALID: 422,
    Kind.KEY_REUSED: 422,
    Kind.TOO_MANY: 429,
    Kind.BROKEN: 500,
    Kind.NOT_NOTED: 503,
    Kind.UNAVAILABLE: 503,
}
TITLES: dict[Kind, Sentence] = {
    Kind.MALFORMED: _("The request cannot be read"),
    Kind.UNAUTHORIZED: _("This door opens with a key"),
    Kind.FORBIDDEN: _("This key does not open this door"),
    Kind.NOT_FOUND: _("Nothing is there that you may see"),
    Kind.METHOD_NOT_ALLOWED: _("Not by this method"),
    Kind.CONFLICT: _("It is not in a state that allows this"),
    Kind.TOO_LARGE: _("Larger than this door takes"),
    Kind.INVALID: _("What was sent has faults"),
    Kind.KEY_REUSED: _("This Idempotency-Key came with another request"),
    Kind.TOO_MANY: _("Too many requests at once"),
    Kind.BROKEN: _("Something failed here"),
    Kind.NOT_NOTED: _("Nobody can tell yet what of it is withheld"),
    Kind.UNAVAILABLE: _("Our store cannot be reached"),
}
DETAILS: dict[Kind, Sentence] = {
    Kind.UNAUTHORIZED: _("Send your user name and your key, as HTTP Basic has it."),
    Kind.NOT_FOUND: _("Look at the address. What is not yours and what is not there look alike."),
    Kind.INVALID: _("Mend what `errors` names, and send it again. Nothing of it was kept."),
    Kind.KEY_REUSED: _("Send a new key with a new request, and the same bytes with the same key."),
    Kind.BROKEN: _("Take it that nothing was kept, and send it again."),
    Kind.NOT_NOTED: _(
        "Nothing of this referral is given, nor a package made before. It is tried again by itself:"
        " ask once more after Retry-After, and call the tipline if it cannot wait."
    ),
    Kind.UNAVAILABLE: _("Take it that nothing was kept, and send it again in half a minute."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where it stands, and what to do about it.

    A place in the body is a JSON pointer (RFC 6901); `part` says when it is no place in the body
    but the name of a query parameter or of a header, or a place in a file that is no JSON.
    """

    at: str
    reason: Sentence
    part: str = "pointer"

    @property
    def told(self) -> dict[str, str]:
        """The fault as it stands in a problem document."""
        return {self.part: self.at, "detail": str(self.reason)}


class ProblemError(Exception):
    """A request that is not done, as its sender is told."""

    def __init__(
        self,
        kind: Kind,
        detail: Sentence = "",
        *,
        faults: Iterable[Fault] = (),
        status: int | None = None,
        headers: Mapping[str, str] = NOTHING,
        more: Mapping[str, object] = NOTHING,
    ) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.detail = detail or DETAILS.get(kind, "")
        self.faults = tuple(faults)
        self.status = status or STATUS[kind]
        self.headers = dict(headers)
        # Members of the document that this kind of refusal alone has.
        self.more = dict(more)
        if kind in {Kind.BROKEN, Kind.UNAVAILABLE}:
            self.headers.setdefault("Retry-After", str(RETRY_AFTER_SECONDS))


def pointer(*steps: str | int) -> str:
    """A JSON pointer to a place in a body."""
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "".join(f"/{step}" for step in escaped)


def problem_response(problem: ProblemError) -> HttpResponse:
    """A refusal as its answer, in the language of the request."""
    said: dict[str, object] = {
        "type": f"{TYPE}{problem.kind}",
        "title": str(TITLES[problem.kind]),
        "status": problem.status,
        "code": str(problem.kind),
    }
    if problem.detail:
        said["detail"] = str(problem.detail)
    if problem.faults:
        said["errors"] = told(problem.faults)
    response = json_response({**said, **problem.more}, problem.status, media_type=PROBLEM_TYPE)
    for name, value in problem.headers.items():
        response[name] = value
    return response


def told(faults: Sequence[Fault]) -> list[dict[str, str]]:
    """The first hundred faults, each once, as they stand in an answer."""
    return [fault.told for fault in list(dict.fromkeys(faults))[:MOST_FAULTS]]


def json_response(
    said: object, status: int = 200, *, media_type: str = "application/json"
) -> HttpResponse:
    """JSON as it is sent: UTF-8, nothing escaped that need not be."""
    text = json.dumps(said, ensure_ascii=False, allow_nan=False)
    return HttpResponse(text.encode(), status=status, content_type=media_type)
