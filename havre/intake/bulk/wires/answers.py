"""What the JSON door answers about a file of reports."""

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from havre.intake.bulk.rules import BulkState, Outcome, RowTold, Told, WrittenAs
from havre.intake.jsondoor.wires.answers import ReportId, Said


class Bulk(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A file of reports, and how far it is.

    Of a trial nothing is filed: `wouldBeFiled` are its good rows. `left` are the rows of which
    nothing came; once it is stopped, they are not filed until it goes on.
    """

    bulk_id: str
    state: BulkState
    trial: bool
    written_as: WrittenAs
    rows: int
    accepted: int
    would_be_filed: int
    refused: int
    left: int
    uploaded: datetime
    done: datetime | None


class RowFault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of a row: a JSON pointer, or the column of a table; and what to do about it."""

    at: str
    detail: str


class BulkRow(Said, frozen=True, kw_only=True):
    """What came of a row: the number of its report, or every fault."""

    row: int
    outcome: Outcome
    report_id: ReportId | None = None
    errors: list[RowFault] = msgspec.field(default_factory=list)


class BulkRowsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that are done, in their order; `next` asks for those after them, null at the end."""

    rows: list[BulkRow]
    next: str | None


def row_told(row: RowTold, said: Callable[[Iterable[Told]], list[Told]]) -> BulkRow:
    """A row as its provider is told of it."""
    return BulkRow(
        row=row.place,
        outcome=row.outcome,
        report_id=row.number,
        errors=[RowFault(at=at, detail=reason) for at, reason in said(row.faults)],
    )
