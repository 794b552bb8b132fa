"""Secondments asked for, agreed to, renewed and ended; and for whom somebody acts."""

from datetime import date
from uuid import UUID

from havre.agencies.models import Agency, Officer, is_same_person
from havre.agencies.reads import place_of
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.agencies.secondments.models import Secondment
from havre.agencies.secondments.reads import (
    SecondmentPage,
    SecondmentsPage,
    agencies_that_receive,
    is_kept_out,
    may_decide,
    may_let_in,
    page_of_secondment,
    page_of_secondments,
    renewal_of,
    secondment_by_id,
    speaks_at,
    stands_between,
    who_may_be_lent,
    who_speaks_for_both,
)
from havre.agencies.secondments.rules import (
    STANDING,
    Decision,
    Reason,
    Refusal,
    SecondmentRefusedError,
    Side,
    State,
    refusal_of_dates,
    refusal_to_renew,
    roles_on_secondment,
    span_of,
)
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.plumbing import clock, ids

MOST_NAME = 150


@action(Event.SECONDMENTS_READ)
def read_secondments(*, after: str = "", by: Officer) -> SecondmentsPage:
    """Look at what stands between one's own agency and others."""
    page = page_of_secondments(after=after, actor=by)
    rows = len(page.rows)
    record(Event.SECONDMENTS_READ, about_kind="agency", about=by.agency_id, by=by, rows=rows)
    return page


@action(Event.SECONDMENT_READ)
def open_secondment(pk: UUID, *, by: Officer) -> SecondmentPage:
    """Look at one secondment. Raises Secondment.DoesNotExist where one speaks for neither side."""
    secondment = secondment_by_id(pk, actor=by)
    _note(Event.SECONDMENT_READ, secondment, by=by)
    return page_of_secondment(secondment, actor=by)


@action(Event.SECONDMENT_ASKED)
def ask_secondment(
    officer: UUID,
    *,
    host: Agency,
    role: Role,
    reason: Reason,
    first: date,
    last: date,
    by: Officer,
) -> Secondment:
    """Offer an officer to another agency from one day to another; that one has to agree.

    Raises Officer.DoesNotExist for whoever is not one's own to lend, SecondmentRefusedError.
    """
    person = next((one for one in who_may_be_lent(by) if one.pk == officer), None)
    if person is None:
        raise Officer.DoesNotExist
    Officer.objects.select_for_update().get(pk=person.pk)
    _refuse(refusal_of_dates(first, last, today=_today()), _refusal_between(person, host, role, by))
    return _asked(
        Secondment(
            person=person,
            home=person.agency,
            host=host,
            spoken_for_by=who_speaks_for_both(person.agency, host),
            role=role,
            reason=reason,
            asked_side=Side.HOME,
        ),
        first,
        last,
        by=by,
    )


@action(Event.SECONDMENT_ASKED)
def ask_renewal(pk: UUID, *, last: date, by: Officer) -> Secondment:
    """Ask that a secondment go on after its last day; either side may, and the other agrees.

    Raises Secondment.DoesNotExist, SecondmentRefusedError.
    """
    before = _locked(pk, by=by)
    first = before.ends_at.astimezone(clock.LEGAL_ZONE).date()
    side = next(side for side in Side if speaks_at(by, before, side))
    is_renewed = renewal_of(before, actor=by) is not None
    _refuse(
        refusal_to_renew(before.state, renewals=before.renewals, is_renewed=is_renewed),
        refusal_of_dates(first, last, today=_today()),
        Refusal.ONESELF if is_same_person(before.person, by) else None,
    )
    # What was asked before and came to nothing makes room.
    Secondment.objects.visible_to(by).filter(renews=before).update(renews=None)
    return _asked(
        Secondment(
            person=before.person,
            home=before.home,
            host=before.host,
            spoken_for_by=before.spoken_for_by,
            role=before.role,
            reason=before.reason,
            renews=before,
            renewals=before.renewals + 1,
            asked_side=side,
        ),
        first,
        last,
        by=by,
    )


