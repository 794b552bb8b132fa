"""How often persons set another lane than the rules, and closed without referral, counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from havre.audit.rules import Actor
from havre.oversight.rules import Share
from havre.referrals.classifying.reads import Agreement, agreement_since
from havre.triage.models import Closing, Override
from havre.triage.reviews.reads import Agreed, agreement_of_reviews
from havre.triage.rules.words import Band

MOST_RULES = 10
MOST_PAIRS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMeasure:
    """One rule: how often persons raised and lowered what it had ranked."""

    rule: str
    raised: int
    lowered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingMeasure:
    """One reason: how many were closed with it, read twice, and opened again."""

    reason: str
    closed: int
    read_twice: int
    reopened: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What persons decided otherwise than the rules, or without any agency."""

    raised: int
    lowered: int
    waiting: int
    reasons: tuple[tuple[str, int], ...]
    rules: tuple[RuleMeasure, ...]
    closings: tuple[ClosingMeasure, ...]
    agreement: Agreement
    readings: tuple[tuple[Agreed, Share], ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to count."""
        counted = self.raised + self.lowered + self.waiting + self.agreement.classified
        return not (counted or self.closings or self.readings)

    @property
    def agreed(self) -> Share:
        """Of the incidents that the desk classified, those it calls what their reporters do."""
        return Share(self.agreement.agreed, self.agreement.classified)


def decisions_since(since: datetime, *, actor: Actor) -> Decisions:
    """Every lane set by hand and every closing since a moment."""
    overrides = Override.objects.visible_to(actor).filter(set_at__gte=since)
    by_rule: dict[str, Counter[bool]] = {}
    reasons: Counter[str] = Counter()
    waiting = 0
    for row in overrides:
        if row.needs_second and not row.confirmed_at:
            waiting += row.ended_at is None
            continue
        is_raise = row.to_band < (row.scored_band or Band.B)
        by_rule.setdefault(row.rule, Counter())[is_raise] += 1
        reasons[row.reason] += 1
    rules = [
        RuleMeasure(rule=rule, raised=counted[True], lowered=counted[False])
        for rule, counted in by_rule.items()
    ]
    return Decisions(
        raised=sum(one.raised for one in rules),
        lowered=sum(one.lowered for one in rules),
        waiting=waiting,
        reasons=tuple(reasons.most_common()),
        rules=tuple(sorted(rules, key=lambda one: -one.raised - one.lowered)[:MOST_RULES]),
        closings=_closings(since, actor),
        agreement=agreement_since(since, most_pairs=MOST_PAIRS, actor=actor),
        readings=tuple(
            (one, Share(one.agreed, one.read)) for one in agreement_of_reviews(since, actor=actor)
        ),
    )


def _closings(since: datetime, actor: Actor) -> tuple[ClosingMeasure, ...]:
    found = Closing.objects.visible_to(actor).filter(closed_at__gte=since)
    rows = found.order_by().values("reason")
    counted = rows.annotate(
        closed=Count("pk"),
        read=Count("pk", filter=Q(read_at__isnull=False)),
        again=Count("pk", filter=Q(reopened_by__isnull=False)),
    )
    return tuple(
        ClosingMeasure(
            reason=row["reason"],
            closed=row["closed"],
            read_twice=row["read"],
            reopened=Share(row["again"], row["closed"]),
        )
        for row in counted.order_by("-closed", "reason")
    )
