"""What was typed about a closing, sealed and opened. Parts of actions, which write the line."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.rules import Actor
from havre.evidence.custody import key_of
from havre.intake.models import Report
from havre.intake.sealed import Spot, open_text, seal_text
from havre.plumbing.values.written import written_once
from havre.triage.models import Closing


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedClosing:
    """A closing with its words opened; `reopened_note` is empty while it stands."""

    closing: Closing
    note: str
    reopened_note: str


def sealed_note(closing: Closing, text: str, *, column: str, by: Actor) -> bytes:
    """A note about a closing, sealed under the report's key."""
    spot = Spot("closing", column, closing.pk)
    return seal_text(closing.report, text, key=key_of(closing.report_id, by=by), spot=spot)


def opened_closings(report: Report, *, by: Actor) -> tuple[OpenedClosing, ...]:
    """Every closing of a report, the latest first."""
    return tuple(_opened(closing, by) for closing in _closings(report.pk, by))


@written_once
def _closings(report: UUID, by: Actor) -> QuerySet[Closing]:
    found = Closing.objects.visible_to(by).filter(report=report)
    return found.select_related(
        "report", "incident", "duplicate_of", "closed_by", "read_by", "reopened_by"
    ).order_by("-id")


def note_of(closing: Closing, *, by: Actor) -> str:
    """The note that was written when a report was closed."""
    return _opened(closing, by).note


def _opened(closing: Closing, by: Actor) -> OpenedClosing:
    key = key_of(closing.report_id, by=by)

    def words(column: str, sealed: bytes | memoryview | None) -> str:
        if sealed is None:
            return ""
        return open_text(closing.report, sealed, key=key, spot=Spot("closing", column, closing.pk))

    return OpenedClosing(
        closing=closing,
        note=words("note", closing.note),
        reopened_note=words("reopened_note", closing.reopened_note),
    )
