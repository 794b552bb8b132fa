"""The counts of the report. Counted by Havre itself: nobody is shown what was counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from havre.audit.rules import Actor
from havre.cases.abroad.models import Assessment, Exchange
from havre.cases.abroad.rules.mistreatment import Act, Risk, Ruling
from havre.cases.abroad.rules.states import Closing, Direction
from havre.intake.law.reads import legal_today
from havre.oversight.mistreatment.rules import RiskYear, guarded, risk_years
from havre.plumbing import clock


class Result(StrEnum):
    """What became of an act that was assessed."""

    ALLOWED = "allowed"
    LOW = "low"
    REFUSED = "refused"
    WAITS = "waits"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReport:
    """The report of one calendar year; of the running one, as far as it has come."""

    year: RiskYear
    is_preview: bool
    as_of: datetime
    received: int
    sent: int
    copies: int
    closed_for_risk: int
    # What came of the acts that were assessed: in all, and by act where it may be shown.
    totals: dict[Result, int]
    by_act: dict[Act, dict[Result, int | None]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was exchanged and nothing assessed."""
        return not (self.received or self.sent or sum(self.totals.values()))


def years(*, actor: Actor) -> tuple[RiskYear, ...]:
    """The years that there is a report of, the latest first."""
    rows = Exchange.objects.visible_to(actor).order_by("made_at")
    first = rows.values_list("made_at", flat=True).first()
    return risk_years(legal_today(), first=_day(first) if first else None)


def risk_report(year: RiskYear, *, actor: Actor) -> RiskReport:
    """The report of a year: an assessment counts in the year in which it was made."""
    since, until = year.span(clock.LEGAL_ZONE)
    seen = Exchange.objects.visible_to(actor)
    made = seen.filter(made_at__gte=since, made_at__lt=until)
    counted = Counter(
        (act, _result(one))
        for one in Assessment.objects.filter(exchange__in=seen, at__gte=since, at__lt=until)
        for act in one.assessed.acts
    )
    columns = {result: guarded([counted[act, result] for act in Act]) for result in Result}
    closed = seen.filter(closed_at__gte=since, closed_at__lt=until)
    return RiskReport(
        year=year,
        is_preview=legal_today().year <= year.begins,
        as_of=clock.now(),
        received=made.filter(direction=Direction.IN).count(),
        sent=seen.filter(sent_at__gte=since, sent_at__lt=until).count(),
        copies=seen.filter(copied_at__gte=since, copied_at__lt=until).count(),
        closed_for_risk=closed.filter(closed_because=Closing.RISK_OF_MISTREATMENT).count(),
        totals={result: sum(counted[act, result] for act in Act) for result in Result},
        by_act={
            act: {result: columns[result][place] for result in Result}
            for place, act in enumerate(Act)
        },
    )


def _result(made: Assessment) -> Result:
    if made.ruling is Ruling.WAITS:
        return Result.WAITS
    if made.ruling is Ruling.REFUSED:
        return Result.REFUSED
    return Result.LOW if made.risk == Risk.NOT_SUBSTANTIAL else Result.ALLOWED


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.LEGAL_ZONE).date()
