"""In which orders the queue is listed, and how its pages follow one another. Part of its reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Least

from havre.triage.models import QueueItem

Order = Sequence[str | OrderBy]
IN_ORDER = ("rank", "-risk", "queued_at", "report_id")
RUNS_OUT = Least("kept_until", "logs_until")


def _place(item: QueueItem) -> str:
    return f"{item.rank}_{item.risk}_{item.queued_at.timestamp():.6f}_{item.report_id.hex}"


def _behind(chosen: QuerySet[QueueItem], after: str) -> QuerySet[QueueItem]:
    """Rows behind a place. What does not read as a place is no filter."""
    parts = after.split("_")
    try:
        rank, risk, at, report = int(parts[0]), int(parts[1]), float(parts[2]), UUID(parts[3])
        queued_at = datetime.fromtimestamp(at, UTC)
    except (IndexError, ValueError, OverflowError):
        return chosen
    # The first condition says nothing new: by it the index is entered at the place.
    return chosen.filter(
        Q(rank__gte=rank)
        & (
            Q(rank__gt=rank)
            | Q(rank=rank, risk__lt=risk)
            | Q(rank=rank, risk=risk, queued_at__gt=queued_at)
            | Q(rank=rank, risk=risk, queued_at=queued_at, report_id__gt=report)
        )
    )


def _place_in_time(item: QueueItem) -> str:
    days = [day for day in (item.kept_until, item.logs_until) if day]
    return f"{min(days).isoformat()}_{item.report_id.hex}"


def _behind_in_time(chosen: QuerySet[QueueItem], after: str) -> QuerySet[QueueItem]:
    day, _, report = after.partition("_")
    try:
        until, of = date.fromisoformat(day), UUID(report)
    except ValueError:
        return chosen
    timed = chosen.alias(runs_out=RUNS_OUT)
    return timed.filter(Q(runs_out__gt=until) | Q(runs_out=until, report_id__gt=of))


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An order in which the queue is listed, and how its pages follow one another."""

    order: Order
    place: Callable[[QueueItem], str]
    behind: Callable[[QuerySet[QueueItem], str], QuerySet[QueueItem]]


BY_URGENCY = View(order=IN_ORDER, place=_place, behind=_behind)
RUNNING_OUT = View(
    order=(RUNS_OUT.asc(), "report_id"), place=_place_in_time, behind=_behind_in_time
)
