"""How an operation and its targets move, and from when its partners see it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OperationState(StrEnum):
    """Where an operation stands."""

    CALLED_OFF = "called-off"
    ENDED = "ended"
    PLANNED = "planned"
    RUNNING = "running"


class Course(StrEnum):
    """What its lead may do with an operation."""

    CALL_OFF = "call-off"
    END = "end"
    REOPEN = "reopen"
    START = "start"


class TargetState(StrEnum):
    """How far a target is."""

    DONE = "done"
    DROPPED = "dropped"
    READY = "ready"
    WAITING = "waiting"


class OperationStateError(Exception):
    """An operation does not move like this from where it stands, or takes nothing more."""


class EmbargoError(Exception):
    """Nothing goes to partners, and nothing starts, before the embargo is over."""


FROM: dict[Course, frozenset[OperationState]] = {
    Course.CALL_OFF: frozenset({OperationState.PLANNED, OperationState.RUNNING}),
    Course.END: frozenset({OperationState.RUNNING}),
    Course.REOPEN: frozenset({OperationState.CALLED_OFF, OperationState.ENDED}),
    Course.START: frozenset({OperationState.PLANNED}),
}
TO: dict[Course, OperationState] = {
    Course.CALL_OFF: OperationState.CALLED_OFF,
    Course.END: OperationState.ENDED,
    Course.REOPEN: OperationState.PLANNED,
    Course.START: OperationState.RUNNING,
}
GOING_ON = frozenset({OperationState.PLANNED, OperationState.RUNNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who leads an operation, who takes part, until when it is the lead's alone."""

    lead: str
    partners: frozenset[str] = frozenset()
    embargo_until: datetime | None = None
    state: OperationState = OperationState.PLANNED

    def is_held_back(self, at: datetime) -> bool:
        """Whether its embargo still holds; at its last moment it is over."""
        return self.embargo_until is not None and at < self.embargo_until

    def is_seen_by(self, agency: str, *, at: datetime) -> bool:
        """Whether an agency knows of it at a moment."""
        return agency == self.lead or (agency in self.partners and not self.is_held_back(at))


def moved(plan: Plan, course: Course, *, at: datetime) -> OperationState:
    """Where an operation stands after a move. Raises OperationStateError, EmbargoError."""
    if plan.state not in FROM[course]:
        raise OperationStateError
    if course is Course.START and plan.is_held_back(at):
        raise EmbargoError
    return TO[course]


def courses_from(state: OperationState) -> tuple[Course, ...]:
    """What can be done with an operation that stands here."""
    return tuple(course for course in Course if state in FROM[course])


def check_goes_on(plan: Plan) -> None:
    """Raises OperationStateError for one that has ended or was called off."""
    if plan.state not in GOING_ON:
        raise OperationStateError


def progress(
    plan: Plan, targets: Iterable[tuple[str, TargetState]], *, asked_by: str
) -> dict[str, Counter[TargetState]]:
    """How far the targets are: all together (""), to the lead by agency, to a partner its own."""
    told: dict[str, Counter[TargetState]] = {"": Counter()}
    for agency, state in targets:
        told[""][state] += 1
        if asked_by in {plan.lead, agency}:
            told.setdefault(agency, Counter())[state] += 1
    return told
