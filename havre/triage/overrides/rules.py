"""When another lane than the rules' may be set, by how many, and how long it holds."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from havre.triage.rules.words import Band

# A report without a score stands behind IMMEDIATE and before TODAY.
UNSCORED_AS = Band.B


class OverrideReason(StrEnum):
    """Why a person sets another lane than the rules."""

    CONTEXT = "context"
    MISREAD = "misread"
    MISSED = "missed"
    OTHER = "other"


class OverrideState(StrEnum):
    """Where an override stands."""

    ENDED = "ended"
    IN_FORCE = "in-force"
    TO_CONFIRM = "to-confirm"


class OverrideRefusedError(ValueError):
    """The lane may not be set so, or not by this person."""


class NoOverrideError(OverrideRefusedError):
    """No lane is set by hand, or none waits to be confirmed: somebody was faster."""


class NotScoredError(OverrideRefusedError):
    """Without a score it stands before TODAY, and may only be raised."""


class OwnOverrideError(OverrideRefusedError):
    """Whoever asks to lower a report is not the second person who confirms it."""


class SameLaneError(OverrideRefusedError):
    """It stands in this lane already."""


class UnreadWordsError(OverrideRefusedError):
    """Its reporter told more than the page showed that it is lowered from."""


def check_lane(*, scored: str, standing: str, to: Band) -> None:
    """Refuse a lane that changes nothing, or that lowers what was never scored.

    Raises SameLaneError, NotScoredError.
    """
    if to == standing:
        raise SameLaneError
    if not scored and to > Band.A:
        raise NotScoredError


def needs_second(*, scored: str, to: Band) -> bool:
    """Whether a second person must agree: nobody lowers an immediate report alone."""
    return scored == Band.A and to > Band.A


def still_holds(*, scored_then: str, scored_now: Band, to: Band) -> bool:
    """Whether an override stands after a report was scored anew.

    A raise stands until the rules ask for as much. A lowering ends as soon as the rules see more
    danger than the person did who set it.
    """
    then = Band(scored_then) if scored_then else UNSCORED_AS
    if to < then:
        return to < scored_now
    return then <= scored_now < to


def due(
    minutes: Mapping[Band, int], *, received_at: datetime, set_at: datetime, scored: str, to: Band
) -> datetime:
    """By when somebody should have looked. What is raised late is not late at once."""
    by_rule = received_at + timedelta(minutes=minutes[Band(scored) if scored else UNSCORED_AS])
    if to < (scored or UNSCORED_AS):
        return min(by_rule, set_at + timedelta(minutes=minutes[to]))
    return received_at + timedelta(minutes=minutes[to])
