"""What a referral carries grew: its agency is told, and another package follows those it took."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from havre.audit.rules import Actor, Detail, Event
from havre.intake.later.reads import words_wait
from havre.plumbing import clock
from havre.referrals.models import Referral
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_agency
from havre.referrals.rules.states import Act
from havre.referrals.sealed import move, write_line


class Grown(StrEnum):
    """What came to what a referral carries."""

    PIECES = "pieces"
    REPORT = "report"
    TRANSLATION = "translation"
    WORDS = "words"


def note_growth(referral: Referral, what: Grown, *, by: Actor) -> None:
    """Note that a referral, held by its act, carries more. A part of actions, with its line.

    Raises ReferralStateError once it is over.
    """
    warned_at = still_warned_at(referral) if what is Grown.WORDS else referral.warned_at
    note_added(referral, {"what": what}, by=by, grew_at=clock.now(), warned_at=warned_at)


def still_warned_at(referral: Referral) -> datetime | None:
    """The last word of which its addressee was warned, while one of those words waits; or None."""
    at = referral.warned_at
    return at if at and words_wait(referral.report_id, until=at) else None


def note_added(
    referral: Referral, line: Mapping[str, Detail], *, by: Actor, **also: object
) -> None:
    """Note that a referral, held by its act, was added to: it is unread, and its agency is told.

    A part of actions, with their `line`; `also` are fields of its own that change. Raises
    ReferralStateError once it is over.
    """
    move(referral, Act.ADD, is_final=False, news_at=clock.now(), **also)
    tell_agency(referral, NewsKind.ADDED)
    write_line(Event.REFERRAL_ADDED_TO, referral, by=by, **line)
