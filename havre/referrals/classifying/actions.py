"""Saying what kind of happening an incident is, and looking at both words for it."""

from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.models import Incident, Report
from havre.intake.reads import report_by_reference
from havre.intake.rules.submission import Happening
from havre.plumbing import ids
from havre.referrals.classifying.models import Classification
from havre.referrals.classifying.reads import BothKinds
from havre.referrals.classifying.sealed import both_kinds, sealed_reason
from havre.triage.claims import still_in_hand


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedKinds:
    """A report with both words for each of its incidents."""

    report: Report
    kinds: tuple[BothKinds, ...]


@action(Event.INCIDENT_CLASSIFIED)
def classify_incident(
    reference: str, *, incident: int, happening: Happening, reason: str, by: Officer
) -> Classification:
    """Say what the desk takes an incident to be. What its reporter said is not touched.

    Referrals that are sent from then on carry it. Raises Report.DoesNotExist,
    Incident.DoesNotExist.
    """
    report = report_by_reference(reference, actor=by)
    about = Incident.objects.get(report=report, number=incident)
    row = Classification(id=ids.uuid7(), report=report, incident=about, happening=happening, by=by)
    row.reason = sealed_reason(row, reason, by=by)
    row.save(force_insert=True)
    still_in_hand(report, by=by)
    record(
        Event.INCIDENT_CLASSIFIED,
        about_kind="report",
        about=report.pk,
        by=by,
        incident=incident,
        reported=about.happening,
        happening=happening,
    )
    return row


@action(Event.CLASSIFICATION_READ)
def read_kinds(reference: str, *, by: Officer) -> OpenedKinds:
    """Look at what the incidents of a report are taken to be, and why."""
    report = report_by_reference(reference, actor=by)
    kinds = both_kinds(report, by=by)
    record(Event.CLASSIFICATION_READ, about_kind="report", about=report.pk, by=by)
    return OpenedKinds(report=report, kinds=kinds)
