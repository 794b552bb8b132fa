"""Questions about the interpreters that reports wait for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.plumbing.values.lists import one_of
from havre.plumbing.values.written import written_once
from havre.triage.interpreting.models import Wanted
from havre.triage.interpreting.rules import is_late
from havre.triage.interpreting.wording import language_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """The words of a report wait for an interpreter: of which language, since when, how late.

    `is_done`: an interpreter translated them, and nobody of the desk has opened the report since.
    """

    code: str
    language: str
    since: datetime
    is_late: bool
    is_done: bool = False


def waits_of(row: Wanted, *, band: str, now: datetime) -> Waits:
    """What a page says of the wait for an interpreter."""
    return Waits(
        code=row.language,
        language=language_name(row.language),
        since=row.asked_at,
        is_late=not row.is_unread and is_late(asked_at=row.asked_at, band=band, now=now),
        is_done=row.is_unread,
    )


def waiting_for_interpreters(reports: Sequence[UUID]) -> dict[UUID, Wanted]:
    """Those of these reports whose words nobody has translated yet, or nobody read translated.

    Of reports that the reader may see.
    """
    return {row.report_id: row for row in _wanted(tuple(reports))} if reports else {}


@written_once
def _wanted(reports: tuple[UUID, ...]) -> QuerySet[Wanted]:
    return Wanted.objects.on_the_desk().filter(one_of("report", reports))
