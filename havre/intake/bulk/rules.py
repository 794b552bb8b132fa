"""How much one file may hold, how it is told apart, and what came of its rows.

BulkRefusedError        the whole file is not taken; nothing of it was kept
  ClosedAccountError    its provider files nothing any more
  UnreadableFileError   it is no file of rows: every fault at once
  TooManyWaitingError   too many of the provider's files wait to be filed
    TooManyHeldError    too many of them wait or are stopped
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MOST_BYTES = 10_000_000
MOST_ROWS = 5_000
# A provider's files that wait or are being filed, all at once.
MOST_WAITING = 10
# Those that are stopped among them: each lies here for a month.
MOST_HELD = 100
# So many rows are filed before other work has its turn.
ROWS_AT_ONCE = 50
# Then what came of the rows is forgotten, also of a file that stopped; the reports stay.
RESULTS_KEPT = timedelta(days=30)


class BulkState(StrEnum):
    """Where a file of reports stands."""

    DONE = "done"
    STOPPED = "stopped"
    WAITING = "waiting"


class Outcome(StrEnum):
    """What came of a row; would-be-filed: of a trial, not-filed: of a file that was stopped."""

    ACCEPTED = "accepted"
    FINE = "would-be-filed"
    NOT_FILED = "not-filed"
    REFUSED = "refused"


class WrittenAs(StrEnum):
    """How the rows of a file are written."""

    CSV = "csv"
    JSON_LINES = "json-lines"


# A place in a row, and what is wrong there.
Told = tuple[str, str]


class BulkRefusedError(Exception):
    """A file of reports that is not taken."""


class ClosedAccountError(BulkRefusedError):
    """The provider's account is closed here: it files nothing until it is open again."""


class TooManyWaitingError(BulkRefusedError):
    """So many files of this provider wait that another one is not taken yet."""


class TooManyHeldError(TooManyWaitingError):
    """So many files of this provider wait or are stopped that another one is not taken yet."""


class StoppedError(Exception):
    """A file whose rows are not filed any more, until its provider says so."""


class GoesOnError(Exception):
    """A file that is not to be forgotten: its provider goes on with it since, or it is gone."""


class UnreadableFileError(BulkRefusedError):
    """A file that holds no rows that we can read; `faults` name a line or a column each."""

    def __init__(self, faults: tuple[Told, ...]) -> None:
        super().__init__("; ".join(f"{at}: {reason}" for at, reason in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRow:
    """One row: where it stands, its bytes, and what a table's cells come to."""

    place: int
    source: bytes
    # None: the bytes are a JSON document themselves.
    document: dict[str, object] | None = None
    faults: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of reports, row by row."""

    written_as: WrittenAs
    rows: tuple[SentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTold:
    """What came of a row, as its provider is told."""

    place: int
    outcome: Outcome
    number: int | None = None
    faults: tuple[Told, ...] = ()
