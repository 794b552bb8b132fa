"""Why the desk calls an incident so, sealed and opened. Parts of actions, which write the line."""

from uuid import UUID

from django.db.models import QuerySet

from havre.audit.rules import Actor
from havre.evidence.custody import key_of
from havre.intake.models import Incident, Report
from havre.intake.sealed import Spot, open_text, seal_text
from havre.plumbing.values.written import written_once
from havre.referrals.classifying.models import Classification
from havre.referrals.classifying.reads import BothKinds, OpenedClassification
from havre.referrals.wording import HAPPENINGS


def sealed_reason(row: Classification, text: str, *, by: Actor) -> bytes:
    """A reason, sealed under the report's key."""
    return seal_text(row.report, text, key=key_of(row.report_id, by=by), spot=_spot(row))


def both_kinds(report: Report, *, by: Actor) -> tuple[BothKinds, ...]:
    """Each incident of a report as its reporter called it and as the desk does."""
    rows = _classified(report.pk, by)
    key = key_of(report.pk, by=by) if rows else b""
    opened = [
        OpenedClassification(
            row=row,
            reason=open_text(report, row.reason, key=key, spot=_spot(row)),
            happening=HAPPENINGS[row.happening],
        )
        for row in rows
    ]
    return tuple(
        BothKinds(
            incident=incident,
            reported=HAPPENINGS[incident.happening],
            said=tuple(each for each in opened if each.row.incident_id == incident.pk),
        )
        for incident in _incidents(report.pk)
    )


@written_once
def _classified(report: UUID, by: Actor) -> QuerySet[Classification]:
    return Classification.objects.visible_to(by).filter(report=report).select_related("by")


@written_once
def _incidents(report: UUID) -> QuerySet[Incident]:
    return Incident.objects.filter(report=report).order_by("number")


def _spot(row: Classification) -> Spot:
    return Spot("classification", "reason", row.pk)
