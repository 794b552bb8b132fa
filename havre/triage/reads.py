"""Questions to the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from havre.agencies.models import Agency
from havre.audit.rules import Actor
from havre.intake.later.reads import reports_to_sweep
from havre.intake.law.reads import legal_today
from havre.intake.models import Report
from havre.intake.rules.submission import Channel
from havre.plumbing import clock
from havre.plumbing.values.counts import HowMany, MoreThan, how_many
from havre.plumbing.values.lists import first_of, one_of
from havre.plumbing.values.shown import mark_of
from havre.plumbing.values.written import written_once
from havre.triage.alike.models import Alike
from havre.triage.bundles.reads import BundleRow, bundles_in_queue
from havre.triage.filters.counting import ROWS, counted, in_lane, ranks_of
from havre.triage.filters.places import BY_URGENCY, IN_ORDER, VIEWS, Cut, View
from havre.triage.interpreting.reads import Waits, waiting_for_interpreters, waits_of
from havre.triage.jurisdiction.rules.ladder import Evidence, Rung, Whose
from havre.triage.jurisdiction.rules.sentences import evidence_sentence
from havre.triage.models import QueueItem, Suggestion
from havre.triage.paging.reads import missed_pages
from havre.triage.policies.reads import policy_in_force
from havre.triage.rules.assess import Chip, chips, rule_by, title_by
from havre.triage.rules.clocks import Clock, LastDay, clock_of, last_day
from havre.triage.rules.words import Also, Assessment, Band, Reason, Score
from havre.triage.splitting.later import ToldLater, told_later
from havre.triage.wording import CHANNELS

PAGE_ROWS = 50
UNQUEUED_SECONDS = 60
CHOSEN = "chosen"
# Where what says nothing new stands behind another row; elsewhere each is looked for by itself.
FOLDED = frozenset({"", *Band, Also.QUARANTINE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One row of the queue. `title` is empty while unscored."""

    item: QueueItem
    report: Report
    title: str
    came_by: str
    chips: tuple[Chip, ...]
    agency: str
    clock: Clock
    # What was told later that belongs to no incident of a split report yet.
    later: ToldLater | None = None
    # Its words wait for an interpreter, beside its rank, or were translated and not read yet.
    waits: Waits | None = None
    # How many wait that say nearly the same, with this one, and how many have no row of their own.
    alike: int = 1
    behind: int = 0
    # Until when what it points at is kept: by its provider, and perhaps in logs of addresses.
    kept: LastDay | None = None
    logs: LastDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What a row of the queue stands for beside itself, and the earliest of its clocks."""

    alike: int = 1
    behind: int = 0
    review_by: datetime | None = None
    kept_until: date | None = None
    logs_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A page of the queue: its rows, where the next begins, and the counts of the side list.

    `chosen` pass the filters, and so many of them stand `above` the rows; `counts` has every
    lane by code, "" for all that wait, as of `as_of`; `counted_now` those that are no older.
    """

    rows: tuple[Waiting, ...]
    next: str
    above: HowMany
    chosen: HowMany
    counts: dict[str, int]
    counted_now: dict[str, HowMany]
    as_of: datetime
    # The numbers of the pages for which everybody was called in vain.
    missed: tuple[str, ...] = ()
    # What stands in the queue as one, beside the rows.
    bundles: tuple[BundleRow, ...] = ()

    @property
    def first(self) -> int | None:
        """The number of the first row shown; None where more stand above it than are counted."""
        return None if isinstance(self.above, MoreThan) else self.above + 1

    @property
    def last(self) -> int | None:
        """The number of the last row shown, where the first has one."""
        return self.first and self.first + len(self.rows) - 1

    @property
    def mark(self) -> str:
        """What the page shows, in a few characters: another mark, another page.

        Of counts that are held nothing: each process holds its own, and nobody looked anew.
        """
        shown = [
            (
                str(row.item.pk), row.item.band, row.item.rank, row.item.is_set_by_hand, row.title,
                str(row.item.held_by and row.item.held_by.pk), str(row.item.claimed_at),
                row.item.needs_attention, row.agency, str(row.waits),
                str(row.clock.until), row.clock.hurry, str(row.later),
                row.alike, row.behind, str(row.kept), str(row.logs), row.item.open_incidents,
            )
            for row in self.rows
        ]  # fmt: skip
        bundles = [(row.bundle.pk.hex, row.reports, row.bundle.state) for row in self.bundles]
        counts = sorted((name, str(count)) for name, count in self.counted_now.items())
        return mark_of(shown, counts, self.missed, bundles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A suggested agency with its evidence in the reader's language."""

    agency: Agency
    probability: int
    sentences: tuple[str, ...]


def assessment_of(item: QueueItem) -> Assessment | None:
    """The stored assessment as the rules know it, or None while unscored."""
    if not item.rule:
        return None
    return Assessment(
        band=Band(item.band),
        rule=item.rule,
        risk=item.risk,
        actionability=item.action,
        reasons=tuple(
            Reason(**{**reason, "score": Score(reason["score"])}) for reason in item.reasons
        ),
        gaps=tuple(item.gaps),
        title=tuple(item.title),
        policy=item.policy,
    )


def title_of(item: QueueItem, *, language: str) -> str:
    """A report's title by rule, or "" while unscored."""
    return title_by(item.title, policy=policy_in_force(), language=language) if item.rule else ""


def rule_of(item: QueueItem, *, language: str) -> str:
    """The rule that put a report in its lane, as a sentence; "" while unscored."""
    return rule_by(item.rule, policy=policy_in_force(), language=language) if item.rule else ""


def came_by(report: Report) -> str:
    """How a report came, in the reader's language: the provider's name, or the channel."""
    return report.provider.name if report.provider else str(CHANNELS[Channel(report.channel)])


def queue_page(
    *,
    actor: Actor,
    lane: str = "",
    channel: str = "",
    spoken: str = "",
    after: str = "",
    language: str = "en",
) -> QueuePage:
    """A page of the reports that wait, most urgent first.

    `lane` is A, B, C, D, another view of the queue or "" for everything; `channel` and
    `spoken` (the report's language) narrow it; in a lane, what says nothing new has no row of its
    own. `after` is what the page before gave as its `next`.
    """
    everything = QueueItem.objects.visible_to(actor).singly()
    chosen = _chosen(everything, actor, lane, channel, spoken)
    view = VIEWS.get(lane, BY_URGENCY)
    cut = view.cut(after) if after else None
    items = _listed(chosen, actor, view, cut)
    counts = counted(everything, actor)
    is_narrowed = bool(lane or channel or spoken)
    in_all = how_many(chosen.order_by(*view.order)) if is_narrowed else counts.all[ROWS]
    return QueuePage(
        rows=rows_of(items[:PAGE_ROWS], language),
        next=view.place(items[PAGE_ROWS - 1]) if len(items) > PAGE_ROWS else "",
        above=how_many(chosen.filter(cut.above).order_by(*view.order)) if cut else 0,
        chosen=in_all,
        counts=counts.all,
        counted_now={**counts.now, **({CHOSEN: in_all} if is_narrowed else {})},
        as_of=counts.at,
        missed=tuple(page.reference for page in missed_pages(actor=actor)),
        bundles=bundles_in_queue(actor=actor),
    )


def _chosen(
    everything: QuerySet[QueueItem], actor: Actor, lane: str, channel: str, spoken: str
) -> QuerySet[QueueItem]:
    chosen = everything.filter(in_lane(lane, actor))
    if ranks := ranks_of(lane):
        chosen = chosen.filter(rank__in=ranks)
    if channel:
        chosen = chosen.filter(channel=channel)
    if spoken:
        chosen = chosen.filter(language__startswith=spoken)
    return chosen.filter(behind=None) if lane in FOLDED else chosen


def _listed(
    chosen: QuerySet[QueueItem], actor: Actor, view: View, cut: Cut | None
) -> list[QueueItem]:
    """The first below a cut with all that a row shows: found in the index, then only they."""
    below = [chosen.filter(part) for part in cut.below] if cut else [chosen]
    # The plain columns of the order come along: parts that are joined are sorted by them.
    named = [name.removeprefix("-") for name in view.order if isinstance(name, str)]
    parts = [part.order_by(*view.order).values_list(*named) for part in below]
    found = first_of(parts, order=IN_ORDER, most=PAGE_ROWS + 1)
    first = tuple(row[-1] for row in found)
    place = {report: number for number, report in enumerate(first)}
    return sorted(_items(first, actor), key=lambda item: place[item.report_id])


@written_once
def _items(reports: tuple[UUID, ...], actor: Actor) -> QuerySet[QueueItem]:
    rows = QueueItem.objects.visible_to(actor).filter(one_of("report", reports)).order_by()
    return rows.select_related("report__provider", "claimed_by").defer(
        "report__body", "report__contact"
    )


def item_of(report: UUID, *, actor: Actor, is_held: bool = False) -> QueueItem | None:
    """The queue row of a report, while it waits; `is_held` keeps it so until the act is done."""
    return next(iter(_items_of(report, actor, is_held)), None)


@written_once
def _items_of(report: UUID, actor: Actor, is_held: bool) -> QuerySet[QueueItem]:  # noqa: FBT001
    found = QueueItem.objects.visible_to(actor).filter(report=report)
    if is_held:
        found = found.select_for_update(of=("self",))
    return found.select_related("claimed_by", "report")


def clock_of_item(item: QueueItem, *, now: datetime, by: datetime | None = None) -> Clock:
    """By when somebody should have looked at a report that waits, or at what stands behind it."""
    until = min(by or item.review_by, item.review_by)
    return clock_of(since=item.report.received_at, until=until, now=now)


def suggested_for(report: UUID, *, language: str) -> list[Suggested]:
    """The suggested agencies of a report, most probable first."""
    return [
        Suggested(
            agency=row.agency,
            probability=row.probability,
            sentences=tuple(
                evidence_sentence(_evidence(stored), language) for stored in row.evidence
            ),
        )
        for row in _suggestions(report)
    ]


@written_once
def _suggestions(report: UUID) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(report=report).select_related("agency")


def _evidence(stored: dict[str, str]) -> Evidence:
    return Evidence(
        code=Rung(stored["code"]),
        role=Whose(stored["role"]),
        shown=stored["shown"],
        region=stored["region"],
        city=stored["city"],
    )


def reports_without_a_place(*, actor: Actor) -> Sequence[UUID]:
    """Reports that stand in no queue a minute after they came, or after more was told of them."""
    since = clock.now() - timedelta(seconds=UNQUEUED_SECONDS)
    seen = Report.objects.visible_to(actor).filter(received_at__lt=since)
    unqueued = seen.exclude(pk__in=QueueItem.objects.values("report"))
    never = unqueued.filter(shares__isnull=True, closure__isnull=True)
    never = never.exclude(stages__stage__in=["passed-on", "closed"])
    return [*never.values_list("pk", flat=True)[:1000], *reports_to_sweep(unqueued)]


def rows_of(items: Sequence[QueueItem], language: str) -> tuple[Waiting, ...]:
    """Rows of the queue as they are shown."""
    now, today = clock.now(), legal_today()
    reports = [item.report_id for item in items]
    best, groups = _best_agencies(reports, language), _groups(reports)
    wanted, later = waiting_for_interpreters(reports), told_later(reports)
    rows = []
    for item in items:
        assessment, group = assessment_of(item), groups[item.report_id]
        rows.append(
            Waiting(
                item=item,
                report=item.report,
                title=title_of(item, language=language),
                came_by=came_by(item.report),
                chips=chips(assessment, policy=policy_in_force(), language=language)
                if assessment
                else (),
                agency=best.get(item.report_id, ""),
                clock=clock_of_item(item, now=now, by=group.review_by),
                alike=group.alike,
                behind=group.behind,
                kept=last_day(_earlier(item.kept_until, group.kept_until), today=today),
                logs=last_day(_earlier(item.logs_until, group.logs_until), today=today),
                later=later.get(item.report_id),
                waits=waits_of(asked, band=item.band, now=now)
                if (asked := wanted.get(item.report_id))
                else None,
            )
        )
    return tuple(rows)


def _groups(reports: Sequence[UUID]) -> dict[UUID, Group]:
    """What these rows stand for: what waits that says nearly the same, and what has no row."""
    named = dict(_named(tuple(reports)))
    counted = dict(_waiting_in(tuple({*named.values()})))
    behind = {one: told for one, *told in _followed(tuple(reports))}
    groups = {}
    for report in reports:
        count, review_by, kept_until, logs_until = behind.get(report, (0, None, None, None))
        groups[report] = Group(
            alike=counted.get(named[report], 1) if report in named else 1,
            behind=count,
            review_by=review_by,
            kept_until=kept_until,
            logs_until=logs_until,
        )
    return groups


@written_once
def _named(reports: tuple[UUID, ...]) -> QuerySet[Alike, tuple[UUID, UUID]]:
    return Alike.objects.filter(one_of("report", reports)).values_list("report", "group")


@written_once
def _waiting_in(groups: tuple[UUID, ...]) -> QuerySet[Alike, tuple[UUID, int]]:
    queued = QueueItem.objects.values("report")
    waiting = Alike.objects.filter(one_of("group", groups), report__in=queued).order_by()
    return waiting.values_list("group").annotate(Count("report"))


@written_once
def _followed(reports: tuple[UUID, ...]) -> QuerySet[QueueItem, tuple[Any, ...]]:
    followed = QueueItem.objects.filter(one_of("behind", reports)).order_by()
    clocks = (Min("review_by"), Min("kept_until"), Min("logs_until"))
    return followed.values_list("behind").annotate(Count("report"), *clocks)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def _best_agencies(reports: Sequence[UUID], language: str) -> dict[UUID, str]:
    return {row.report_id: row.agency.name(language) for row in _best(tuple(reports))}


@written_once
def _best(reports: tuple[UUID, ...]) -> QuerySet[Suggestion]:
    return (
        Suggestion.objects.filter(one_of("report", reports))
        .select_related("agency")
        .order_by("report_id", "-probability", "agency__code")
        .distinct("report_id")
    )
