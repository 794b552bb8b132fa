"""Questions of a simulation: which reports are next, and what is known of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.rules import Actor
from havre.intake.models import Report
from havre.oversight.rules import ACTIONABLE
from havre.referrals.models import Outcome
from havre.triage.models import QueueItem
from havre.triage.policies.models import Seen, Simulation
from havre.triage.policies.rules.changing import base_of
from havre.triage.rules.policy import Policy

PART = 500
SCORED_ANEW = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A report of the past: its door and language, what was seen in it, whether it was of use."""

    report: UUID
    channel: str
    language: str
    was_acted_on: bool
    # None when nothing was noted of it, or under other words.
    seen: tuple[str, ...] | None


def count_of(simulation: Simulation, *, actor: Actor) -> int:
    """How many reports a simulation is about."""
    return _reports(simulation, actor).count()


def next_part(simulation: Simulation, policy: Policy, *, actor: Actor) -> list[Known]:
    """The reports that are tried next, and what is known of them."""
    found = _reports(simulation, actor).order_by("pk")
    if simulation.reached:
        found = found.filter(pk__gt=simulation.reached)
    rows = list(found.values_list("pk", "channel", "language")[:PART])
    reports = [pk for pk, _channel, _language in rows]
    seen, acted = seen_in(reports, policy), acted_on(reports)
    return [
        Known(
            report=pk,
            channel=channel,
            language=language[:2],
            was_acted_on=pk in acted,
            seen=seen.get(pk),
        )
        for pk, channel, language in rows
    ]


def seen_in(reports: Iterable[UUID], policy: Policy) -> dict[UUID, tuple[str, ...]]:
    """What was seen in reports, where it was noted under the words that this policy knows."""
    rows = Seen.objects.filter(report__in=list(reports))
    return {
        row.report_id: tuple(row.factors)
        for row in rows
        if base_of(row.policy) == base_of(policy.version)
    }


def acted_on(reports: Iterable[UUID]) -> set[UUID]:
    """Of these reports, those of which an agency said that it had something to act on."""
    told = Outcome.objects.filter(referral__report__in=list(reports), disposition__in=[*ACTIONABLE])
    return set(told.values_list("referral__report", flat=True))


def references_of(reports: Iterable[str], *, actor: Actor) -> dict[str, str]:
    """The references of those reports that one may see."""
    found = Report.objects.visible_to(actor).filter(pk__in=list(reports))
    return {str(pk): reference for pk, reference in found.values_list("pk", "reference")}


def scored_by_another(policy: Policy, *, actor: Actor) -> list[UUID]:
    """Reports that wait with the score of another version of the policy."""
    waiting = QueueItem.objects.visible_to(actor).exclude(rule="").exclude(policy=policy.version)
    return list(waiting.order_by("rank", "queued_at").values_list("pk", flat=True)[:SCORED_ANEW])


def _reports(simulation: Simulation, actor: Actor) -> QuerySet[Report]:
    since = simulation.asked_at - timedelta(days=simulation.days)
    return Report.objects.visible_to(actor).filter(
        received_at__gte=since, received_at__lte=simulation.asked_at
    )
