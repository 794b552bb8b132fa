"""Handing out what was released, and following the desk's steps. Parts of the desk's actions.

Only what was cleared is handed out: whoever calls this has checked it, and row security refuses a
desk that has not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.cases.abroad.dispatches.models import Dispatch, Passage
from havre.cases.abroad.dispatches.reads import dispatch_of, passages_of
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.dispatches.sealed import (
    dispatch_key,
    give_both_sides_the_key,
    open_passage,
    seal_dispatch,
    seal_passage,
)
from havre.cases.abroad.models import Exchange
from havre.cases.abroad.rules.states import Caveat, Direction, Handling, Step
from havre.cases.abroad.sealed import ExchangeWords
from havre.plumbing import clock, ids
from havre.plumbing.sealing import new_data_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far what is told may go. What nobody said is not passed on without consent."""

    handling: Handling = Handling.H2
    caveats: Sequence[Caveat] = ()


def hand_out(exchange: Exchange, words: ExchangeWords, *, is_bare: bool = False) -> Dispatch:
    """Release an exchange to its partner: what is asked or told, its code and its limits.

    A bare one holds none of that, for it is what the desk wrote down.
    """
    dispatch = Dispatch(
        id=ids.uuid7(),
        exchange=exchange,
        reference=exchange.reference,
        agency_id=exchange.agency_id,
        partner_id=exchange.partner_id,
        compartment=exchange.compartment,
        direction=exchange.direction,
        kind=exchange.kind,
        handling="" if is_bare else exchange.handling,
        caveats=[] if is_bare else list(exchange.caveats),
        reliability="" if is_bare else exchange.reliability,
        state=exchange.state,
        handed_at=clock.now(),
        due_at=exchange.due_at,
        acknowledged_at=exchange.acknowledged_at,
        answered_at=exchange.answered_at,
    )
    key = new_data_key()
    dispatch.body = seal_dispatch(dispatch, words, key=key)
    dispatch.save(force_insert=True)
    give_both_sides_the_key(dispatch, key)
    return dispatch


def follow(
    exchange: Exchange,
    step: Step,
    *,
    words: ExchangeWords,
    said: str,
    limits: Limits,
    by: Actor,
) -> None:
    """Let the partner's side show a step that the desk took.

    A request of ours is handed out when it is sent. A letter of theirs that came by another way is
    there from our answer on, by its number alone: what the desk wrote down of it is the desk's.
    """
    answers = step is Step.ANSWER and exchange.direction == Direction.IN
    dispatch = dispatch_of(exchange, actor=by)
    if dispatch is None and step is Step.SEND:
        hand_out(exchange, words)
    elif dispatch is None and answers:
        bare = ExchangeWords(title="", narrative="", their_reference=words.their_reference)
        dispatch = hand_out(exchange, bare, is_bare=True)
    if dispatch is None:
        return
    keep_up(dispatch, exchange)
    if answers:
        tell(dispatch, said, step=TheirStep.ANSWER, limits=limits, by=by)


def keep_up(dispatch: Dispatch, exchange: Exchange) -> None:
    """Let a dispatch stand where its exchange stands. Why it was closed stays with the desk."""
    dispatch.state, dispatch.due_at = exchange.state, exchange.due_at
    dispatch.acknowledged_at = exchange.acknowledged_at
    dispatch.answered_at = exchange.answered_at
    dispatch.save(update_fields=["state", "due_at", "acknowledged_at", "answered_at"])


def tell(
    dispatch: Dispatch,
    said: str,
    *,
    step: TheirStep,
    limits: Limits,
    by: Actor,
    clerk: Officer | None = None,
) -> Passage:
    """Write what one side tells the other: a clerk's with the clerk's name, the desk's without."""
    passage = Passage(
        id=ids.uuid7(),
        dispatch=dispatch,
        step=step,
        handling=limits.handling,
        caveats=list(limits.caveats),
        at=clock.now(),
        by=clerk,
    )
    passage.words = seal_passage(passage, said, key=dispatch_key(dispatch, by=by))
    passage.save(force_insert=True)
    return passage


def told_by_them(exchange: Exchange, *, by: Actor) -> tuple[tuple[Passage, str], ...]:
    """What the partner's clerks said, newest first, with its words opened."""
    dispatch = dispatch_of(exchange, actor=by)
    if dispatch is None:
        return ()
    key = dispatch_key(dispatch, by=by)
    theirs = [one for one in passages_of(dispatch, actor=by) if one.is_theirs]
    return tuple((one, open_passage(one, key=key)) for one in theirs)
