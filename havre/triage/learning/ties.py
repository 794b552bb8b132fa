"""What ties a report to others, as its score takes it."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from havre.audit.rules import Actor
from havre.identifiers.reads import Met
from havre.links.reads import Linked, linked_to, verdicts_on
from havre.links.rules.clusters import Verdict
from havre.links.rules.explaining import Tie
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
    return _facts(linked, verdicts_on(report_id, actor=by))


def facts_of(report_id: UUID, by: Actor) -> LinkFacts:
    """The same of all that ties a report to others."""
    return _facts(*ties_of(report_id, by))


def ties_of(report_id: UUID, by: Actor) -> tuple[list[Linked], dict[UUID, Verdict]]:
    """What a report is tied to, the quiet too, and what analysts say of it. Read once in one go."""
    return read_once(
        ("ties", report_id, by),
        lambda: (
            linked_to(report_id, actor=by, through_hushed=True),
            verdicts_on(report_id, actor=by),
        ),
    )


def _facts(linked: Sequence[Linked], judged: Mapping[UUID, Verdict]) -> LinkFacts:
    ties = [
        each
        for each in linked
        if each.explanation.tie is Tie.SUSPECT
        and judged.get(each.report) not in {Verdict.DIFFERENT, Verdict.SAME}
    ]
    strong = [each.report for each in ties if each.explanation.strength == "strong"]
    strong += [report for report, verdict in judged.items() if verdict is Verdict.SAME]
    return LinkFacts(
        strong=len(strong),
        possible=sum(each.explanation.strength == "possible" for each in ties),
        in_band_a=bool(strong)
        and QueueItem.objects.filter(report__in=strong, band=Band.A).exists(),
    )
