"""Questions about kept filters."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Permit
from havre.audit.rules import Actor
from havre.plumbing.values.written import written_once
from havre.triage.filters.models import SavedFilter, Start


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kept filter as one officer has it."""

    filter: SavedFilter
    is_start: bool
    may_change: bool


def kept_filters(*, actor: Officer) -> tuple[Kept, ...]:
    """One's own filters, then those of the desk, the oldest first."""
    start = next(iter(_start(actor.pk, actor)), None)
    return tuple(
        Kept(
            filter=each,
            is_start=each.pk == start,
            may_change=not each.is_shared or actor.may(Permit.FILTER_SHARE),
        )
        for each in _seen(actor)
    )


@written_once
def _start(officer: UUID, actor: Actor) -> QuerySet[Start, UUID]:
    mine = Start.objects.visible_to(actor).filter(officer=officer)
    return mine.values_list("filter", flat=True)[:1]


@written_once
def _seen(actor: Actor) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.visible_to(actor)


def start_of(kept: tuple[Kept, ...]) -> SavedFilter | None:
    """With which of them the queue begins."""
    return next((each.filter for each in kept if each.is_start), None)


def filter_by_id(filter_id: UUID, *, actor: Officer) -> SavedFilter:
    """A filter that one sees. Raises SavedFilter.DoesNotExist."""
    return SavedFilter.objects.visible_to(actor).get(pk=filter_id)
