"""The lanes and views of the queue, and how many stand in each. Part of the queue's reads."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.intake.law.reads import legal_today
from havre.plumbing import clock
from havre.plumbing.holding import Held
from havre.triage.interpreting.models import Wanted
from havre.triage.models import Override, QueueItem
from havre.triage.rules.claims import CLAIM_HOLDS
from havre.triage.rules.ranks import RANKS, SET_ASIDE_RANK
from havre.triage.rules.words import Also, Band

ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many stand in each lane and view by code, "" for all that wait, counted `at` a time.

    Very many are held for a while; those of `now` are of this very moment all the same.
    """

    all: dict[str, int]
    at: datetime
    now: dict[str, int]

    @property
    def are_held(self) -> bool:
        """Whether so many wait that they are not counted for each page."""
        return self.all[""] >= COUNTS.many


COUNTS = Held[Counts](size=lambda counted: counted.all[""], holds=timedelta(seconds=30))


def ranks_of(lane: str) -> list[int]:
    """The ranks at which all of a lane stands; none where the rank says nothing.

    It narrows nothing: by it the index is entered at the lane, and no other lane is looked at.
    """
    return [RANKS[Band(lane)], SET_ASIDE_RANK] if lane in set(Band) else []


# Who is in danger now, and what somebody just took in hand, is told at once however many wait.
NEVER_HELD = {Band.A: Q(rank__in=ranks_of(Band.A)), Also.MINE: Q()}


def in_lane(lane: str, actor: Actor) -> Q:
    """What stands in a lane or another view of the queue; everything, if it is none."""
    if lane in set(Band):
        return Q(band=lane)
    others = {
        Also.ATTENTION: Q(needs_attention=True),
        Also.CONFIRM: Q(report__in=_to_confirm(actor)),
        Also.INTERPRETER: Q(report__in=Wanted.objects.waiting().values("report")),
        Also.MINE: Q(
            claimed_by=actor.signature.removeprefix("officer:"),
            claimed_at__gt=clock.now() - CLAIM_HOLDS,
        ),
        Also.OLDEST: Q(),
        Also.QUARANTINE: Q(quarantined=True),
        Also.TRANSLATED: Q(report__in=Wanted.objects.unread().values("report")),
        Also.RUNS_OUT: Q(kept_until__gte=legal_today()) | Q(logs_until__gte=legal_today()),
        Also.UNSCORED: Q(band=""),
    }
    return others[Also(lane)] if lane in set(Also) else Q()


def _to_confirm(actor: Actor) -> QuerySet[Override, UUID]:
    """Reports that somebody else asks to lower."""
    asked = Override.objects.standing().filter(needs_second=True, confirmed_at=None)
    me = Officer.objects.rows_of(actor)
    return asked.exclude(set_by__in=me).values_list("report", flat=True)


def counted(everything: QuerySet[QueueItem], actor: Actor) -> Counts:
    """How many somebody sees in each lane and view."""
    counts = COUNTS.of(actor.context, lambda: _counts(everything, actor))
    if not counts.are_held:
        return counts
    now = {
        str(lane): everything.filter(in_lane(lane, actor), where).count()
        for lane, where in NEVER_HELD.items()
    }
    return replace(counts, all=counts.all | now, now=now)


def _counts(everything: QuerySet[QueueItem], actor: Actor) -> Counts:
    every = {str(lane): Count("report", filter=in_lane(lane, actor)) for lane in (*Band, *Also)}
    every[ROWS] = Count("report", filter=Q(behind=None))
    at = clock.now()
    found = everything.aggregate(everything=Count("report"), **every)
    found[""] = found.pop("everything")
    return Counts(all=found, at=at, now=found)
