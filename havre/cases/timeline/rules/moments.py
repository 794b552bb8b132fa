"""A case's life as moments; a page of them, newest first, drawn from several lists at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PAGE_ROWS = 50


class Happening(StrEnum):
    """What happened."""

    EXHIBIT_TAKEN = "exhibit-taken"
    HANDED_OVER = "handed-over"
    MEMBER_JOINED = "member-joined"
    MEMBER_LEFT = "member-left"
    MOVED = "moved"
    NOTED = "noted"
    OPENED = "opened"
    PERSON_ADDED = "person-added"
    REPORT_LINKED = "report-linked"
    REQUEST_MADE = "request-made"
    REQUEST_SENT = "request-sent"
    REQUEST_SETTLED = "request-settled"
    SHARED = "shared"
    SHARE_ENDED = "share-ended"
    TASK_DONE = "task-done"
    TASK_SET = "task-set"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a moment stands: by time, then by what it is about, so that no two stand in one."""

    at: datetime
    key: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happened in a case: to which row, and who did it."""

    what: Happening
    at: datetime
    about: str
    who: str = ""
    # A word of ours, a number or a reference; never typed text.
    detail: str = ""

    @property
    def place(self) -> Place:
        """Where it stands in the timeline."""
        return Place(self.at, f"{self.what}:{self.about}")


def place_of(text: str) -> Place | None:
    """The place that a page gave as its next; None for anything else."""
    at, _, key = text.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return Place(moment, key) if key and moment.tzinfo else None


def page_of(
    moments: Iterable[Moment], *, after: Place | None, rows: int = PAGE_ROWS
) -> tuple[tuple[Moment, ...], str]:
    """A page of moments, newest first, and the place after which the next page begins, or ""."""
    behind = [one for one in moments if after is None or one.place < after]
    ordered = sorted(behind, key=lambda one: one.place, reverse=True)
    page = tuple(ordered[:rows])
    return page, str(page[-1].place) if len(ordered) > rows else ""
