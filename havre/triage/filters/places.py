"""In which orders the queue is listed, and how its pages follow one another. Part of its reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.expressions import OrderBy
from django.db.models.functions import Least
from django.db.models.lookups import Exact, GreaterThan, LessThan

from havre.triage.models import QueueItem
from havre.triage.rules.words import Also

Order = Sequence[str | OrderBy]
IN_ORDER = ("rank", "-risk", "queued_at", "report_id")
RUNS_OUT = Least("kept_until", "logs_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Where a page begins: the rows above it, and those below, in parts that follow one another.

    Each part is a stretch of the index, entered at its begin. Asked for at once, in an order that
    goes up by some columns and down by another, all above would be passed by.
    """

    above: Q
    below: tuple[Q, ...]


def _place(item: QueueItem) -> str:
    return f"{item.rank}_{item.risk}_{item.queued_at.timestamp():.6f}_{item.report_id.hex}"


def _cut(after: str) -> Cut | None:
    parts = after.split("_")
    try:
        rank, risk, at, report = int(parts[0]), int(parts[1]), float(parts[2]), UUID(parts[3])
        queued_at = datetime.fromtimestamp(at, UTC)
    except (IndexError, ValueError, OverflowError):
        return None
    # The first condition of either says nothing new: by it the index is entered at the place.
    later = Q(queued_at__gte=queued_at) & (Q(queued_at__gt=queued_at) | Q(report_id__gt=report))
    until = Q(queued_at__lt=queued_at) | Q(queued_at=queued_at, report_id__lte=report)
    above = Q(rank__lt=rank) | Q(rank=rank, risk__gt=risk) | Q(rank=rank, risk=risk) & until
    return Cut(
        above=Q(rank__lte=rank) & above,
        below=(
            Q(rank=rank, risk=risk) & later,
            Q(rank=rank, risk__lt=risk),
            Q(rank__gt=rank),
        ),
    )


def _place_in_time(item: QueueItem) -> str:
    days = [day for day in (item.kept_until, item.logs_until) if day]
    return f"{min(days).isoformat()}_{item.report_id.hex}"


def _cut_in_time(after: str) -> Cut | None:
    day, _, report = after.partition("_")
    try:
        until, of = date.fromisoformat(day), UUID(report)
    except ValueError:
        return None
    that_day = Q(Exact(RUNS_OUT, until))
    return Cut(
        above=Q(LessThan(RUNS_OUT, until)) | that_day & Q(report_id__lte=of),
        below=(Q(GreaterThan(RUNS_OUT, until)) | that_day & Q(report_id__gt=of),),
    )


def _place_by_age(item: QueueItem) -> str:
    return f"{item.queued_at.timestamp():.6f}_{item.report_id.hex}"


def _cut_by_age(after: str) -> Cut | None:
    at, _, report = after.partition("_")
    try:
        queued_at, of = datetime.fromtimestamp(float(at), UTC), UUID(report)
    except (ValueError, OverflowError):
        return None
    same = Q(queued_at=queued_at)
    later = Q(queued_at__gt=queued_at) | same & Q(report_id__gt=of)
    return Cut(
        above=Q(queued_at__lt=queued_at) | same & Q(report_id__lte=of),
        below=(Q(queued_at__gte=queued_at) & later,),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An order in which the queue is listed, and how its pages follow one another.

    `place` names a row; `cut` reads that again, and gives None of what does not read as a place.
    """

    order: Order
    place: Callable[[QueueItem], str]
    cut: Callable[[str], Cut | None]


BY_URGENCY = View(order=IN_ORDER, place=_place, cut=_cut)
RUNNING_OUT = View(order=(RUNS_OUT.asc(), "report_id"), place=_place_in_time, cut=_cut_in_time)
# Nothing rises by waiting: some looks are kept for what waits longest, and begin here.
BY_AGE = View(order=("queued_at", "report_id"), place=_place_by_age, cut=_cut_by_age)
VIEWS: dict[str, View] = {Also.OLDEST: BY_AGE, Also.RUNS_OUT: RUNNING_OUT}
