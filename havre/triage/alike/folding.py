"""Which rows of the queue stand behind which. A part of actions, which write the line."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.intake.later.reads import is_told_more, told_more_among
from havre.plumbing.values.written import written_once
from havre.triage.alike.models import Alike
from havre.triage.alike.rules.standing import Standing, folded
from havre.triage.filters.places import IN_ORDER
from havre.triage.models import QueueItem

# Of a group, so many rows that stand in front are looked at; the others stay there.
MOST_IN_FRONT = 200


def fold_around(report_id: UUID) -> None:
    """Let what says nothing new of a report's group stand behind what says it. Safe to repeat.

    A row that somebody else is at work on is left where it is, in front.
    """
    for group in _group(report_id):
        # A word that changes nothing of the row brings it forward all the same.
        if is_told_more(report_id):
            QueueItem.objects.filter(report=report_id).update(behind=None)
        fold_group(group, with_report=report_id)


@written_once
def _group(report: UUID) -> QuerySet[Alike, UUID]:
    return Alike.objects.filter(report=report).order_by().values_list("group", flat=True)


def fold_group(group: UUID, *, with_report: UUID | None = None) -> None:
    """The same of a whole group: its first rows, and beside them one that has just changed."""
    items = _in_front(group, with_report)
    shapes = Alike.objects.in_bulk([item.report_id for item in items])
    told_more = told_more_among([item.report_id for item in items])
    rows = [
        (item.report_id, _standing(item, shapes[item.report_id], told_more=told_more))
        for item in items
    ]
    moves: dict[UUID, list[UUID]] = defaultdict(list)
    for report, first in folded(rows).items():
        moves[first].append(report)
    for first, reports in moves.items():
        # What stood behind them says nothing that they did not say.
        QueueItem.objects.filter(Q(report__in=reports) | Q(behind__in=reports)).update(behind=first)


def _in_front(group: UUID, with_report: UUID | None) -> list[QueueItem]:
    if len(_two_in_front(group)) < 2:  # noqa: PLR2004 - nothing to stand behind
        return []
    front = _front(group)
    first = list(front.order_by(*IN_ORDER).values_list("pk", flat=True)[:MOST_IN_FRONT])
    looked_at = front.filter(pk__in={*first, with_report})
    locked = looked_at.select_for_update(of=("self",), skip_locked=True)
    return list(locked.order_by(*IN_ORDER))


def _front(group: UUID) -> QuerySet[QueueItem]:
    of_group = Alike.objects.filter(group=group).values("report")
    # A bundle stands as one of its own: nothing stands behind what it holds, nor the other way.
    return QueueItem.objects.filter(report__in=of_group, behind=None, bundle=None)


@written_once
def _two_in_front(group: UUID) -> QuerySet[QueueItem, UUID]:
    return _front(group).order_by().values_list("pk", flat=True)[:2]


def _standing(item: QueueItem, shape: Alike, *, told_more: Collection[UUID]) -> Standing:
    # What a person split tells of several matters: it is seen until each of them is decided, and
    # nothing that its reporter told since waits: no other report says that.
    is_seen = (
        item.is_set_by_hand
        or item.is_raised
        or item.needs_attention
        or bool(item.open_incidents)
        or item.report_id in told_more
    )
    return Standing(
        rank=item.rank,
        risk=item.risk,
        list=(item.band, item.channel, item.language, item.quarantined, item.compartment),
        is_plain=bool(item.rule) and not is_seen,
        is_alone=shape.is_alone,
        reasons=frozenset(reason["factor"] for reason in item.reasons),
        words=tuple(bytes(each) for each in shape.digests),
        holds=frozenset(bytes(each) for each in shape.holds),
    )
