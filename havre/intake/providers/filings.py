"""A filing's life: each step as this process knows the filing, in one trip, or else as it is.

What is known from before is on a shelf (`at_hand`). The database undoes a step that began from
what is no longer so, and then the step is taken again from what it says (decision 006).
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from django.db import IntegrityError

from havre.agencies.models import Provider
from havre.evidence.models import Exhibit
from havre.intake.models import Filing, FilingFile
from havre.intake.providers.actions import (
    describe_file_in,
    finish_known,
    keep_file_in,
    open_at_once,
    open_or_repeat,
)
from havre.intake.providers.at_hand import Rows, shelf
from havre.intake.providers.reads import not_closed
from havre.intake.providers.statements import Found, found_in, next_number
from havre.intake.providers.wires.ispws import FileDetails, InvalidReport, ReportDocument
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.rules.submission import FileFacts
from havre.plumbing.context import own_part, present_context
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.pipes import broken_rule

# What the database says when it undoes a step.
AS_KNOWN, SAME_BYTES = "the_filing_is_as_known", "the_same_bytes_open_one_filing"

Result = TypeVar("Result")
Opening = Callable[..., tuple[Filing, Rows | None]]


def open_filing(
    document: ReportDocument, *, source: bytes, supplements: int | None = None, by: Provider
) -> Filing:
    """Open a filing: what was said, sealed under a key that the provider alone holds till it ends.

    Nobody at the desk sees it before `finish_filing`. The same bytes again within a quarter of an
    hour give the same filing while it is open: a client that heard no answer sends twice.
    `supplements` is the number of the finished report that this one adds to. Raises WireRefusal.
    """
    said = (document, source, next_number(), supplements)
    filing, rows = _opened((open_at_once, open_or_repeat, open_or_repeat), *said, by=by)
    if not supplements:
        _lay(filing.number, rows, by)
    return filing


def keep_file(seen: Found, exhibit: Exhibit, *, facts: FileFacts, by: Provider) -> FilingFile:
    """Add a file that is sealed already to a filing that was open when it began.

    The file may have taken an hour to arrive: if the filing is in another state by now, it is
    asked for again. Raises WireRefusal.
    """
    number = not_closed(seen.filing).number
    keep = partial(keep_file_in, number, exhibit, facts, by=by)
    file, rows = _change(number, keep, seen=seen, by=by)
    _lay(number, rows, by)
    return file


def describe_file(details: FileDetails, *, source: bytes, by: Provider) -> Filing:
    """Add what the provider says of a file, once for each file. Raises WireRefusal."""
    number = details.report_number
    filing, rows = _change(number, partial(describe_file_in, details, source, by=by), by=by)
    _lay(number, rows, by)
    return filing


def finish_filing(number: int, *, by: Provider) -> tuple[Filing, list[str]]:
    """Make the report of a filing, and close it; gives it with the ids of its files.

    The provider's key is deleted: from here on only the desk opens what was sent. What a test
    account finishes ends here, and nobody opens it any more; where the provider has a mirror, once
    it was sent there. Raises WireRefusal.
    """
    return _change(number, partial(finish_known, number, by=by), by=by)


def _opened(steps: Sequence[Opening], *said: Any, by: Provider) -> tuple[Filing, Rows | None]:  # noqa: ANN401 - as the step takes it
    """Open by the first step whose bytes nobody opens a filing with at the same moment."""
    first, *rest = steps
    try:
        with own_part():
            return first(*said, by=by)
    except IntegrityError as error:
        if not rest or broken_rule(error) != SAME_BYTES:
            raise
    return _opened(rest, *said, by=by)


def _change(
    number: int,
    act: Callable[[Found | None], Result],
    *,
    seen: Found | None = None,
    by: Provider,
) -> Result:
    """Change an open filing as it is known here or was seen, or else as the database knows it.

    Whatever is refused of what is known is asked again: it may be otherwise by now.
    """
    rows = shelf.take(by.pk, number) or (seen and seen.rows)
    if rows:
        try:
            with own_part():
                known = seen if seen and seen.rows is rows else found_in(rows, number, by=by)
                return act(known)
        except (InvalidReport, KeyRefusedError, WireRefusal):
            pass
        except IntegrityError as error:
            if broken_rule(error) != AS_KNOWN:
                raise
    return act(None)


def _lay(number: int, rows: Rows | None, by: Provider) -> None:
    """Keep a filing at hand, unless what was written may yet be undone by an outer action."""
    if rows and present_context() is None:
        weight = sum(len(row[2]) for row in (rows.filing, *rows.files))
        shelf.lay(by.pk, number, rows, weight=weight)
