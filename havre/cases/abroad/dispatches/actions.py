"""What a clerk of a partner does: looks, asks the desk, acknowledges, answers, adds, takes back."""

from collections.abc import Sequence
from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Compartment
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.cases.abroad.actions import FiledAlreadyError
from havre.cases.abroad.dispatches.handing import Limits, hand_out, keep_up, tell
from havre.cases.abroad.dispatches.models import Dispatch, Passage
from havre.cases.abroad.dispatches.reads import (
    DispatchPage,
    asked_lately,
    dispatch_by_reference,
    dispatch_of,
    dispatches_page,
    passages_of,
    said_lately,
    the_desk,
)
from havre.cases.abroad.dispatches.rules import (
    COUNTED,
    TheirStep,
    check_asked,
    check_said,
    step_of_the_desk,
)
from havre.cases.abroad.dispatches.sealed import (
    dispatch_key,
    open_dispatch,
    open_passage,
)
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.sealed import opened_enclosures
from havre.cases.abroad.keeping import Terms, held_exchange, new_exchange, put_words
from havre.cases.abroad.models import HELD_IN, Exchange
from havre.cases.abroad.passing.withdrawing import withdraw_all
from havre.cases.abroad.reads import filed_already
from havre.cases.abroad.rules.listed import listed_groups_in
from havre.cases.abroad.rules.states import (
    WAITING,
    Closing,
    Direction,
    ExchangeStateError,
    Step,
    after,
)
from havre.cases.abroad.sealed import ExchangeWords, give_desk_key
from havre.evidence.custody import keys_of
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.pipes import one_after_the_other
from havre.plumbing.sealing import new_data_key
from havre.referrals.inbox.others import silence
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_without_referral
from havre.referrals.rules.states import OtherClock


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDispatch:
    """A dispatch as a clerk of its partner sees it."""

    dispatch: Dispatch
    words: ExchangeWords
    passages: Sequence[tuple[Passage, str]]
    documents: Sequence[tuple[Enclosure, str]]
    steps: tuple[TheirStep, ...]


@action(Event.DISPATCHES_READ)
def read_dispatches(
    *, which: str = "", after: str = "", by: Officer
) -> tuple[list[tuple[Dispatch, ExchangeWords]], DispatchPage]:
    """Look at what stands between the desk and one's own agency."""
    page = dispatches_page(by, which=which, after=after)
    keys = keys_of((one.pk for one in page.dispatches), by=by)
    named = [(one, open_dispatch(one, key=keys[one.pk])) for one in page.dispatches]
    record(
        Event.DISPATCHES_READ, about_kind="dispatches", about=by.agency_id, by=by, rows=len(named)
    )
    return named, page


@action(Event.DISPATCH_READ)
def read_dispatch(reference: str, *, by: Officer) -> OpenedDispatch:
    """Look at one dispatch. Raises Dispatch.DoesNotExist."""
    dispatch = dispatch_by_reference(reference, actor=by)
    key = dispatch_key(dispatch, by=by)
    _note(Event.DISPATCH_READ, dispatch, by=by)
    return OpenedDispatch(
        dispatch=dispatch,
        words=open_dispatch(dispatch, key=key),
        passages=tuple(
            (one, open_passage(one, key=key)) for one in passages_of(dispatch, actor=by)
        ),
        documents=opened_enclosures(dispatch, key=key, actor=by),
        steps=dispatch.open_steps,
    )


