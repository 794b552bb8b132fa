"""Noting that a report names somebody of an agency."""

from havre.agencies.models import Agency, Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.conflicts.models import Conflict
from havre.intake.models import Report
from havre.plumbing import ids
from havre.plumbing.context import kept


@action(Event.CONFLICT_NOTED)
def keep_from(report: Report, *, agency: Agency, by: Officer) -> None:
    """Note that somebody whom a report names works for an agency. Safe to repeat."""
    known = Conflict.objects.filter(report=report, agency=agency)
    if not known.exists():
        Conflict(id=ids.uuid7(), report=report, agency=agency, noted_by=by).save(force_insert=True)
    # What was found before of whom it is kept from is asked anew.
    kept().clear()
    record(
        Event.CONFLICT_NOTED,
        about_kind="report",
        about=report.pk,
        by=by,
        agency=str(agency.pk),
    )
