"""Who reads a notice on the board, until when, and in which language."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from havre.agencies.rules.permits import Compartment
from havre.agencies.rules.words import AgencyKind

LONGEST = timedelta(days=366)
# The country's own who investigate: no partner abroad, no hotline, nobody beyond their need.
READERS = frozenset({AgencyKind.BORDER, AgencyKind.NATIONAL_CENTRE, AgencyKind.POLICE})
BOARDS = (Compartment.GENERAL, Compartment.TRAFFICKING)


class WrongDaysError(ValueError):
    """A notice ends after now, and within a year."""


class NoWordsError(ValueError):
    """A notice says something in at least one of the two languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A notice, as far as it decides who reads it."""

    agency: str
    compartment: Compartment
    expires_at: datetime
    is_withdrawn: bool = False

    def is_up(self, at: datetime) -> bool:
        """Whether it hangs on the board; at its last moment it is off."""
        return not self.is_withdrawn and at < self.expires_at

    def is_read_by(
        self, agency: str, kind: AgencyKind, held: Collection[Compartment], *, at: datetime
    ) -> bool:
        """Whether an agency's officer who holds these compartments may read it."""
        may_at_all = kind in READERS and self.compartment in held
        return may_at_all and (agency == self.agency or self.is_up(at))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """What a notice says, in the words of who wrote it; "" where nothing was written."""

    title_en: str = ""
    body_en: str = ""
    title_fr: str = ""
    body_fr: str = ""

    def said_in(self, language: str) -> tuple[str, str, str]:
        """Title, body and their language: the reader's, or the other where it has none."""
        english, french = (self.title_en, self.body_en, "en"), (self.title_fr, self.body_fr, "fr")
        first, other = (french, english) if language == "fr" else (english, french)
        return first if first[0] and first[1] else other


def check_notice(words: NoticeWords, *, expires_at: datetime, now: datetime) -> None:
    """Raises NoWordsError, WrongDaysError."""
    if not all(words.said_in("en")[:2]):
        raise NoWordsError
    if not now < expires_at <= now + LONGEST:
        raise WrongDaysError
