"""Keeping a rota: shifts set, taken over by a colleague, taken off."""

from datetime import date, time
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.plumbing import clock, ids
from havre.triage.duty.models import Shift
from havre.triage.duty.reads import RotaPage, officers_for_duty, rota_page, stays_for
from havre.triage.duty.rules.shifts import (
    Refusal,
    ShiftRefusedError,
    Span,
    refusal_to_set,
    spans_of,
)


@action(Event.ROTA_READ)
def read_rota(*, by: Officer) -> RotaPage:
    """Look at the rota of one's own desk; the coordinator sees the gaps of the others too."""
    page = rota_page(actor=by)
    record(Event.ROTA_READ, about_kind="agency", about=by.agency_id, by=by, rows=len(page.shifts))
    return page


@action(Event.SHIFTS_SET)
def set_shifts(
    username: str, *, day: date, begins: time, ends: time, days: int = 1, by: Officer
) -> int:
    """Put a colleague on call at the same hours on so many days in a row: all of them or none.

    Raises ShiftRefusedError with the reason, Officer.DoesNotExist for whoever is no colleague.
    """
    officer = _colleague(username, by)
    taken = _taken_by(officer)
    shifts = []
    for span in spans_of(day, begins, ends, days=days):
        _refuse(refusal_to_set(span, taken=taken, now=clock.now()))
        _refuse(None if stays_for(officer, span) else Refusal.AWAY)
        taken.append(span)
        shifts.append(
            Shift(
                id=ids.uuid7(),
                agency_id=by.agency_id,
                officer=officer,
                starts_at=span.starts,
                ends_at=span.ends,
                set_at=clock.now(),
            )
        )
    Shift.objects.bulk_create(shifts)
    record(
        Event.SHIFTS_SET,
        about_kind="officer",
        about=officer.pk,
        by=by,
        shifts=[str(one.pk) for one in shifts],
        starts=[one.starts_at.isoformat() for one in shifts],
        ends=[one.ends_at.isoformat() for one in shifts],
    )
    return len(shifts)


@action(Event.SHIFT_GIVEN)
def give_shift(shift_id: UUID, *, to: str, by: Officer) -> Shift:
    """Let a colleague take a shift over. It is given back in the same way."""
    shift = _standing(shift_id, by)
    officer, before = _colleague(to, by), shift.officer_id
    if officer.pk == before:
        raise ShiftRefusedError(Refusal.SAME_OFFICER)
    _refuse(refusal_to_set(shift.span, taken=_taken_by(officer), now=clock.now()))
    _refuse(None if stays_for(officer, shift.span) else Refusal.AWAY)
    given_back = shift.instead_of_id == officer.pk
    shift.officer, shift.instead_of_id = officer, None if given_back else before
    shift.save(update_fields=["officer", "instead_of"])
    record(
        Event.SHIFT_GIVEN,
        about_kind="shift",
        about=shift.pk,
        by=by,
        taken_from=str(before),
        given_to=str(officer.pk),
    )
    return shift


@action(Event.SHIFT_REMOVED)
def remove_shift(shift_id: UUID, *, by: Officer) -> Shift:
    """Take a shift off the rota. What nobody else has becomes a gap at once."""
    shift = _standing(shift_id, by)
    _take_off(shift, by=by)
    return shift


@action(Event.SHIFT_REMOVED)
def hand_back_shift(shift: Shift, *, by: Station) -> None:
    """Take off the rota what reaches beyond the time of somebody from another agency.

    The gap shows at once, before it comes. Safe to repeat.
    """
    _take_off(Shift.objects.visible_to(by).select_for_update().get(pk=shift.pk), by=by)


def _take_off(shift: Shift, *, by: Actor) -> None:
    shift.removed_at = clock.now()
    shift.save(update_fields=["removed_at"])
    record(
        Event.SHIFT_REMOVED,
        about_kind="shift",
        about=shift.pk,
        by=by,
        officer=str(shift.officer_id),
        starts=shift.starts_at.isoformat(),
        ends=shift.ends_at.isoformat(),
    )


def _standing(shift_id: UUID, by: Officer) -> Shift:
    """A shift of one's own desk that is not over. Raises Shift.DoesNotExist."""
    return (
        Shift.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("officer")
        .get(pk=shift_id, agency=by.agency_id, removed_at=None, ends_at__gt=clock.now())
    )


def _colleague(username: str, by: Officer) -> Officer:
    """Somebody of one's own desk, held until the shift is written. Raises Officer.DoesNotExist."""
    for one in officers_for_duty(by.agency_id):
        if one.username == username:
            return Officer.objects.select_for_update().get(pk=one.pk)
    raise Officer.DoesNotExist


def _taken_by(officer: Officer) -> list[Span]:
    found = Shift.objects.filter(officer=officer, removed_at=None, ends_at__gt=clock.now())
    return [one.span for one in found]


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise ShiftRefusedError(refusal)
