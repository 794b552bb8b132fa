"""What stands on an interpreter's sheet, how long it is held, and why it is handed back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from havre.intake.public.rules.languages import OURS, language_of
from havre.intake.splits.rules import LATER, is_later
from havre.triage.interpreting.rules import InterpretingRefusedError

CLAIM_LASTS = timedelta(hours=2)
UNDO_LASTS = timedelta(minutes=15)
# By the name of the field in which it is written.
INTO = {"english": "en", "french": "fr"}


class Why(StrEnum):
    """Why an interpreter hands a sheet back."""

    CANNOT_READ = "cannot-read"
    KNOWS_THEM = "knows-them"
    NOT_MY_LANGUAGE = "not-my-language"


class Move(StrEnum):
    """What an interpreter does with a sheet at the press of a button."""

    CLAIM = "claim"
    RELEASE = "release"
    UNDO = "undo"


class HeldByAnotherError(InterpretingRefusedError):
    """Another interpreter has this sheet in hand."""


class NotInHandError(InterpretingRefusedError):
    """Whoever writes on a sheet must have it in hand; here it was let go or taken meanwhile."""


class TooLateError(InterpretingRefusedError):
    """What was finished is read by now: it is taken back no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One stretch of what was written, and where it stands: a field of the report, a message."""

    place: str
    text: str


def words_in(places: Iterable[str]) -> list[UUID]:
    """The later words of a reporter that stand at these places, by their ids."""
    return [UUID(place.removeprefix(LATER)) for place in places if is_later(place)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What an interpreter has written so far, into one language or both."""

    english: str = ""
    french: str = ""
    unsure: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """Each text by the code of its language; nothing for a language not written in."""
        written = {"en": self.english.strip(), "fr": self.french.strip()}
        return {code: text for code, text in written.items() if text}


def passages_to_translate(texts: Mapping[str, str], *, covered: Iterable[str]) -> list[Passage]:
    """The passages an interpreter is given: those plainly in English or French are left out.

    Of `covered` places somebody was asked before; they come again only when nothing else is left,
    for then somebody asks once more.
    """
    foreign = {place: text for place, text in texts.items() if language_of(text) not in OURS}
    known = frozenset(covered)
    fresh = {place: text for place, text in foreign.items() if place not in known}
    chosen = fresh or foreign or texts
    return [Passage(place=place, text=text) for place, text in chosen.items()]


def is_held(claimed_at: datetime | None, *, now: datetime) -> bool:
    """Whether a claim still holds."""
    return claimed_at is not None and now - claimed_at < CLAIM_LASTS


def may_undo(finished_at: datetime, *, now: datetime) -> bool:
    """Whether a finished sheet may still be taken back."""
    return now - finished_at < UNDO_LASTS
