"""What a reporter and the tipline wrote to each other, opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.intake.models import Message, Report
from havre.intake.sealed import message_text
from havre.plumbing.values.written import written_once


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message, opened."""

    from_reporter: bool
    text: str
    at: datetime
    message: UUID
    # Of a whole report: whether it reached whoever has it, or why it stays with the tipline.
    was_passed_on: bool = False
    kept_because: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    is_decided: bool = False


def said_between(report: Report, *, key: bytes) -> tuple[Said, ...]:
    """Everything that was written in a report's talk, oldest first. A part of actions."""
    return tuple(
        Said(
            from_reporter=message.from_reporter,
            text=message_text(message, key=key),
            at=message.at,
            message=message.pk,
            was_passed_on=message.was_passed_on,
            kept_because=message.kept_because if message.parts is not None else "",
            decided_at=message.decided_at,
            decided_by=message.decided_by.display_name if message.decided_by else "",
            is_decided=message.parts is not None,
        )
        for message in _written(report.pk)
    )


@written_once
def _written(report: UUID) -> QuerySet[Message]:
    return Message.objects.filter(report=report).select_related("report", "decided_by")
