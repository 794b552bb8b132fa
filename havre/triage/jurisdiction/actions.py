"""Saying where a report should go."""

from dataclasses import asdict
from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.intake.reads import report_by_id
from havre.intake.sealed import told_in
from havre.plumbing import ids
from havre.triage.jurisdiction.directory import suggested_by
from havre.triage.models import Suggestion


@action(Event.ROUTE_SUGGESTED)
def suggest_agencies(report_id: UUID, *, by: Actor) -> None:
    """Say where a report should go, with the evidence. Safe to repeat."""
    report = report_by_id(report_id, actor=by)
    suggestions = suggested_by(told_in(report, by=by))
    Suggestion.objects.filter(report=report).delete()
    Suggestion.objects.bulk_create(
        Suggestion(
            id=ids.uuid7(),
            report=report,
            agency_id=UUID(each.agency_id),
            probability=each.probability,
            evidence=[asdict(evidence) for evidence in each.evidence],
        )
        for each in suggestions
    )
    record(
        Event.ROUTE_SUGGESTED,
        about_kind="report",
        about=report_id,
        by=by,
        agencies=[each.agency_id for each in suggestions],
    )
