"""Reading what a shift saw, and leaving a word for the next."""

from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Compartment
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.evidence.custody import INTAKE, wrapped_key
from havre.plumbing import ids
from havre.plumbing.sealing import new_data_key
from havre.referrals.shifts.agencies import AgencyShift, agency_shift
from havre.referrals.shifts.models import HandOver
from havre.referrals.shifts.reads import ShiftPage, shift_page
from havre.referrals.shifts.sealed import opened_note, seal_note


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedShift:
    """The summary of a shift, with what was said; None where the reader may not open it."""

    page: ShiftPage
    notes: tuple[tuple[HandOver, str | None], ...]


@action(Event.SHIFT_READ)
def read_shift(*, hours: int = 0, by: Officer) -> OpenedShift:
    """Look at what the last shift of the desk saw and said."""
    page = shift_page(hours=hours, actor=by)
    notes = tuple((row, opened_note(row, by=by)) for row in page.notes)
    record(Event.SHIFT_READ, about_kind="agency", about=by.agency_id, by=by, notes=len(notes))
    return OpenedShift(page=page, notes=notes)


@action(Event.SHIFT_READ)
def read_agency_shift(*, hours: int = 0, by: Officer) -> AgencyShift:
    """Look at what the last shift of one's own agency saw, and who was called."""
    page = agency_shift(hours=hours, actor=by)
    rows = len(page.clocks) + len(page.calls)
    record(Event.SHIFT_READ, about_kind="agency", about=by.agency_id, by=by, rows=rows)
    return page


@action(Event.SHIFT_HANDED_OVER)
def hand_shift_over(text: str, *, by: Officer) -> HandOver:
    """Leave a word for the next shift, sealed for the desk. It is never altered.

    Whoever does not hold the general compartment leaves it in their own. Raises
    HandOver.DoesNotExist for whoever holds none.
    """
    held = by.context.compartments.split(",")
    compartment = Compartment.GENERAL if Compartment.GENERAL in held else held[0]
    if not compartment:
        raise HandOver.DoesNotExist
    pk, key = ids.uuid7(), new_data_key()
    wrap = wrapped_key(pk, key, recipient=INTAKE, compartment=compartment)
    wrap.save(force_insert=True)
    note = HandOver(id=pk, by=by, body=seal_note(pk, text, key=key))
    note.save(force_insert=True)
    about, row = by.agency_id, str(pk)
    record(Event.SHIFT_HANDED_OVER, about_kind="agency", about=about, by=by, note=row)
    return note
