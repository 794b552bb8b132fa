"""Keeping filters of the queue: saved, renamed, shared, begun with, deleted."""

from collections.abc import Mapping
from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Permit
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.plumbing import ids
from havre.triage.filters.models import SavedFilter, Start
from havre.triage.filters.reads import Kept, filter_by_id, kept_filters
from havre.triage.filters.rules import MOST_KEPT, NameTakenError, TooManyError, kept_of


@action(Event.FILTERS_READ)
def read_filters(*, by: Officer) -> tuple[Kept, ...]:
    """Look at one's own filters and the desk's."""
    found = kept_filters(actor=by)
    record(Event.FILTERS_READ, about_kind="filter", about=by.pk, by=by, rows=len(found))
    return found


@action(Event.FILTER_SAVED)
def save_filter(
    name: str, *, asked: Mapping[str, str], is_shared: bool = False, by: Officer
) -> SavedFilter:
    """Keep a choice of the queue under a name: one's own, or the desk's if one may share.

    Raises NothingKeptError, NameTakenError, TooManyError.
    """
    kept = kept_of(asked)
    shared = is_shared and by.may(Permit.FILTER_SHARE)
    made = SavedFilter(
        id=ids.uuid7(), agency_id=by.agency_id, owner=by, name=name, is_shared=shared, **kept
    )
    _check_name(made, by)
    if SavedFilter.objects.visible_to(by).filter(is_shared=shared).count() >= MOST_KEPT:
        raise TooManyError
    made.save(force_insert=True)
    record(Event.FILTER_SAVED, about_kind="filter", about=made.pk, by=by, is_shared=shared)
    return made


@action(Event.FILTER_RENAMED)
def rename_filter(filter_id: UUID, *, name: str, by: Officer) -> SavedFilter:
    """Call a filter otherwise. Raises SavedFilter.DoesNotExist, NameTakenError."""
    kept = _to_change(filter_id, by)
    kept.name = name
    _check_name(kept, by)
    kept.save(update_fields=["name"])
    record(Event.FILTER_RENAMED, about_kind="filter", about=kept.pk, by=by)
    return kept


@action(Event.FILTER_DELETED)
def delete_filter(filter_id: UUID, *, by: Officer) -> SavedFilter:
    """Delete a filter. Whoever began with it begins with everything again.

    Raises SavedFilter.DoesNotExist.
    """
    kept = _to_change(filter_id, by)
    begun = Start.objects.filter(filter=kept).delete()[0]
    SavedFilter.objects.filter(pk=kept.pk).delete()
    record(Event.FILTER_DELETED, about_kind="filter", about=kept.pk, by=by, starts=begun)
    return kept


@action(Event.FILTER_BEGUN_WITH)
def begin_with(filter_id: UUID, *, by: Officer) -> bool:
    """Let one's queue begin with a filter, or with everything again if it did.

    Gives whether it begins with it now. Raises SavedFilter.DoesNotExist.
    """
    kept = filter_by_id(filter_id, actor=by)
    mine = Start.objects.visible_to(by).filter(officer=by)
    ended = mine.filter(filter=kept).delete()[0]
    if not ended:
        mine.delete()
        Start(officer=by, filter=kept).save(force_insert=True)
    record(Event.FILTER_BEGUN_WITH, about_kind="filter", about=kept.pk, by=by, begins=not ended)
    return not ended


def _to_change(filter_id: UUID, by: Officer) -> SavedFilter:
    kept = filter_by_id(filter_id, actor=by)
    if kept.is_shared and not by.may(Permit.FILTER_SHARE):
        raise SavedFilter.DoesNotExist
    return kept


def _check_name(kept: SavedFilter, by: Officer) -> None:
    same = SavedFilter.objects.visible_to(by).filter(name=kept.name, is_shared=kept.is_shared)
    if same.exclude(pk=kept.pk).exists():
        raise NameTakenError
