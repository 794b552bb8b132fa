"""Saying where a report should go."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.intake.reads import report_by_id
from havre.intake.sealed import told_in
from havre.plumbing import ids
from havre.plumbing.pipes import statement
from havre.plumbing.together.gathered import run_last
from havre.triage.jurisdiction.directory import suggested_by
from havre.triage.jurisdiction.geo import database_in_use, forget_database, use_database

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


@action(Event.GEO_TAKEN)
def take_database(file: Path, *, elsewhere: Path | None = None, by: Station) -> dict[str, str]:
    """Take a copy of an MMDB file into use; the log keeps its name, date, size and SHA-256.

    Gives its facts. Raises GeoRefusedError and OSError, and keeps the old one.
    """
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    facts = use_database(file, elsewhere=elsewhere)
    record(
        Event.GEO_TAKEN,
        about_kind="geo",
        about=facts["name"],
        by=by,
        sha256=sha256,
        **{name: facts[name] for name in ("built", "bytes", "networks")},
    )
    return facts


@action(Event.GEO_LEFT)
def leave_database(*, by: Station) -> bool:
    """Take the database out of use. Gives whether there was one."""
    facts = database_in_use()
    name = facts["name"] if facts else ""
    was_there = forget_database()
    record(Event.GEO_LEFT, about_kind="geo", about=name, by=by, was_there=was_there)
    return was_there
