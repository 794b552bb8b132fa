"""Reading the watch list and its alerts, bringing a list, and watching somebody of a case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.cases.contents.reads import identifiers_of
from havre.cases.models import Case, Person, PersonIdentifier
from havre.cases.reads import case_to_write_in
from havre.cases.rules.access import Part
from havre.cases.sealed import case_key, open_words
from havre.cases.watches.reads import cases_watched_for
from havre.cases.watches.rules import ListRow
from havre.evidence.custody import agency_recipient
from havre.evidence.models import RecordKey
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.watches.actions import Terms, add_watch
from havre.links.watches.models import Watch
from havre.links.watches.reads import (
    Brokered,
    HitPage,
    WatchPage,
    brokered_alerts,
    hit_page,
    watch_page,
)
from havre.links.watches.rules import (
    AlreadyWatchedError,
    NotAnIdentifierError,
    TooManyWatchesError,
)
from havre.plumbing.keys import KeyRefusedError, keys
from havre.plumbing.scopes import Scope
from havre.plumbing.sealing import open_bytes, place


class Came(StrEnum):
    """What came of one row of a list."""

    ADDED = "added"
    KNOWN = "known"
    NO_IDENTIFIER = "no-identifier"
    NO_KIND = "no-kind"
    NO_ROOM = "no-room"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedWatches:
    """A page of watches, with the values and the cases they are for, by watch and by case."""

    page: WatchPage
    values: dict[UUID, str]
    cases: dict[UUID, Case]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAlerts:
    """A page of alerts with the values that were met; for the coordinator, others' to broker."""

    page: HitPage
    values: dict[UUID, str]
    brokered: tuple[Brokered, ...]


@action(Event.WATCHES_READ)
def read_watches(*, which: str = "", after: str = "", by: Officer) -> OpenedWatches:
    """Look at a page of one's agency's watch list."""
    page = watch_page(which=which, after=after, actor=by)
    record(Event.WATCHES_READ, about_kind="watches", about=by.agency_id, by=by)
    return OpenedWatches(
        page=page,
        values=_values(page.watches, by),
        cases=cases_watched_for(page.watches, actor=by),
    )


@action(Event.ALERTS_READ)
def read_alerts(*, which: str = "", after: str = "", by: Officer) -> OpenedAlerts:
    """Look at a page of the alerts of one's agency's watches."""
    page = hit_page(which=which, after=after, actor=by)
    record(Event.ALERTS_READ, about_kind="watches", about=by.agency_id, by=by, rows=len(page.hits))
    brokers = by.context.scope is Scope.COORDINATOR
    return OpenedAlerts(
        page=page,
        values=_values([hit.watch for hit in page.hits], by),
        brokered=tuple(brokered_alerts(actor=by)) if brokers else (),
    )


@action(Event.WATCHES_ADDED)
def import_watches(
    rows: Sequence[ListRow], *, terms: Terms, by: Officer
) -> tuple[tuple[ListRow, Came], ...]:
    """Put the rows of a list on the watch list, all on the same terms; says what came of each.

    Bringing it again adds nothing twice. Raises WatchDaysError before anything is kept.
    """
    told = tuple((row, _brought(row, terms, by)) for row in rows)
    record(
        Event.WATCHES_ADDED,
        about_kind="watches",
        about=by.agency_id,
        by=by,
        rows=len(rows),
        added=sum(came is Came.ADDED for _, came in told),
    )
    return told


@action(Event.WATCHES_ADDED)
def watch_person(reference: str, person: UUID, *, terms: Terms, by: Officer) -> int:
    """Watch every identifier of somebody in a case; what is watched already stays as it is.

    Gives how many were added: all, or, where not all have room, none. Raises
    TooManyWatchesError, Case.DoesNotExist, Person.DoesNotExist.
    """
    case = case_to_write_in(reference, by=by)
    if case.agency_id != by.agency_id:
        raise Case.DoesNotExist
    whose = Person.objects.visible_to(by, Part.PEOPLE).get(case=case, pk=person)
    role = PersonRole.VICTIM if whose.role == PersonRole.VICTIM else PersonRole.SUSPECT
    on = replace(terms, case=case.pk, person=whose.pk, whose=role)
    held = identifiers_of(case, actor=by).get(whose.pk, [])
    added = sum(_is_added(_clear(case, one, by), Kind(one.kind), on, by) for one in held)
    record(Event.WATCHES_ADDED, about_kind="case", about=case.pk, by=by, added=added)
    return added


def _is_added(normal: str, kind: Kind, terms: Terms, by: Officer) -> bool:
    try:
        add_watch(normal, kind=kind, terms=terms, by=by)
    except AlreadyWatchedError:
        return False
    return True


def _clear(case: Case, one: PersonIdentifier, by: Officer) -> str:
    if one.clear:
        return one.clear
    return open_words(case, one.sealed, key=case_key(case, by=by), column="identifier", row=one.pk)


def _brought(row: ListRow, terms: Terms, by: Officer) -> Came:
    if row.kind is None:
        return Came.NO_KIND
    try:
        add_watch(row.value, kind=row.kind, platform=row.platform, terms=terms, by=by)
    except NotAnIdentifierError:
        return Came.NO_IDENTIFIER
    except AlreadyWatchedError:
        return Came.KNOWN
    except TooManyWatchesError:
        return Came.NO_ROOM
    return Came.ADDED


def _values(watches: Sequence[Watch], by: Officer) -> dict[UUID, str]:
    """The values of watches opened, in one question; one whose key is gone is left out."""
    recipient = agency_recipient(by.agency_id)
    by_id, opened = {watch.pk: watch for watch in watches}, {}
    for wrap in RecordKey.objects.filter(record__in=list(by_id), recipient=recipient):
        watch = by_id[wrap.record]
        try:
            key = keys().unwrap(
                wrap.kek_id, bytes(wrap.wrapped), recipient=recipient, bound_to=str(watch.pk)
            )
        except KeyRefusedError:
            continue
        at = place("watch", "value", str(watch.pk))
        opened[watch.pk] = open_bytes(key, bytes(watch.value), at=at).decode()
    return opened
