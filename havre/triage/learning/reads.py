"""Which reports a new one may tell something, and what one learned."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.audit.rules import Actor
from havre.intake.reads import report_by_id, reports_by_id
from havre.links.reads import linked_to
from havre.links.rules.clusters import Verdict
from havre.links.rules.explaining import Explanation, Strength, Tie
from havre.triage.learning.rules import (
    is_only_alike,
    may_gain,
    may_turn_others,
    seen_from_there,
    signs_held,
)
from havre.triage.learning.ties import ties_of
from havre.triage.models import QueueItem
from havre.triage.rules.words import Band

MOST_TOLD = 20
"""One new report makes so many others be read again at most, those tied to it the most strongly."""

SAID_TO_BE_ONE = (Strength.STRONG, Strength.STRONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """Why a report stands higher than when it came: a later one is tied to it.

    `reference` is "" when the reader may not see the later one.
    """

    from_band: str
    reference: str
    at: datetime


def that_may_rise(report_id: UUID, *, actor: Actor) -> list[UUID]:
    """The reports that wait and may rise because this one is tied to them, the strongest first.

    One that has no score yet may: whoever scores it at this moment may not see this one.
    """
    return [item.report_id for item in _that_may_rise(report_id, actor)]


def that_learn_of(report_id: UUID, *, actor: Actor, named: Sequence[UUID] = ()) -> list[UUID]:
    """The reports that wait with a score, are tied to this one by a suspect, and may rise by it.

    The strongest first. What a crowd shares tells nobody anything, and nothing is told across
    compartments. Where `named` are those that `that_may_rise` gave, nobody else is looked for.
    """
    if named:
        compartment = report_by_id(report_id, actor=actor).compartment
        waiting = {item.report_id: item for item in _waiting(named, actor)}
        rows = (waiting[report] for report in named if report in waiting)
        found = [item for item in rows if item.compartment == compartment]
    else:
        found = _that_may_rise(report_id, actor)
    return [item.report_id for item in found if item.rule][:MOST_TOLD]


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


def _that_may_rise(report_id: UUID, actor: Actor) -> list[QueueItem]:
    newcomer = report_by_id(report_id, actor=actor)
    linked, judged = ties_of(report_id, actor)
    tied = {report: why for report, why in linked.items() if _tells(why)}
    items = {item.report_id: item for item in _waiting([report_id, *tied], actor)} if tied else {}
    is_immediate = report_id in items and items[report_id].band == Band.A
    return [
        items[report]
        for report, explanation in tied.items()
        if report in items
        and items[report].compartment == newcomer.compartment
        and _may_gain(items[report], explanation, judged.get(report), is_immediate=is_immediate)
    ]


def _waiting(reports: Collection[UUID], actor: Actor) -> list[QueueItem]:
    asked = ("report", "compartment", "rule", "band", "reasons", "strong_links", "open_incidents")
    return list(QueueItem.objects.visible_to(actor).filter(report__in=reports).only(*asked))


def _may_gain(
    item: QueueItem, explanation: Explanation, verdict: Verdict | None, *, is_immediate: bool
) -> bool:
    is_one = verdict is Verdict.SAME
    # The incidents of a split report have scores of their own.
    if item.open_incidents or may_turn_others(explanation):
        return True
    return may_gain(
        signs_held(item.reasons),
        strong_before=item.strong_links,
        tie=SAID_TO_BE_ONE if is_one else seen_from_there(explanation),
        is_alike=is_only_alike(explanation),
        is_immediate=is_immediate,
    )


def _tells(explanation: Explanation) -> bool:
    is_of_a_person = explanation.tie is Tie.SUSPECT and explanation.strength is not Strength.WEAK
    return is_of_a_person and any(not each.hub for each in explanation.evidence)
