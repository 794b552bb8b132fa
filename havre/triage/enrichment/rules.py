"""What may be looked at in the open, what stays behind when a report is sent, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Source(StrEnum):
    """Which kind of open source was looked at."""

    ARCHIVE = "archive"
    ARTICLE = "article"
    MAP = "map"
    OTHER = "other"
    PROFILE = "profile"
    REGISTER = "register"
    SEARCH = "search"
    SITE = "site"


class KeptBack(StrEnum):
    """Why a note does not go along with a referral."""

    BEYOND_NEED = "beyond-need"
    NAMES_OTHERS = "names-others"
    NOT_CERTAIN = "not-certain"
    SOURCE_AT_RISK = "source-at-risk"


class NoteRefusedError(ValueError):
    """A note may not be written so."""


class CorrectedAlreadyError(NoteRefusedError):
    """Somebody corrected that note already: theirs is the one to correct."""


class NotYetError(NoteRefusedError):
    """It was looked at after now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was looked at: where, how, and what was found. The address is text, never a link."""

    address: str
    how: str
    found: str


def check_moment(looked_at: datetime, *, now: datetime) -> None:
    """Refuse what is said to have been looked at later than now. Raises NotYetError."""
    if looked_at > now:
        raise NotYetError
