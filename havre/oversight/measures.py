"""How the ranking and the routing have done, counted over what one may see."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from havre.agencies.models import Agency
from havre.audit.rules import Actor
from havre.oversight.decisions import Decisions, decisions_since
from havre.oversight.rules import ACTIONABLE, Share, out_of_order
from havre.referrals.models import Outcome, Referral
from havre.triage.models import Closing, QueueItem
from havre.triage.reviews.reads import said_misrouted
from havre.triage.rules.words import Band

LANES = tuple(Band)


class Quantile(Aggregate):
    """A quantile of a duration."""

    function = "percentile_cont"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression: Any, fraction: float) -> None:  # noqa: ANN401 - Django's own
        super().__init__(expression, fraction=fraction)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneMeasure:
    """One lane: how many were sent, what came of them, and how long each step took."""

    band: str
    sent: int
    answered: int
    actionable: Share
    outcomes: tuple[tuple[str, int], ...]
    to_sent: timedelta | None
    to_sent_slow: timedelta | None
    to_accepted: timedelta | None
    to_accepted_slow: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMeasure:
    """One agency: how many it was sent, and how many it returned as not its own."""

    agency: Agency
    sent: int
    misrouted: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginMeasure:
    """One door and language: how its reports were ranked."""

    channel: str
    language: str
    total: int
    shares: tuple[tuple[str, Share], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The whole page."""

    lanes: tuple[LaneMeasure, ...]
    wrong_order: tuple[tuple[str, str], ...]
    misrouted: Share
    # Of the referrals that were read by a second person, those that another agency should have had.
    read_misrouted: Share
    agencies: tuple[AgencyMeasure, ...]
    origins: tuple[OriginMeasure, ...]
    decisions: Decisions

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to count."""
        is_sent = any(lane.sent for lane in self.lanes)
        return not is_sent and not self.origins and self.decisions.is_empty


def measures_since(since: datetime, *, actor: Actor) -> Measures:
    """Every measure over the referrals sent, and the reports queued, since a moment."""
    sent = Referral.objects.visible_to(actor).filter(sent_at__gte=since)
    lanes = _lanes(sent)
    agencies = _agencies(sent)
    return Measures(
        lanes=lanes,
        wrong_order=tuple(out_of_order({lane.band: lane.actionable for lane in lanes})),
        misrouted=Share(
            sum(one.misrouted.part for one in agencies), sum(one.sent for one in agencies)
        ),
        read_misrouted=Share(*said_misrouted(since, actor=actor)),
        agencies=agencies,
        origins=_origins(sent, since, actor),
        decisions=decisions_since(since, actor=actor),
    )


def _lanes(sent: QuerySet[Referral]) -> tuple[LaneMeasure, ...]:
    last = Outcome.objects.filter(referral=OuterRef("pk")).order_by("-at", "-id")
    told = sent.annotate(last=Subquery(last.values("disposition")[:1]))
    counted: dict[str, Counter[str]] = {band: Counter() for band in LANES}
    for row in told.order_by().values("band", "last").annotate(n=Count("pk")):
        counted.setdefault(row["band"], Counter())[row["last"] or ""] += row["n"]
    waits: dict[str, Any] = {
        row["band"]: row
        for row in sent.order_by()
        .values("band")
        .annotate(
            to_sent=_waited("sent_at", "report__received_at", 0.5),
            to_sent_slow=_waited("sent_at", "report__received_at", 0.9),
            to_accepted=_waited("accepted_at", "sent_at", 0.5),
            to_accepted_slow=_waited("accepted_at", "sent_at", 0.9),
        )
    }
    return tuple(_lane(band, counted[band], waits.get(band, {})) for band in LANES)


def _lane(band: str, counted: Counter[str], waits: dict[str, Any]) -> LaneMeasure:
    answered = counted.total() - counted[""]
    return LaneMeasure(
        band=band,
        sent=counted.total(),
        answered=answered,
        actionable=Share(sum(counted[one] for one in ACTIONABLE), answered),
        outcomes=tuple((one, n) for one, n in counted.most_common() if one),
        **{
            name: waits.get(name)
            for name in ("to_sent", "to_sent_slow", "to_accepted", "to_accepted_slow")
        },
    )


def _waited(later: str, earlier: str, fraction: float) -> Quantile:
    waited = ExpressionWrapper(F(later) - F(earlier), output_field=DurationField())
    return Quantile(waited, fraction)


def _agencies(sent: QuerySet[Referral]) -> tuple[AgencyMeasure, ...]:
    returned = Count("pk", filter=Q(returned_at__isnull=False))
    rows = list(sent.order_by().values("to_agency").annotate(n=Count("pk"), returned=returned))
    agencies = Agency.objects.in_bulk([row["to_agency"] for row in rows])
    measured = (
        AgencyMeasure(
            agency=agencies[row["to_agency"]],
            sent=row["n"],
            misrouted=Share(row["returned"], row["n"]),
        )
        for row in rows
    )
    return tuple(sorted(measured, key=lambda one: (-one.misrouted.part, -one.sent)))


def _origins(sent: QuerySet[Referral], since: datetime, actor: Actor) -> tuple[OriginMeasure, ...]:
    """Reports by door and language: those that wait, were sent or were closed, each once.

    What was closed counts too: left out, a door or a language whose reports are closed more often
    would seem to be ranked higher than it is.
    """
    counted: dict[tuple[str, str], Counter[str]] = {}
    waiting = QueueItem.objects.visible_to(actor).filter(queued_at__gte=since).exclude(band="")
    waiting = waiting.exclude(report__in=sent.order_by().values("report"))
    by = ("report__channel", "report__language", "band")
    ways = ((waiting, "pk"), (sent.exclude(band=""), "report"), (_closed(sent, since, actor), "pk"))
    for rows, unit in ways:
        for row in rows.order_by().values(*by).annotate(n=Count(unit, distinct=True)):
            origin = counted.setdefault((row[by[0]], row[by[1]]), Counter())
            origin[row["band"]] += row["n"]
    return tuple(
        OriginMeasure(
            channel=channel,
            language=language,
            total=bands.total(),
            shares=tuple((band, Share(bands[band], bands.total())) for band in LANES),
        )
        for (channel, language), bands in sorted(counted.items())
    )


def _closed(sent: QuerySet[Referral], since: datetime, actor: Actor) -> QuerySet[Closing]:
    """One closing of each report that is closed: of a split one, that of its highest lane."""
    closed = Closing.objects.visible_to(actor).filter(closed_at__gte=since, reopened_at=None)
    waiting = QueueItem.objects.visible_to(actor).order_by().values("report")
    gone = closed.exclude(band="").exclude(report__in=sent.order_by().values("report"))
    gone = gone.exclude(report__in=waiting)
    highest = gone.order_by("report_id", "band", "pk").distinct("report_id")
    return closed.filter(pk__in=highest.values("pk"))
