"""Which reports a new one may tell something, and what one learned."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.audit.rules import Actor
from havre.intake.models import Report
from havre.intake.reads import reports_by_id
from havre.links.reads import linked_to
from havre.links.rules.explaining import Explanation, Strength, Tie
from havre.triage.models import QueueItem

MOST_TOLD = 20
"""One new report makes so many others be read again at most, those tied to it the most strongly."""
LINKS = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """Why a report stands higher than when it came: a later one is tied to it.

    `reference` is "" when the reader may not see the later one.
    """

    from_band: str
    reference: str
    at: datetime


def is_tied(report: UUID) -> bool:
    """Whether what ties a report to others is among the reasons of its score."""
    tied = QueueItem.objects.filter(report=report, reasons__contains=[{"field": LINKS}])
    return tied.exists()


def that_learn_of(report_id: UUID, *, actor: Actor) -> list[UUID]:
    """The reports that wait with a score and are tied to this one by a suspect, strongest first.

    What a crowd shares tells nobody anything, and nothing is told across compartments.
    """
    newcomer = Report.objects.visible_to(actor).get(pk=report_id)
    linked = linked_to(report_id, actor=actor, through_hushed=True)
    tied = [each.report for each in linked if _tells(each.explanation)]
    waiting = QueueItem.objects.visible_to(actor).exclude(rule="")
    found = waiting.filter(report__in=tied, report__compartment=newcomer.compartment)
    told = set(found.values_list("report", flat=True))
    return [report for report in tied if report in told][:MOST_TOLD]


def is_openly_tied(report_id: UUID, *, to: UUID, actor: Actor) -> bool:
    """Whether what ties two reports may be shown: it is not all kept quiet."""
    return any(each.report == to for each in linked_to(report_id, actor=actor))


def raised(item: QueueItem, *, actor: Actor) -> Raised | None:
    """By what a report that waits was raised, while it still stands higher for it."""
    if item.raised_by_id is None or item.raised_at is None or not item.is_raised:
        return None
    seen = reports_by_id([item.raised_by_id], actor=actor)
    reference = seen[0].reference if seen else ""
    return Raised(from_band=item.raised_from, reference=reference, at=item.raised_at)


def _tells(explanation: Explanation) -> bool:
    is_of_a_person = explanation.tie is Tie.SUSPECT and explanation.strength is not Strength.WEAK
    return is_of_a_person and any(not each.hub for each in explanation.evidence)
