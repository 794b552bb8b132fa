"""Linking a report to others."""

from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.links.settling import settle_anew


@action(Event.REPORT_LINKED, at_once=True)
def link_report(report_id: UUID, *, by: Actor) -> int:
    """Put a report into the clusters of the people it tells of. Safe to repeat.

    Gives how many reports are in another cluster than before, on either side; none while
    nothing was noted of the report.
    """
    moved = settle_anew(report_id)
    record(Event.REPORT_LINKED, about_kind="report", about=report_id, by=by, moved=moved)
    return moved
