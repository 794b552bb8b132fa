"""Why a report may be closed without referral, who must read it once more, and what is answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from havre.intake.rules.stages import ClosingAnswer
from havre.triage.reviews.rules.sampling import is_drawn
from havre.triage.rules.words import Band

# So long the reporter is told nothing yet: what is undone in time was never said.
ANSWER_WAITS = timedelta(hours=24)


class ClosingReason(StrEnum):
    """Why a report is closed without referral."""

    DUPLICATE = "duplicate"
    EDUCATION = "education"
    FOREIGN_ONLY = "foreign-only"
    INSUFFICIENT = "insufficient"
    NO_OFFENCE = "no-offence"
    NOT_ILLEGAL_HERE = "not-illegal-here"


class ReadTwice(StrEnum):
    """Why a second person reads a closing before it is final."""

    DANGER = "danger"
    IMMEDIATE = "immediate"
    LINKED = "linked"
    SAMPLE = "sample"
    UNSCORED = "unscored"


class ClosingState(StrEnum):
    """Where a closing stands."""

    FINAL = "final"
    REOPENED = "reopened"
    TO_READ = "to-read"


class ClosingRefusedError(ValueError):
    """A report may not be closed so, or not by this person."""


class DuplicateOfNothingError(ClosingRefusedError):
    """The report it is said to repeat is unknown, is itself, or is closed as a duplicate."""


class NotStandingError(ClosingRefusedError):
    """It does not wait, or it is not closed: somebody was faster."""


class SplitReportError(NotStandingError):
    """It is split: each of its incidents is closed by itself."""


class UnreadWordsError(ClosingRefusedError):
    """Its reporter told more than the page showed that it is closed from."""


class WordsWaitError(NotStandingError):
    """Its reporter told more, which waits to be passed on to who has it: that comes first."""


class SamePersonError(ClosingRefusedError):
    """Whoever closed a report is not its second reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the rules need to know of a report, or an incident of it, that is to be closed."""

    # By this number it is drawn, or not.
    subject: UUID
    band: str
    danger_now: bool
    strong_links: int


def read_twice_because(standing: Standing, *, key: bytes, percent: int) -> tuple[ReadTwice, ...]:
    """Why a second person reads this closing; nothing when the first one's word is final."""
    is_sampled = is_drawn(standing.subject, key=key, percent=percent)
    return tuple(_because(standing, is_sampled=is_sampled))


def _because(standing: Standing, *, is_sampled: bool) -> Iterator[ReadTwice]:
    if standing.danger_now:
        yield ReadTwice.DANGER
    if standing.band == Band.A:
        yield ReadTwice.IMMEDIATE
    if standing.strong_links:
        yield ReadTwice.LINKED
    if is_sampled:
        yield ReadTwice.SAMPLE
    if not standing.band:
        yield ReadTwice.UNSCORED


def answer_to(reason: ClosingReason) -> ClosingAnswer:
    """What the reporter is answered.

    Never that others told the same, nor what is lawful: whoever asks may be the one reported.
    """
    return _ANSWERS.get(reason, ClosingAnswer.NOTHING_MORE)


_ANSWERS = {
    ClosingReason.EDUCATION: ClosingAnswer.EDUCATION,
    ClosingReason.FOREIGN_ONLY: ClosingAnswer.ELSEWHERE,
    ClosingReason.INSUFFICIENT: ClosingAnswer.TOO_LITTLE,
}
