"""What a clerk of a partner may do with a dispatch, and what of the desk's steps it shows.

Pure. A partner sees where a dispatch stands, never why the desk closed it, never what the desk
found of a risk, released for its own use or noted.
"""

from enum import StrEnum

from havre.cases.abroad.rules.states import Direction, ExchangeState, Step


class TheirStep(StrEnum):
    """What a clerk of the partner does."""

    ACKNOWLEDGE = "acknowledge"
    ADD = "add"
    ANSWER = "answer"
    WITHDRAW = "withdraw"


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
