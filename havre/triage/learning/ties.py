"""What ties a report to others, as its score takes it."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from havre.audit.rules import Actor, Station
from havre.identifiers.reads import Met
from havre.links.reads import Linked, linked_to, tied_to, verdicts_on
from havre.links.rules.clusters import Verdict
from havre.links.rules.explaining import Explanation, Tie
from havre.plumbing.scopes import Scope
from havre.plumbing.together.steps import read_once
from havre.triage.models import QueueItem
from havre.triage.rules.words import Band, LinkFacts


def links_of(
    report_id: UUID, by: Actor, *, may_tell: Callable[[Met], bool] = lambda _: True
) -> LinkFacts:
    """What the links say. Only what ties two suspects makes a report more urgent.

    Of identifiers of which `may_tell` says no, nothing is made. What an analyst says of two reports
    outranks what they share. What is kept quiet counts too: it must never let a report wait longer.
    """
    linked = linked_to(report_id, actor=by, may_tell=may_tell, through_hushed=True)
    return _facts(_explained(linked), verdicts_on(report_id, actor=by))


def facts_of(report_id: UUID, by: Actor) -> LinkFacts:
    """The same of all that ties a report to others."""
    return _facts(*ties_of(report_id, by))


def ties_of(report_id: UUID, by: Actor) -> tuple[dict[UUID, Explanation], dict[UUID, Verdict]]:
    """Why a report is tied to others, the quiet too, and what analysts say of it.

    The strongest first. Read once in one go.
    """
    return read_once(
        ("ties", report_id, by),
        lambda: (_tied_to(report_id, by), verdicts_on(report_id, actor=by)),
    )


def _tied_to(report_id: UUID, by: Actor) -> dict[UUID, Explanation]:
    if isinstance(by, Station) and by.context.scope == Scope.WORK:
        return tied_to(report_id, by=by)
    return _explained(linked_to(report_id, actor=by, through_hushed=True))


def _explained(linked: Sequence[Linked]) -> dict[UUID, Explanation]:
    return {each.report: each.explanation for each in linked}


def _facts(linked: Mapping[UUID, Explanation], judged: Mapping[UUID, Verdict]) -> LinkFacts:
    ties = {
        report: explanation
        for report, explanation in linked.items()
        if explanation.tie is Tie.SUSPECT
        and judged.get(report) not in {Verdict.DIFFERENT, Verdict.SAME}
    }
    strong = [report for report, tie in ties.items() if tie.strength == "strong"]
    strong += [report for report, verdict in judged.items() if verdict is Verdict.SAME]
    return LinkFacts(
        strong=len(strong),
        possible=sum(tie.strength == "possible" for tie in ties.values()),
        in_band_a=bool(strong)
        and QueueItem.objects.filter(report__in=strong, band=Band.A).exists(),
    )