@action(Event.DISPATCH_FILED)
def ask_the_desk(
    words: ExchangeWords,
    *,
    terms: Terms,
    compartment: Compartment = Compartment.GENERAL,
    by: Officer,
) -> Dispatch:
    """Put a request to the desk, in the name of one's agency. It stands on both sides at once.

    Raises FiledAlreadyError for a letter that one's agency sees here already, TooMuchToldError, and
    Dispatch.DoesNotExist for a compartment that the clerk does not hold.
    """
    if compartment not in HELD_IN or compartment not in by.context.compartments.split(","):
        raise Dispatch.DoesNotExist
    one_after_the_other(f"asked/{by.agency_id}")
    check_asked(asked_lately(by.agency_id))
    key = new_data_key()
    exchange = new_exchange(
        direction=Direction.IN,
        agency=the_desk(),
        partner=by.agency,
        compartment=compartment,
        by=by,
    )
    exchange.has_news = True
    put_words(exchange, words, terms, key=key)
    with acting_as(Station.PIPELINE.context):
        first = filed_already(exchange)
        known = dispatch_of(first, actor=by) if first else None
        if known:
            raise FiledAlreadyError(known.reference)
        if first:
            # Nobody is told of a draft or a note of the desk's in which that number stands.
            exchange.their_digest = None
        exchange.save(force_insert=True)
        give_desk_key(exchange, key)
        dispatch = hand_out(exchange, words)
        tell_without_referral(exchange.agency_id, NewsKind.WRITTEN_ABROAD)
    _note(Event.DISPATCH_FILED, dispatch, by=by)
    return dispatch


@action(Event.DISPATCH_ANSWERED)
def reply_to_desk(
    reference: str, step: TheirStep, *, words: str, limits: Limits, by: Officer
) -> Passage:
    """Acknowledge, answer, add a word or take a request back, in the name of one's agency.

    What is told anew is assessed anew at the desk before it is used. The desk gets a notice that
    something waits, and nothing of it. Raises ExchangeStateError, TooMuchToldError,
    Dispatch.DoesNotExist.
    """
    seen = dispatch_by_reference(reference, actor=by)
    if step in COUNTED:
        one_after_the_other(f"said/{by.agency_id}")
        check_said(said_lately(by.agency_id))
    with acting_as(Station.PIPELINE.context):
        exchange = held_exchange(reference, by=Station.PIPELINE)
        keep_up(seen, exchange)
        if step not in seen.open_steps:
            raise ExchangeStateError(exchange.state)
        _move(exchange, step_of_the_desk(step), words)
        if step is TheirStep.WITHDRAW:
            _take_back(seen, exchange)
            withdraw_all(exchange)
        keep_up(seen, exchange)
        if words or step is not TheirStep.ACKNOWLEDGE:
            tell_without_referral(exchange.agency_id, NewsKind.WRITTEN_ABROAD)
    passage = tell(seen, words, step=step, limits=limits, by=by, clerk=by)
    _note(Event.DISPATCH_ANSWERED, seen, by=by, step=step)
    return passage


def _move(exchange: Exchange, step: Step | None, words: str) -> None:
    """Take the desk's exchange along: its state, its clock, and what it must look at again."""
    now = clock.now()
    exchange.has_news = True
    if step is not None:
        exchange.state = after(exchange.life, step)
    if step is Step.ACKNOWLEDGE:
        exchange.acknowledged_at = now
    if step is Step.ANSWER:
        exchange.answered_at = now
    if words:
        exchange.revision += 1
        exchange.needs_copy = exchange.needs_copy or bool(listed_groups_in(words))
    exchange.save()
    if exchange.state not in WAITING:
        silence(exchange.reference, which=OtherClock.EXCHANGE)


def _take_back(dispatch: Dispatch, exchange: Exchange) -> None:
    """Close what its partner takes back; what names a listed group the desk closes, once copied.

    The partner is shown the same either way.
    """
    dispatch.withdrawn_at = clock.now()
    dispatch.save(update_fields=["withdrawn_at"])
    if exchange.life.needs_copy:
        return
    exchange.state = after(exchange.life, Step.CLOSE)
    exchange.closed_at, exchange.closed_because = clock.now(), Closing.WITHDRAWN
    exchange.save()
    silence(exchange.reference, which=OtherClock.EXCHANGE)


def _note(event: Event, dispatch: Dispatch, *, by: Officer, **details: str) -> None:
    record(event, about_kind="dispatch", about=dispatch.pk, by=by, **details)
