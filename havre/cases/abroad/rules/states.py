"""The life of an exchange with an agency of another country, and its clock.

Pure: the time comes in as an argument.

    AbroadRefusedError
    ├── ExchangeStateError      it does not move like this from where it stands
    ├── SecurityCopyError       a listed group is named, and national security has no copy
    └── (rules/mistreatment.py) RiskRefusedError and its kinds
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Direction(StrEnum):
    """Who asked whom."""

    IN = "in"
    OUT = "out"


class ExchangeKind(StrEnum):
    """What is asked for, or told."""

    BORDER_LOOK_OUT = "border-look-out"
    CHILD_IDENTIFICATION = "child-identification"
    INFORMATION = "information"
    NOTICE = "notice"
    PRESERVATION = "preservation"
    TRAVELLING_OFFENDER = "travelling-offender"


class Handling(StrEnum):
    """How far what was told may go, as the one who tells it says (Europol's handling codes)."""

    H0 = "h0"
    H1 = "h1"
    H2 = "h2"
    H3 = "h3"


class Caveat(StrEnum):
    """What the one who receives it must mind."""

    ASK_BEFORE_PASSING_ON = "ask-before-passing-on"
    NO_ARREST = "no-arrest"
    NO_DEATH_PENALTY = "no-death-penalty"
    NOT_IN_COURT = "not-in-court"
    RETURN_OR_DESTROY = "return-or-destroy"


class Reliability(StrEnum):
    """How sure one is of what is told: it goes along with whatever is disclosed."""

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    UNTESTED = "untested"


class ExchangeState(StrEnum):
    """Where an exchange stands."""

    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    CLOSED = "closed"
    DRAFT = "draft"
    RECEIVED = "received"
    SENT = "sent"


class Step(StrEnum):
    """What the desk does with an exchange."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    CLOSE = "close"
    REOPEN = "reopen"
    SEND = "send"
    USE = "use"


class Closing(StrEnum):
    """Why an exchange was closed."""

    DONE = "done"
    DUPLICATE = "duplicate"
    NO_ANSWER = "no-answer"
    NO_POWER = "no-power"
    RISK_OF_MISTREATMENT = "risk-of-mistreatment"
    WITHDRAWN = "withdrawn"


class AbroadRefusedError(Exception):
    """Nothing was done with the exchange; each kind says why."""


class ExchangeStateError(AbroadRefusedError):
    """An exchange does not move like this from where it stands, or takes nothing more."""


class SecurityCopyError(AbroadRefusedError):
    """A listed group is named: national security gets its copy before the exchange is closed."""


class TooMuchToldError(AbroadRefusedError):
    """A partner told the desk as much within a day as it may."""


OPEN = frozenset(ExchangeState) - {ExchangeState.CLOSED}
# While the clock runs somebody waits for an answer: they for ours, or we for theirs.
WAITING = frozenset({ExchangeState.ACKNOWLEDGED, ExchangeState.RECEIVED, ExchangeState.SENT})
_FROM: dict[Step, frozenset[ExchangeState]] = {
    Step.ACKNOWLEDGE: frozenset({ExchangeState.RECEIVED, ExchangeState.SENT}),
    Step.ANSWER: WAITING,
    Step.CLOSE: OPEN,
    Step.REOPEN: frozenset({ExchangeState.CLOSED}),
    Step.SEND: frozenset({ExchangeState.DRAFT}),
}
# They told us something in what they asked, or in what they answered.
_TOLD: dict[Direction, frozenset[ExchangeState]] = {
    Direction.IN: OPEN,
    Direction.OUT: frozenset({ExchangeState.ANSWERED}),
}
# Within which time an answer is expected where nobody says otherwise.
HOURS: dict[ExchangeKind, int] = {
    ExchangeKind.BORDER_LOOK_OUT: 4,
    ExchangeKind.CHILD_IDENTIFICATION: 24,
    ExchangeKind.INFORMATION: 30 * 24,
    ExchangeKind.NOTICE: 7 * 24,
    ExchangeKind.PRESERVATION: 72,
    ExchangeKind.TRAVELLING_OFFENDER: 12,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Where an exchange stands, and when it came there."""

    direction: Direction
    state: ExchangeState
    due_at: datetime
    sent_at: datetime | None = None
    acknowledged_at: datetime | None = None
    answered_at: datetime | None = None
    needs_copy: bool = False

    def is_late(self, now: datetime) -> bool:
        """Whether somebody waits past its moment."""
        return self.state in WAITING and now > self.due_at


def first_state(direction: Direction) -> ExchangeState:
    """Where an exchange begins: what came is here, what is to go is a draft."""
    return ExchangeState.RECEIVED if direction is Direction.IN else ExchangeState.DRAFT


def due_after(kind: ExchangeKind, since: datetime) -> datetime:
    """When an answer is due where nobody says otherwise."""
    return since + timedelta(hours=HOURS[kind])


def is_open_to(life: Life, step: Step) -> bool:
    """Whether a step can be taken from here."""
    allowed = _TOLD[life.direction] if step is Step.USE else _FROM[step]
    return life.state in allowed


def steps_from(life: Life) -> tuple[Step, ...]:
    """What can be done with an exchange that stands here."""
    return tuple(step for step in Step if is_open_to(life, step))


def after(life: Life, step: Step) -> ExchangeState:
    """Where it stands after a step. Raises ExchangeStateError, SecurityCopyError."""
    if not is_open_to(life, step):
        raise ExchangeStateError(life.state)
    match step:
        case Step.ACKNOWLEDGE:
            return ExchangeState.ACKNOWLEDGED
        case Step.ANSWER:
            return ExchangeState.ANSWERED
        case Step.CLOSE if life.needs_copy:
            raise SecurityCopyError
        case Step.CLOSE:
            return ExchangeState.CLOSED
        case Step.SEND:
            return ExchangeState.SENT
        case Step.REOPEN:
            return _where_it_was(life)
        case _:
            return life.state


def has_told_us(life: Life) -> bool:
    """Whether it holds anything that they told us."""
    return life.direction is Direction.IN or life.answered_at is not None


def _where_it_was(life: Life) -> ExchangeState:
    if life.answered_at:
        return ExchangeState.ANSWERED
    if life.acknowledged_at:
        return ExchangeState.ACKNOWLEDGED
    if life.sent_at:
        return ExchangeState.SENT
    return first_state(life.direction)
