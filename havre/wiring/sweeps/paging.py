"""Calling people: pages climb their ladder, and what is due goes out. Safe to run at any time.

Everything due is found in the database, so that a job that was lost costs half a minute at most.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from havre.audit.rules import Station
from havre.plumbing.context import acting_as
from havre.referrals.notices.calling import pages_to_end
from havre.triage.paging.actions import (
    NotWaitingError,
    call_next,
    end_page,
    note_failed,
    note_sent,
    note_test,
    write_unattended,
)
from havre.triage.paging.couriers import couriers
from havre.triage.paging.reads import (
    is_attended_since,
    pages_due,
    parcels_due,
    tests_due,
    unattended_page,
    what_nobody_looks_at,
)
from havre.triage.paging.rules.ladder import PageEnd
from havre.triage.paging.rules.ways import Courier, Letter, NotCarriedError, Way

# Whoever cannot be reached is passed over at once: so many rungs are climbed in one go.
MOST_RUNGS = 50
# A server that does not answer holds up no other letter.
AT_ONCE = 8

Due = TypeVar("Due")


def call_people(carry: Mapping[Way, Courier] | None = None) -> None:
    """The same as `call_at_once`, and look whether anybody looks at the queue."""
    watch_queue()
    call_at_once(carry)


def call_at_once(carry: Mapping[Way, Courier] | None = None) -> None:
    """Call whoever is next for each page that is due, and send what is to go out."""
    ways = couriers() if carry is None else carry
    end_needless()
    _climb(ways)
    send_tests(ways)
    by = Station.PIPELINE
    with acting_as(by.context):
        parcels = parcels_due(actor=by)
    if not parcels:
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        failures = list(pool.map(lambda parcel: carried(parcel.way, parcel.letter, ways), parcels))
    for parcel, because in zip(parcels, failures, strict=True):
        if because:
            note_failed(parcel.calls, because=because, by=by)
        else:
            note_sent(parcel.calls, by=by)
    # Where the last way of a rung was given up, the next one is called now.
    _climb(ways)


def send_tests(ways: Mapping[Way, Courier]) -> None:
    """Send whoever asked for it a test by every way they named."""
    by = Station.PIPELINE
    with acting_as(by.context):
        due = tests_due(actor=by)
    for reach, letters in due:
        results = {way: carried(way, letter, ways) for way, letter in letters.items()}
        note_test(reach, results, by=by)


def watch_queue() -> None:
    """Call somebody when reports wait and nobody looks at them; end that when somebody does."""
    by = Station.PIPELINE
    with acting_as(by.context):
        page = unattended_page(actor=by)
        compartment = what_nobody_looks_at(actor=by) if page is None else None
        is_over = page is not None and is_attended_since(page.written_at, actor=by)
    if page is not None and is_over:
        with suppress(NotWaitingError):
            end_page(page.pk, because=PageEnd.ATTENDED, by=by)
    elif compartment is not None:
        write_unattended(compartment, by=by)


def end_needless() -> None:
    """Call nobody more for a referral that was answered or taken back, or left IMMEDIATE."""
    by = Station.PIPELINE
    with acting_as(by.context):
        needless = pages_to_end(by=by)
    for page, because in needless.items():
        with suppress(NotWaitingError):
            end_page(page, because=because, by=by)


def _climb(ways: Mapping[Way, Courier]) -> None:
    by = Station.PIPELINE
    with acting_as(by.context):
        due = pages_due(actor=by)
    for _ in range(MOST_RUNGS):
        due = [page for page in due if _is_due_again(page, ways)]


def _is_due_again(page: UUID, ways: Mapping[Way, Courier]) -> bool:
    """Call the next ones for a page; gives whether those after them are to be called at once."""
    try:
        return call_next(page, ways=list(ways), by=Station.PIPELINE)
    except NotWaitingError:
        return False


def mailed(due: Sequence[tuple[Due, Letter]], ways: Mapping[Way, Courier]) -> list[tuple[Due, str]]:
    """Each of what is due with why its mail did not go out, as a code; "" where it did."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        failures = list(pool.map(lambda each: carried(Way.EMAIL, each[1], ways), due))
    return [(what, because) for (what, _), because in zip(due, failures, strict=True)]


def carried(way: Way, letter: Letter, ways: Mapping[Way, Courier]) -> str:
    """Why a letter did not go out, as a code; "" when it did."""
    courier = ways.get(way)
    if courier is None or not letter.to:
        return "no-way"
    try:
        courier(letter)
    except NotCarriedError as error:
        return error.code
    except Exception as error:  # noqa: BLE001 - whatever a library raises, the others must go out
        return type(error).__name__
    return ""
