"""What a clerk of a partner may do with a dispatch, and what of the desk's steps it shows.

Pure. A partner sees where a dispatch stands, never why the desk closed it, never what the desk
found of a risk, released for its own use or noted.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from havre.cases.abroad.rules.states import Direction, ExchangeState, Step, TooMuchToldError
from havre.plumbing.told import said_in

CURRENT = Path(__file__).parent / "data" / "dispatches.toml"


class TheirStep(StrEnum):
    """What a clerk of the partner does."""

    ACKNOWLEDGE = "acknowledge"
    ADD = "add"
    ANSWER = "answer"
    WITHDRAW = "withdraw"


# What is counted of a day: each other step is taken once with one request.
COUNTED = frozenset({TheirStep.ADD, TheirStep.ANSWER})
# What a partner is ever shown as a state. A draft is the desk's own.
SHOWN = frozenset(ExchangeState) - {ExchangeState.DRAFT}
_STEPS: dict[TheirStep, Step] = {
    TheirStep.ACKNOWLEDGE: Step.ACKNOWLEDGE,
    TheirStep.ANSWER: Step.ANSWER,
}
_OPEN: dict[TheirStep, frozenset[ExchangeState]] = {
    TheirStep.ACKNOWLEDGE: frozenset({ExchangeState.SENT}),
    TheirStep.ADD: SHOWN - {ExchangeState.CLOSED},
    TheirStep.ANSWER: frozenset({ExchangeState.ACKNOWLEDGED, ExchangeState.SENT}),
    # What the desk has answered was asked; until then it may be taken back.
    TheirStep.WITHDRAW: frozenset({ExchangeState.ACKNOWLEDGED, ExchangeState.RECEIVED}),
}
# Of what they asked themselves; of what the desk asks them, all but taking it back.
_OF_THEIR_OWN = frozenset({TheirStep.ADD, TheirStep.WITHDRAW})


def steps_of_theirs(
    direction: Direction, state: ExchangeState, *, is_withdrawn: bool = False
) -> tuple[TheirStep, ...]:
    """What a clerk may do with a dispatch that stands here.

    Nobody answers their own request, nor takes back another's, nor their own twice.
    """
    theirs = _OF_THEIR_OWN if direction is Direction.IN else set(TheirStep) - {TheirStep.WITHDRAW}
    taken_back = {TheirStep.WITHDRAW} if is_withdrawn else set[TheirStep]()
    return tuple(step for step in TheirStep if state in _OPEN[step] and step in theirs - taken_back)


def step_of_the_desk(step: TheirStep) -> Step | None:
    """The step of the exchange that a clerk's is; none where words are added alone."""
    return _STEPS.get(step)


@dataclass(frozen=True, slots=True, kw_only=True)
class MostADay:
    """How much of a partner the desk takes within a day, by the data file."""

    most_asked_a_day: int
    most_said_a_day: int


@cache
def most_a_day() -> MostADay:
    """What the data file says that comes with Havre."""
    return said_in(CURRENT, MostADay)


def check_asked(today: int) -> None:
    """One more request beside so many within a day. Raises TooMuchToldError."""
    if today >= most_a_day().most_asked_a_day:
        raise TooMuchToldError


def check_said(today: int) -> None:
    """One more word beside so many within a day. Raises TooMuchToldError."""
    if today >= most_a_day().most_said_a_day:
        raise TooMuchToldError
