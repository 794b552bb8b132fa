"""What counts as news, and when an agency gets a notice of it.

A notice holds nothing: no number, no name, not even how much waits. What came meanwhile goes into
one, and an agency gets one in so many minutes at most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# So long news waits for more, unless it stands in IMMEDIATE; so far notices stand apart.
GATHER = timedelta(minutes=1)
APART = timedelta(minutes=5)
# A mail that fails is tried again after so long each time; after the last it is given up.
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
# News that nobody needs any more, and notices of it.
KEPT = timedelta(days=90)
IMMEDIATE = "A"


class NewsKind(StrEnum):
    """What happened that an agency should hear of: to a referral it was sent, or beyond."""

    ADDED = "referral.added-to"
    ANSWERED = "question.answered"
    BREACHED = "clock.breached"
    CANCELLED = "referral.cancelled"
    CASE_GIVEN = "case.given"
    DOCUMENTS_PASSED = "documents.passed-on"
    PROVIDER_ANSWERED = "provider.answered"
    PROVIDER_LATE = "provider.late"
    PROVIDER_NOTIFIED = "provider.notified"
    REMINDER = "clock.reminder"
    SECONDMENT_ENDS = "secondment.ends"
    SENT = "referral.sent"
    WATCH_MET = "watch.met"
    WORDS_CAME = "words.came"
    WRITTEN_ABROAD = "dispatch.written"


# These ask for an answer, whether the referral was read or not.
OF_CLOCKS = frozenset({NewsKind.BREACHED, NewsKind.REMINDER})
# These wait elsewhere than in the inbox.
BEYOND_INBOX = frozenset(
    {
        NewsKind.CASE_GIVEN,
        NewsKind.DOCUMENTS_PASSED,
        NewsKind.SECONDMENT_ENDS,
        NewsKind.WATCH_MET,
        NewsKind.WRITTEN_ABROAD,
    }
)


class NoticeState(StrEnum):
    """Where a mail stands."""

    FAILED = "failed"
    GIVEN_UP = "given-up"
    SENT = "sent"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of news, as the rule sees it."""

    kind: NewsKind
    at: datetime
    band: str
    # Whether its addressee was ever sent it, and has not looked since.
    is_standing: bool
    is_unread: bool


def is_worth_a_notice(piece: Piece, *, since: datetime | None) -> bool:
    """Whether a piece of news still waits for somebody. `since` is when notices were switched on.

    None means that the agency wants none.
    """
    if since is None or piece.at < since or not piece.is_standing:
        return False
    return piece.is_unread or piece.kind in OF_CLOCKS


def is_time(pieces: Iterable[Piece], *, last: datetime | None, now: datetime) -> bool:
    """Whether a notice of these may go out now. `last` is when the one before was written."""
    if last is not None and now < last + APART:
        return False
    return any(piece.band == IMMEDIATE or piece.at <= now - GATHER for piece in pieces)


def next_try(tries: int) -> timedelta | None:
    """How long to wait after so many tries that failed; None when no other follows."""
    return RETRIES[tries - 1] if tries <= len(RETRIES) else None
