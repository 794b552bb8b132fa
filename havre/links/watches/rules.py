"""When a watch is met, how long it holds, and what may be said of it to whom.

WatchRefusedError
├── AlreadyWatchedError    the agency watches it already
├── NotAnIdentifierError   what was given is no identifier of its kind
├── TooManyWatchesError    the agency watches as many as it may
├── WatchDaysError         the last day is past, or too far away
└── WatchOverError         the watch is over, so nobody is asked by it
"""

import tomllib
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from havre.agencies.rules.permits import Compartment
from havre.intake.rules.submission import PersonRole

CURRENT = Path(__file__).parent / "data" / "watches.toml"
LONGEST = timedelta(days=365)
REMIND = timedelta(days=14)
# Whatever may be about an agency's own people tells no agency anything, whoever watches.
TELLING = frozenset({Compartment.GENERAL, Compartment.TRAFFICKING})

_A_CHILD = frozenset({PersonRole.VICTIM})
_SUSPECTED = frozenset({PersonRole.SUSPECT, PersonRole.UNKNOWN})


class Purpose(StrEnum):
    """What a watch is for. A watch without one is not kept."""

    CHILD_PROTECTION = "child-protection"
    INVESTIGATION = "investigation"
    MISSING_CHILD = "missing-child"
    SUPERVISION = "supervision"


class Authority(StrEnum):
    """Under what authority an agency watches."""

    CONSENT = "consent"
    DUTY = "duty"
    ORDER = "order"


class Tells(StrEnum):
    """What the tipline's desk is told when a report meets a watch."""

    AGENCY = "agency"
    CENTRE = "centre"


class Finding(StrEnum):
    """What an agency says of an alert; it quiets the watch for that report."""

    KNOWN = "known"
    NOT_RELEVANT = "not-relevant"
    RELEVANT = "relevant"


class Word(StrEnum):
    """What the desk reads on a report that meets a watch."""

    ASKED = "asked"
    CENTRE = "centre"
    WATCHED = "watched"


class WatchRefusedError(ValueError):
    """The watch cannot be kept so."""


class AlreadyWatchedError(WatchRefusedError):
    """The agency watches it already: renew that watch."""


class NotAnIdentifierError(WatchRefusedError):
    """What was given is no identifier of its kind."""


class TooManyWatchesError(WatchRefusedError):
    """The agency watches as many identifiers as it may: end what is needed no more."""


class WatchDaysError(WatchRefusedError):
    """The last day is past, or further away than a year."""


class WatchOverError(WatchRefusedError):
    """The watch is over: renew it, then ask."""


@cache
def most_standing() -> int:
    """How many watches of one agency may stand at one time, by the data file."""
    told: int = tomllib.loads(CURRENT.read_text(encoding="utf-8"))["most_standing"]
    return told


def check_room(standing: int) -> None:
    """One more may stand beside so many. Raises TooManyWatchesError."""
    if standing >= most_standing():
        raise TooManyWatchesError


def check_until(until: date, *, today: date) -> None:
    """A watch ends on a day from today to a year away. Raises WatchDaysError."""
    if not today <= until <= today + LONGEST:
        raise WatchDaysError


def meets(whose: PersonRole, told: PersonRole) -> bool:
    """Whether a report's identifier may meet a watch, by whose each is said to be.

    A reporter's, a witness's or the platform's own leads to nobody. A child's meets only what is
    watched for a child.
    """
    if whose is PersonRole.VICTIM:
        return told in _A_CHILD | {PersonRole.UNKNOWN}
    return told in _SUSPECTED


def word_of(tells: Tells, *, was_asked: bool) -> Word:
    """What the desk reads: an agency that asks for the report names itself by that."""
    if was_asked:
        return Word.ASKED
    return Word.WATCHED if tells is Tells.AGENCY else Word.CENTRE
