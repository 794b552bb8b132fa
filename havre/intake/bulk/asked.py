"""What is asked of the doors for files of reports, and what both kinds of them answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from havre.intake.bulk.actions import take_upload
from havre.intake.bulk.reads import Progress
from havre.intake.bulk.rules import (
    MOST_BYTES,
    MOST_HELD,
    MOST_WAITING,
    BulkState,
    RowTold,
    TooManyHeldError,
    TooManyWaitingError,
    UnreadableFileError,
    WrittenAs,
)
from havre.intake.bulk.wires.answers import Bulk
from havre.intake.bulk.wires.results import results_table
from havre.intake.bulk.wording import HEAD, OUTCOMES, all_said
from havre.intake.jsondoor.door import answered
from havre.intake.providers.door import WireRequest
from havre.intake.providers.lanes import upload_lane
from havre.plumbing.apis.bodies import typed_query
from havre.plumbing.apis.cursors import PageQuery
from havre.plumbing.apis.problems import Fault, Kind, ProblemError
from havre.plumbing.apis.repeats import HEADER, repeat_key
from havre.plumbing.body import whole_body

CSV_TYPE = "text/csv; charset=utf-8"
RETRY_AFTER_SECONDS = 60


class RowsQuery(PageQuery, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to ask for what came of rows."""

    outcome: Annotated[
        Literal["", "accepted", "not-filed", "refused", "would-be-filed"],
        msgspec.Meta(description="Those of which this came alone."),
    ] = ""


class TrialQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to send a file of reports."""

    trial: Annotated[
        bool,
        msgspec.Meta(
            description="`true` looks at every row, files none, and keeps what came of them alone."
        ),
    ] = False


def take_file(request: WireRequest) -> HttpResponse:
    """Take in a file of reports that is the body itself."""
    asked = typed_query(request, TrialQuery)
    if not repeat_key(request):
        reason = _("is missing; a file of reports needs one, or it may come twice")
        raise ProblemError(Kind.INVALID, faults=[Fault(HEADER, reason, "header")])
    with upload_lane(request.provider):
        source = whole_body(request.META, most_bytes=MOST_BYTES)

    def work() -> tuple[int, object]:
        found, is_repeat = take_upload(source, is_trial=asked.trial, by=request.provider)
        return 200 if is_repeat else 201, bulk_told(found)

    try:
        with one_too_many():
            return answered(request, work, source=source)
    except UnreadableFileError as error:
        faults = [Fault(at, reason, "place") for at, reason in all_said(error.faults)]
        raise ProblemError(Kind.INVALID, faults=faults) from None


@contextmanager
def one_too_many() -> Iterator[None]:
    """Answer that as many files wait as may. Raises ProblemError."""
    try:
        yield
    except TooManyWaitingError as error:
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        raise ProblemError(Kind.TOO_MANY, too_many_said(error), headers=headers) from None


def too_many_said(error: TooManyWaitingError) -> str:
    """Why another file is not taken, or does not wait, yet."""
    if isinstance(error, TooManyHeldError):
        words = _("%(count)d files of yours wait or are stopped. Go on with those first.")
        return str(words) % {"count": MOST_HELD}
    words = _("%(count)d files of yours wait already. Try again when one of them is done.")
    return str(words) % {"count": MOST_WAITING}


def bulk_told(found: Progress) -> Bulk:
    """A file as its provider's program is told of it."""
    upload = found.upload
    return Bulk(
        bulk_id=str(upload.pk),
        state=BulkState(upload.state),
        trial=upload.is_trial,
        written_as=WrittenAs(upload.written_as),
        rows=upload.rows,
        accepted=found.accepted,
        would_be_filed=found.fine,
        refused=found.refused,
        left=found.left,
        uploaded=upload.uploaded_at,
        done=upload.done_at,
    )


def written_results(found: Progress, told: list[RowTold]) -> HttpResponse:
    """What came of every row, as a table to keep."""
    lines = [
        (row.place, str(OUTCOMES[row.outcome]), row.number, all_said(row.faults)) for row in told
    ]
    response = HttpResponse(results_table([str(one) for one in HEAD], lines), content_type=CSV_TYPE)
    name = f"havre-{found.upload.uploaded_at:%Y-%m-%d}-{found.upload.pk.hex[-8:]}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