@action(Event.SECONDMENT_AGREED)
def agree_secondment(pk: UUID, *, by: Officer) -> Secondment:
    """Agree for one's own side: from its first day on the officer may act for the host agency.

    Raises Secondment.DoesNotExist, SecondmentRefusedError.
    """
    secondment = _to_decide(pk, by=by)
    before = secondment.renews
    if before is not None and before.state not in STANDING:
        raise SecondmentRefusedError(Refusal.STATE)
    person = Officer.objects.select_for_update().get(pk=secondment.person_id)
    if not person.is_active or person.agency_id != secondment.home_id:
        raise SecondmentRefusedError(Refusal.NOT_LENT)
    secondment.place = _prolonged(before, secondment) if before else _new_place(secondment)
    person.lent_until = max(secondment.ends_at, person.lent_until or secondment.ends_at)
    person.save(update_fields=["lent_until"])
    _decide(secondment, Decision.AGREED, by=by)
    _note(Event.SECONDMENT_AGREED, secondment, by=by, place=str(secondment.place.pk))
    return secondment


@action(Event.SECONDMENT_REFUSED)
def refuse_secondment(pk: UUID, *, by: Officer) -> Secondment:
    """Refuse for one's own side. Raises Secondment.DoesNotExist, SecondmentRefusedError."""
    secondment = _to_decide(pk, by=by)
    _decide(secondment, Decision.REFUSED, by=by)
    _note(Event.SECONDMENT_REFUSED, secondment, by=by)
    return secondment


@action(Event.SECONDMENT_WITHDRAWN)
def withdraw_secondment(pk: UUID, *, by: Officer) -> Secondment:
    """Ask for it no longer. Raises Secondment.DoesNotExist, SecondmentRefusedError."""
    secondment = _locked(pk, by=by)
    is_own = speaks_at(by, secondment, Side(secondment.asked_side))
    _refuse(
        None if secondment.state is State.ASKED else Refusal.STATE,
        None if is_own else Refusal.NOT_YOURS,
    )
    _decide(secondment, Decision.WITHDRAWN, by=by)
    _note(Event.SECONDMENT_WITHDRAWN, secondment, by=by)
    return secondment


@action(Event.SECONDMENT_ENDED)
def end_secondment(pk: UUID, *, by: Officer) -> Secondment:
    """End it before its last day, at once; either side may. A renewal ends with it.

    Raises Secondment.DoesNotExist, SecondmentRefusedError.
    """
    secondment, now = _locked(pk, by=by), clock.now()
    _refuse(None if secondment.state in STANDING else Refusal.STATE)
    chain = Secondment.objects.visible_to(by).filter(place=secondment.place, ended_at=None)
    chain.update(ended_at=now, ended_by=by)
    asked = Secondment.objects.visible_to(by).filter(renews__place=secondment.place, decision="")
    asked.update(decision=Decision.WITHDRAWN, decided_by=by, decided_at=now)
    _close_place(secondment)
    _note(Event.SECONDMENT_ENDED, secondment, by=by, why="early")
    return secondment


@action(Event.SECONDMENT_LET_IN)
def let_in_again(pk: UUID, *, by: Officer) -> Secondment:
    """Open the place again after the account at home was reset; the host agency alone does so.

    Raises Secondment.DoesNotExist, SecondmentRefusedError.
    """
    secondment = _locked(pk, by=by)
    _refuse(
        None if is_kept_out(secondment) else Refusal.STATE,
        None if may_let_in(secondment, by) else Refusal.NOT_YOURS,
    )
    _open_place(secondment, is_open=True)
    _note(Event.SECONDMENT_LET_IN, secondment, by=by)
    return secondment


@action(Event.SECONDMENT_ENDED)
def note_secondment_over(secondment: Secondment, *, by: Station) -> bool:
    """Write down that a secondment has run out; its place opened nothing from that moment on.

    Gives whether its place is over too: a renewal goes on in it. Safe to repeat.
    """
    row = Secondment.objects.visible_to(by).select_for_update(of=("self",))
    secondment = row.select_related("place").get(pk=secondment.pk)
    place, now = secondment.place, clock.now()
    is_over = place is not None and place.ends <= now
    if secondment.ended_at is None:
        secondment.ended_at = now
        secondment.save(update_fields=["ended_at"])
    if is_over:
        _open_place(secondment, is_open=False)
    _note(Event.SECONDMENT_ENDED, secondment, by=by, why="ran-out")
    return is_over


@action(Event.SECONDMENT_NEAR_END)
def note_end_told(secondment: Secondment, *, by: Station) -> None:
    """Write down that both agencies were told that the end is near. Safe to repeat."""
    Secondment.objects.visible_to(by).filter(pk=secondment.pk).update(told_at=clock.now())
    _note(Event.SECONDMENT_NEAR_END, secondment, by=by)


