"""Why a person set another lane, sealed and opened. Parts of actions, which write the line."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.rules import Actor
from havre.evidence.custody import key_of
from havre.intake.models import Report
from havre.intake.sealed import Spot, open_text, seal_text
from havre.plumbing.values.written import written_once
from havre.triage.models import Override


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedOverride:
    """An override with its words opened."""

    override: Override
    note: str


def sealed_note(override: Override, text: str, *, by: Actor) -> bytes:
    """Why another lane was set, sealed under the report's key."""
    key = key_of(override.report_id, by=by)
    return seal_text(override.report, text, key=key, spot=Spot("override", "note", override.pk))


def opened_overrides(report: Report, *, by: Actor) -> tuple[OpenedOverride, ...]:
    """Every lane that a person set for a report, the latest first."""
    return tuple(_opened(override, by) for override in _overrides(report.pk, by))


@written_once
def _overrides(report: UUID, by: Actor) -> QuerySet[Override]:
    found = Override.objects.visible_to(by).filter(report=report)
    return found.select_related("report", "set_by", "confirmed_by", "ended_by").order_by("-id")


def _opened(override: Override, by: Actor) -> OpenedOverride:
    spot = Spot("override", "note", override.pk)
    key = key_of(override.report_id, by=by)
    return OpenedOverride(
        override=override, note=open_text(override.report, override.note, key=key, spot=spot)
    )
