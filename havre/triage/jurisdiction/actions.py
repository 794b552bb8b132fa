"""Saying where a report should go."""

import json
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.intake.reads import report_by_id
from havre.intake.sealed import told_in
from havre.plumbing import ids
from havre.plumbing.pipes import statement
from havre.plumbing.together.gathered import run_last
from havre.triage.jurisdiction.directory import suggested_by

SUGGEST = Path(__file__).parent / "sql" / "suggest.sql"
TAKE_BACK = "DELETE FROM triage_suggestion WHERE report_id = %(report)s::uuid"


@action(Event.ROUTE_SUGGESTED)
def suggest_agencies(report_id: UUID, *, by: Actor) -> None:
    """Say where a report should go, with the evidence. Safe to repeat."""
    report = report_by_id(report_id, actor=by)
    suggestions = suggested_by(told_in(report, by=by))
    run_last(TAKE_BACK, {"report": report_id})
    run_last(
        statement(SUGGEST),
        {
            "report": report_id,
            "ids": [ids.uuid7() for _ in suggestions],
            "agencies": [each.agency_id for each in suggestions],
            "probabilities": [each.probability for each in suggestions],
            "evidence": [
                json.dumps([asdict(evidence) for evidence in each.evidence]) for each in suggestions
            ],
        },
    )
    record(
        Event.ROUTE_SUGGESTED,
        about_kind="report",
        about=report_id,
        by=by,
        agencies=[each.agency_id for each in suggestions],
    )
