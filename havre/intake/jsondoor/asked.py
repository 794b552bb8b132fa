"""What is asked of the JSON door beside a document, and the two requests that take longest."""

import hashlib
from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from havre.audit.rules import Actor
from havre.evidence.vault import discard, sealed_exhibit
from havre.intake.jsondoor.door import (
    answered,
    as_response,
    document_in,
    file_parts,
    is_lenient_to,
    source_of,
)
from havre.intake.jsondoor.once import done_once, given_before
from havre.intake.jsondoor.reads import answered_before, is_own
from havre.intake.jsondoor.wires.answers import File, State, report_told
from havre.intake.jsondoor.wires.tree import read_report
from havre.intake.providers.door import WireRequest
from havre.intake.providers.filings import finish_filing, keep_file, open_filing
from havre.intake.providers.lanes import upload_lane
from havre.intake.providers.reads import filing_to_fill, report_state
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.rules.submission import FileFacts
from havre.plumbing import clock
from havre.plumbing.apis.bodies import typed_query
from havre.plumbing.apis.cursors import PageQuery, parts_of
from havre.plumbing.apis.problems import Fault, Kind, ProblemError
from havre.plumbing.apis.repeats import HEADER, repeat_key, request_digest

MOST_FILE_NAME = 2056
MOST_MEDIA_TYPE = 200


class ListQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to ask for a page of one's reports."""

    state: Annotated[
        Literal["", State],
        msgspec.Meta(description="Those in this state alone."),
    ] = ""


class FilingQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to file a report."""

    finish: Annotated[
        bool,
        msgspec.Meta(
            description="`true` files it whole, in this one call. Otherwise it is open: add files,"
            " then finish it."
        ),
    ] = False


class FileQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a file is called."""

    name: Annotated[
        str, msgspec.Meta(max_length=MOST_FILE_NAME, description="The file's name, if it has one.")
    ] = ""


def in_this_list(cursor: str, *, actor: Actor) -> int | None:
    """The report's number in a cursor; None for the first page. Raises ProblemError."""
    parts = parts_of(cursor, int)
    if parts is None:
        return None
    number = int(parts[0])
    if not is_own(number, actor=actor):
        reason = _("must be `next` of the page before")
        raise ProblemError(Kind.INVALID, faults=[Fault("after", reason, "parameter")])
    return number


def add_report(request: WireRequest, *, supplements: int | None = None) -> HttpResponse:
    """Open a filing of what was sent and, where that was asked, finish it in the same moment."""
    asked, source, provider = (
        typed_query(request, FilingQuery),
        source_of(request),
        request.provider,
    )
    if asked.finish and not repeat_key(request):
        reason = _("is missing; a report that is filed in one call needs one, or it may come twice")
        raise ProblemError(Kind.INVALID, faults=[Fault(HEADER, reason, "header")])
    lenient = is_lenient_to(provider)
    document = read_report(document_in(source), now=clock.now(), lenient=lenient)

    def work() -> tuple[int, object]:
        filing = open_filing(document, source=source, supplements=supplements, by=provider)
        if asked.finish:
            finish_filing(filing.number, by=provider)
        state = report_state(filing.number, actor=provider)
        return 201, report_told(state, with_quality=provider.wants_quality)

    return answered(request, work, source=source)


def take_file(request: WireRequest, number: int) -> HttpResponse:
    """Take in a file that is the body itself, in constant memory, in no transaction."""
    asked, provider, key = typed_query(request, FileQuery), request.provider, repeat_key(request)
    if key and answered_before(key, actor=provider):
        digest = request_digest(request, _sha256_of(file_parts(request)))
        earlier = given_before(key, digest, by=provider)
        if earlier:
            return as_response(earlier)
    with upload_lane(provider):
        found = filing_to_fill(number, by=provider)
        exhibit = sealed_exhibit(file_parts(request), record=found.pk, key=found.key)
    facts = FileFacts(name=asked.name, media_type=_media_type_of(request))

    def work() -> tuple[int, object]:
        file = keep_file(found, exhibit, facts=facts, by=provider)
        return 201, File(
            report_id=number,
            file_id=file.file_id,
            size=exhibit.size,
            md5=exhibit.md5,
            sha1=exhibit.sha1,
            sha256=exhibit.sha256,
        )

    try:
        answer = done_once(key, request_digest(request, exhibit.sha256), work, by=provider)
    except (ProblemError, WireRefusal):
        discard(exhibit)  # surely not written; after any other error that is in doubt
        raise
    if answer.is_repeat:
        discard(exhibit)
    return as_response(answer)


def _media_type_of(request: HttpRequest) -> str:
    said = request.headers.get("Content-Type", "").partition(";")[0].strip()
    # What a client says that was not told what it sends.
    return "" if said == "application/x-www-form-urlencoded" else said[:MOST_MEDIA_TYPE]


def _sha256_of(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()
