"""Questions about decisions that a second person reads, and how often the two agree."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.plumbing import clock
from havre.triage.reviews.models import Review
from havre.triage.reviews.rules.reading import Verdict, Why
from havre.triage.reviews.rules.sampling import DecisionKind

ROWS = 50
# The states of the list, beside "" for those that wait for this reader.
LATE, AGREED, DISAGREED, TO_FOLLOW, MINE = "late", "agreed", "disagreed", "to-follow", "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsPage:
    """A page of drawn decisions, the first drawn first, and how many wait for this reader."""

    rows: tuple[Review, ...]
    chosen: int
    next: str
    waiting: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Of the decisions of a group that were read, how many the second reader agreed with."""

    by: str
    group: str
    agreed: int
    read: int


def reviews_page(*, state: str = "", after: str = "", actor: Actor) -> ReviewsPage:
    """Decisions to be read; `after` is what the page before gave as its `next`."""
    seen = Review.objects.visible_to(actor)
    waiting = seen.waiting()
    chosen = {
        LATE: waiting.filter(due_at__lt=clock.now()),
        AGREED: seen.filter(verdict=Verdict.AGREE),
        DISAGREED: seen.filter(verdict=Verdict.DISAGREE),
        TO_FOLLOW: seen.filter(verdict=Verdict.DISAGREE, followed_as=""),
        MINE: seen.filter(decided_by__in=Officer.objects.rows_of(actor)),
    }.get(state, waiting)
    found = list(
        _behind(chosen, after).select_related("report", "incident", "decided_by", "read_by")
    )
    return ReviewsPage(
        rows=tuple(found[:ROWS]),
        chosen=chosen.count(),
        next=found[ROWS - 1].pk.hex if len(found) > ROWS else "",
        waiting=waiting.count(),
        late=waiting.filter(due_at__lt=clock.now()).count(),
    )


def review_of(pk: UUID, *, actor: Actor, is_held: bool = False) -> Review:
    """One drawn decision, `is_held` where it is to be changed. Raises Review.DoesNotExist."""
    seen = Review.objects.visible_to(actor).filter(dropped_at=None)
    if is_held:
        seen = seen.select_for_update(of=("self",))
    with_whom = ("report", "incident", "decided_by", "read_by", "instead_to", "followed_by")
    return seen.select_related(*with_whom).get(pk=pk)


def late_reviews(*, actor: Actor) -> tuple[int, datetime | None]:
    """How many drawn decisions wait longer than they may for this actor, and since when."""
    late = Review.objects.visible_to(actor).waiting().filter(due_at__lt=clock.now())
    first = late.order_by("due_at").values_list("due_at", flat=True).first()
    return late.count(), first


def agreement_of_reviews(since: datetime, *, actor: Actor) -> tuple[Agreed, ...]:
    """How often second readers agreed since a moment: by kind, lane, door and language.

    Never by person: it measures the work, not who did it.
    """
    read = Review.objects.visible_to(actor).filter(read_at__gte=since)
    rows = (
        read.order_by()
        .values_list("kind", "band", "channel", "language")
        .annotate(read=Count("pk"), agreed=Count("pk", filter=Q(verdict=Verdict.AGREE)))
    )
    counted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for kind, band, channel, language, count, agreed in rows:
        for key in (
            ("kind", kind),
            ("band", band),
            ("channel", channel),
            ("language", language[:2]),
        ):
            counted[key][0] += agreed
            counted[key][1] += count
    order = ("kind", "band", "channel", "language")
    return tuple(
        Agreed(by=by, group=group, agreed=agreed, read=count)
        for (by, group), (agreed, count) in sorted(
            counted.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1])
        )
    )


def said_misrouted(since: datetime, *, actor: Actor) -> tuple[int, int]:
    """Of the referrals read by a second person since a moment, how many should have gone elsewhere.

    Gives those and all that were read. An agency that keeps what is not its own returns nothing.
    """
    read = Review.objects.visible_to(actor).filter(kind=DecisionKind.REFERRAL, read_at__gte=since)
    elsewhere = read.filter(why__contains=[Why.OTHER_AGENCY.value])
    return elsewhere.count(), read.count()


def _behind(chosen: QuerySet[Review], after: str) -> QuerySet[Review]:
    """The rows behind a place: by number, which follows the order in which they were drawn."""
    try:
        behind = chosen.filter(pk__gt=UUID(after)) if after else chosen
    except ValueError:
        behind = chosen
    return behind.order_by("pk")[: ROWS + 1]
