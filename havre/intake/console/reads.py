"""Questions of a provider's engineer about what their provider sent. Never about anybody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import TruncWeek

from havre.audit.rules import Actor
from havre.intake.console.rules import FieldTold, Week, worst_first
from havre.intake.law.models import Preservation
from havre.intake.models import Filing, Report
from havre.intake.providers.reads import report_state
from havre.intake.providers.rules.quality import WHY
from havre.intake.providers.wires.ispws_state import ReportState
from havre.intake.questions.models import Question
from havre.intake.questions.reads import asked_of_report, kept_up
from havre.intake.releases.reads import Released, shown_to_provider
from havre.intake.rules.stages import FilingState
from havre.intake.thin.reads import InBulk, in_bulk, reports_in_bulk
from havre.plumbing import clock

ROWS = 50
TREND = timedelta(weeks=12)
SCORED = timedelta(days=90)
MOST_DIGITS = 18
RUNNING, OVER = "running", "over"
# Beside the states: reports with nothing to act on, which stood in bulk at the desk.
IN_BULK = "in-bulk"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One report of the list, as its provider may know it."""

    filing: Filing
    reference: str
    released: tuple[Released, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsPage:
    """A page of a provider's reports, the latest first."""

    rows: tuple[ReportRow, ...]
    chosen: int
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """How a provider's reports of the last ninety days fared, and twelve weeks one by one."""

    counts: dict[str, int]
    score: int | None
    fields: tuple[FieldTold, ...]
    weeks: tuple[Week, ...]
    # What told nothing to act on and stood in bulk at the desk.
    bulk: InBulk


@dataclass(frozen=True, slots=True, kw_only=True)
class OneReport:
    """A report of a provider, all that it may know of it."""

    state: ReportState
    released: tuple[Released, ...]
    clock: Preservation | None
    asked: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesPage:
    """Clocks of preservation: those that run, the first to end first; or those that are over."""

    rows: tuple[Preservation, ...]
    kept_up: frozenset[UUID]
    chosen: int
    running: int
    reminded: int
    over: int
    next: str


def reports_page(
    *, state: str = "", sought: str = "", after: str = "", actor: Actor
) -> ReportsPage:
    """A provider's reports, the latest first; `after` is what the page before gave as `next`."""
    own = Filing.objects.visible_to(actor)
    chosen = own.filter(state=state) if state and state != IN_BULK else own
    if state == IN_BULK:
        chosen = own.filter(pk__in=reports_in_bulk(actor=actor))
    if sought:
        chosen = chosen.filter(number=_number(sought))
    behind = chosen
    if after and (last := own.filter(number=_number(after)).first()):
        behind = chosen.filter(pk__lt=last.pk)
    found = list(behind.order_by("-pk")[: ROWS + 1])
    return ReportsPage(
        rows=_report_rows(found[:ROWS], actor),
        chosen=chosen.count(),
        next=str(found[ROWS - 1].number) if len(found) > ROWS else "",
    )


def scorecard(*, actor: Actor) -> Scorecard:
    """How a provider's own reports fared lately."""
    now = clock.now()
    own = Filing.objects.visible_to(actor).order_by()
    lately = own.filter(opened_at__gte=now - SCORED)
    states = {state.value: Count("pk", filter=Q(state=state)) for state in FilingState}
    finished = lately.filter(state=FilingState.FINISHED)
    fields = _fields(finished)
    mean = finished.aggregate(score=Avg("quality"))["score"]
    return Scorecard(
        counts=lately.aggregate(**states),
        score=None if mean is None else round(mean),
        fields=fields,
        weeks=_weeks(own.filter(opened_at__gte=now - TREND, state=FilingState.FINISHED)),
        bulk=in_bulk(actor=actor),
    )


def one_report(number: int, *, actor: Actor) -> OneReport:
    """A provider's own report. Raises Filing.DoesNotExist for every other."""
    filing = Filing.objects.visible_to(actor).get(number=number)
    released = shown_to_provider([filing.pk], actor=actor)
    return OneReport(
        state=report_state(number, actor=actor),
        released=released.get(filing.pk, ()),
        clock=Preservation.objects.visible_to(actor).filter(number=number).first(),
        asked=tuple(asked_of_report(filing.pk, actor=actor)),
    )


def duties_page(*, state: str = RUNNING, after: str = "", actor: Actor) -> DutiesPage:
    """A provider's clocks of preservation; `after` is what the page before gave as its `next`."""
    own = Preservation.objects.visible_to(actor)
    counted = own.aggregate(
        running=Count("pk", filter=Q(ended_at=None)),
        reminded=Count("pk", filter=Q(ended_at=None, reminded_at__isnull=False)),
        over=Count("pk", filter=Q(ended_at__isnull=False)),
    )
    is_over = state == OVER
    chosen = own.filter(ended_at__isnull=not is_over)
    behind = _behind(chosen, own.filter(number=_number(after)).first(), is_over=is_over)
    found = list(behind[: ROWS + 1])
    return DutiesPage(
        rows=tuple(found[:ROWS]),
        kept_up=frozenset(kept_up([row.pk for row in found], actor=actor)),
        chosen=counted[OVER if is_over else RUNNING],
        next=str(found[ROWS - 1].number) if len(found) > ROWS else "",
        **counted,
    )


def _behind(
    chosen: QuerySet[Preservation], last: Preservation | None, *, is_over: bool
) -> QuerySet[Preservation]:
    """What stands behind a row: those that are over run backwards, the latest first."""
    if last is not None and is_over:
        chosen = chosen.filter(
            Q(until__lt=last.until) | Q(until=last.until, number__lt=last.number)
        )
    elif last is not None:
        chosen = chosen.filter(
            Q(until__gt=last.until) | Q(until=last.until, number__gt=last.number)
        )
    return chosen.order_by(*(("-until", "-number") if is_over else ("until", "number")))


def _report_rows(found: Sequence[Filing], actor: Actor) -> tuple[ReportRow, ...]:
    ids = [filing.pk for filing in found]
    reports = Report.objects.visible_to(actor).filter(pk__in=ids)
    references = dict(reports.values_list("pk", "reference"))
    released = shown_to_provider(ids, actor=actor)
    return tuple(
        ReportRow(
            filing=filing,
            reference=references.get(filing.pk, ""),
            released=released.get(filing.pk, ()),
        )
        for filing in found
    )


def _fields(finished: QuerySet[Filing]) -> tuple[FieldTold, ...]:
    names = {f"field_{place}": name for place, name in enumerate(WHY)}
    counted = finished.aggregate(
        reports=Count("pk"),
        **{key: Count("pk", filter=Q(missing__contains=[name])) for key, name in names.items()},
    )
    return worst_first(
        [
            FieldTold(field=name, missing=counted[key], reports=counted["reports"])
            for key, name in names.items()
        ]
    )


def _weeks(finished: QuerySet[Filing]) -> tuple[Week, ...]:
    by_week = (
        finished.annotate(week=TruncWeek("opened_at", tzinfo=clock.LEGAL_ZONE))
        .values_list("week")
        .annotate(reports=Count("pk"), score=Avg("quality"))
        .order_by("-week")
    )
    return tuple(
        Week(monday=at.date(), reports=reports, score=score) for at, reports, score in by_week
    )


def _number(said: str) -> int:
    """A report's number as somebody typed it; -1, which is nobody's, for anything else."""
    text = said.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else -1
