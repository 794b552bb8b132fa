"""Questions to the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.models import Entry
from havre.audit.rules import Event
from havre.plumbing.values.written import written_once

LOG_ROWS = 100
# A UUIDv7 begins with 48 bits of milliseconds.
BITS_BELOW_TIME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """A page of the log, newest first."""

    entries: tuple[Entry, ...]
    next: str


def log_page(
    *, event: str = "", about: str = "", since: datetime | None = None, after: str = ""
) -> LogPage:
    """Lines of the log that the one who acts may see, newest first.

    `event` is a word of the log, `about` an id, `after` what the page before gave as its `next`.
    """
    entries = Entry.objects.order_by("-id")
    if event:
        entries = entries.filter(event=event)
    if about:
        entries = entries.filter(about=about)
    if since:
        entries = entries.filter(at__gte=since)
    if after:
        try:
            entries = entries.filter(id__lt=UUID(after))
        except ValueError:
            return LogPage(entries=(), next="")
    found = list(entries[: LOG_ROWS + 1])
    return LogPage(
        entries=tuple(found[:LOG_ROWS]),
        next=str(found[LOG_ROWS - 1].pk) if len(found) > LOG_ROWS else "",
    )


def done_to(about: UUID) -> list[Entry]:
    """What was done to one thing, newest first, as far as the one who acts may see."""
    return _done_to(str(about))


@written_once
def _done_to(about: str) -> QuerySet[Entry]:
    return Entry.objects.filter(about=about).order_by("-id")[:LOG_ROWS]


def last_of(events: Iterable[Event], *, agency: UUID, since: datetime) -> datetime | None:
    """When somebody of an agency did one of these last, if that was since a moment.

    Ids are made in the order of time, so that no older line is looked at.
    """
    first = UUID(int=int(since.timestamp() * 1000) << BITS_BELOW_TIME)
    told = Entry.objects.filter(agency=agency, id__gte=first, event__in=[str(e) for e in events])
    last = told.order_by("-id").values_list("at", flat=True).first()
    return last if last and last >= since else None
