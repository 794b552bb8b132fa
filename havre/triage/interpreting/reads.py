"""Questions about the interpreters that reports wait for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.triage.interpreting.models import Wanted
from havre.triage.interpreting.rules import is_late
from havre.triage.interpreting.wording import language_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """The words of a report wait for an interpreter: of which language, since when, how late."""

    code: str
    language: str
    since: datetime
    is_late: bool


def waits_of(row: Wanted, *, band: str, now: datetime) -> Waits:
    """What a page says of the wait for an interpreter."""
    return Waits(
        code=row.language,
        language=language_name(row.language),
        since=row.asked_at,
        is_late=is_late(asked_at=row.asked_at, band=band, now=now),
    )


def waiting_for_interpreters(reports: Sequence[UUID]) -> dict[UUID, Wanted]:
    """Those of these reports, which the reader may see, whose words nobody has translated yet."""
    found = Wanted.objects.waiting().filter(report__in=reports)
    return {row.report_id: row for row in found}


def translated_unread(reports: Sequence[UUID]) -> frozenset[UUID]:
    """Those of these reports that an interpreter translated and nobody has opened since."""
    found = Wanted.objects.unread().filter(report__in=reports)
    return frozenset(found.values_list("report", flat=True))