@action(Event.AGENCY_CHOSEN)
def choose_agency(place: str, *, by: Officer) -> Officer | None:
    """Say from which place one acts from now on; "" is for the own agency, and gives None.

    The line stands where it is acted for. Raises Officer.DoesNotExist for no place of one's own.
    """
    try:
        chosen = place_of(by, UUID(place)) if place else None
    except ValueError:
        raise Officer.DoesNotExist from None
    if place and chosen is None:
        raise Officer.DoesNotExist
    note_chosen(by, by=chosen or by)
    return chosen


@action(Event.AGENCY_CHOSEN)
def note_chosen(person: Officer, *, by: Officer) -> None:
    """Write down for whom a person acts from now on."""
    record(Event.AGENCY_CHOSEN, about_kind="officer", about=person.pk, by=by)


def _today() -> date:
    return clock.now().astimezone(clock.LEGAL_ZONE).date()


def _refuse(*refusals: Refusal | None) -> None:
    for refusal in filter(None, refusals):
        raise SecondmentRefusedError(refusal)


def _refusal_between(person: Officer, host: Agency, role: Role, by: Officer) -> Refusal | None:
    if person.agency_id == host.pk:
        return Refusal.SAME_AGENCY
    if role not in roles_on_secondment(AgencyKind(host.kind)):
        return Refusal.ROLE
    if host not in agencies_that_receive(by):
        return Refusal.WITHOUT_SUPERVISOR
    return Refusal.ALREADY if stands_between(person, host, actor=by) else None


def _locked(pk: UUID, *, by: Officer) -> Secondment:
    """A secondment, held until the act is done. Raises Secondment.DoesNotExist."""
    Secondment.objects.visible_to(by).select_for_update().filter(pk=pk).first()
    return secondment_by_id(pk, actor=by)


def _to_decide(pk: UUID, *, by: Officer) -> Secondment:
    secondment = _locked(pk, by=by)
    _refuse(
        None if secondment.state is State.ASKED else Refusal.STATE,
        None if may_decide(secondment, by) else Refusal.NOT_YOURS,
    )
    return secondment


def _asked(row: Secondment, first: date, last: date, *, by: Officer) -> Secondment:
    row.first_day, row.last_day = first, last
    row.starts_at, row.ends_at = span_of(first, last, zone=clock.LEGAL_ZONE)
    row.asked_by, row.asked_at = by, clock.now()
    row.save(force_insert=True)
    _note(
        Event.SECONDMENT_ASKED,
        row,
        by=by,
        person=str(row.person_id),
        host=str(row.host_id),
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return row


def _decide(secondment: Secondment, decision: Decision, *, by: Officer) -> None:
    secondment.decision = decision
    secondment.decided_by, secondment.decided_at = by, clock.now()
    secondment.save(update_fields=["decision", "decided_by", "decided_at", "place"])


def _new_place(secondment: Secondment) -> Officer:
    """The row in the host agency from which the person acts: nobody signs in to it."""
    person, pk = secondment.person, ids.uuid7()
    name = f"{person.username}@{secondment.host.code}"
    place = Officer(
        id=pk,
        username=f"{name[: MOST_NAME - 9]}.{pk.hex[-8:]}",
        display_name=person.display_name,
        agency=secondment.host,
        role=secondment.role,
        language=person.language,
        theme=person.theme,
        compartments=[Compartment.GENERAL],
        person=person,
        place_from=secondment.starts_at,
        place_until=secondment.ends_at,
    )
    place.set_unusable_password()
    place.save(force_insert=True)
    return place


def _prolonged(before: Secondment, renewal: Secondment) -> Officer:
    place = _place_held(before)
    place.place_until = renewal.ends_at
    place.save(update_fields=["place_until"])
    return place


def _place_held(secondment: Secondment) -> Officer:
    if secondment.place is None:
        raise SecondmentRefusedError(Refusal.STATE)
    return Officer.objects.select_for_update().get(pk=secondment.place.pk)


def _open_place(secondment: Secondment, *, is_open: bool) -> None:
    place = _place_held(secondment)
    place.is_active = is_open
    place.save(update_fields=["is_active"])


def _close_place(secondment: Secondment) -> None:
    now, place = clock.now(), _place_held(secondment)
    place.is_active, place.place_until = False, now
    place.save(update_fields=["is_active", "place_until"])


def _note(event: Event, secondment: Secondment, *, by: Actor, **details: str | int | bool) -> None:
    record(event, about_kind="secondment", about=secondment.pk, by=by, **details)
