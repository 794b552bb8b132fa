"""How a case moves from opened to closed, and back."""

from dataclasses import dataclass, replace
from enum import StrEnum


class CaseState(StrEnum):
    """Where an investigation stands."""

    ACTIVE = "active"
    CLOSED = "closed"
    DORMANT = "dormant"
    OPEN = "open"


class ClosingReason(StrEnum):
    """Why a case was closed."""

    CHARGED = "charged"
    CHILD_SAFEGUARDED = "child-safeguarded"
    MERGED = "merged"
    NOT_ENOUGH = "not-enough"
    NO_OFFENCE = "no-offence"
    OTHER_AGENCY = "other-agency"
    UNFOUNDED = "unfounded"


class Move(StrEnum):
    """What one may do with a case as a whole."""

    ACTIVATE = "activate"
    CLOSE = "close"
    REOPEN = "reopen"
    REST = "rest"


class CaseStateError(Exception):
    """A case does not move like this from where it stands."""


@dataclass(frozen=True, slots=True)
class Life:
    """Where a case stands; `because` is there while it is closed and at no other time."""

    state: CaseState = CaseState.OPEN
    because: ClosingReason | None = None
    times_reopened: int = 0


FROM: dict[Move, frozenset[CaseState]] = {
    Move.ACTIVATE: frozenset({CaseState.DORMANT, CaseState.OPEN}),
    Move.CLOSE: frozenset({CaseState.ACTIVE, CaseState.DORMANT, CaseState.OPEN}),
    Move.REOPEN: frozenset({CaseState.CLOSED}),
    Move.REST: frozenset({CaseState.ACTIVE, CaseState.OPEN}),
}
TO: dict[Move, CaseState] = {
    Move.ACTIVATE: CaseState.ACTIVE,
    Move.CLOSE: CaseState.CLOSED,
    Move.REOPEN: CaseState.ACTIVE,
    Move.REST: CaseState.DORMANT,
}


def moves_from(state: CaseState) -> tuple[Move, ...]:
    """What can be done with a case that stands here."""
    return tuple(move for move in Move if state in FROM[move])


def moved(life: Life, move: Move, *, because: ClosingReason | None = None) -> Life:
    """Where a case stands after a move.

    Raises CaseStateError for a move that its state does not allow, for closing without a reason,
    and for a reason where nothing is closed.
    """
    if life.state not in FROM[move]:
        msg = f"a case that is {life.state} cannot {move}"
        raise CaseStateError(msg)
    if (move is Move.CLOSE) != (because is not None):
        msg = "a case is closed with a reason, and only closing has one"
        raise CaseStateError(msg)
    reopened = life.times_reopened + (move is Move.REOPEN)
    return replace(life, state=TO[move], because=because, times_reopened=reopened)


def case_number(year: int, number: int) -> str:
    """How an agency writes the number of its case: "2026-0007"."""
    return f"{year}-{number:04}"
