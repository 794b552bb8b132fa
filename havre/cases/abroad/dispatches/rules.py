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
}


def steps_of_theirs(direction: Direction, state: ExchangeState) -> tuple[TheirStep, ...]:
    """What a clerk may do with a dispatch that stands here. Nobody answers their own request."""
    begun_by_us = direction is Direction.OUT
    return tuple(
        step
        for step in TheirStep
        if state in _OPEN[step] and (begun_by_us or step is TheirStep.ADD)
    )


def step_of_the_desk(step: TheirStep) -> Step | None:
    """The step of the exchange that a clerk's is; none where words are added alone."""
    return _STEPS.get(step)
