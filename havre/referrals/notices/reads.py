"""Questions about notices: what is to be told, what is to go out, what an agency may see of it."""

from dataclasses import dataclass, replace
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.intake.notifications.reads import is_unread_by
from havre.plumbing import clock
from havre.referrals.notices.letters import letter_of
from havre.referrals.notices.models import Bell, News, Notice
from havre.referrals.notices.rules import (
    BEYOND_INBOX,
    NewsKind,
    Piece,
    is_time,
    is_worth_a_notice,
)
from havre.triage.paging.rules.ways import Letter

SHOWN, MOST_AT_ONCE = 30, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What is to be done with an agency's news: which to tell of, and which to leave untold.

    `waits` is a notice that did not go out yet, and tells of these as well.
    """

    told: tuple[UUID, ...] = ()
    left: tuple[UUID, ...] = ()
    beyond_inbox: bool = False
    waits: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesPage:
    """Where notices go, and the last of them, newest first."""

    bell: Bell
    notices: tuple[Notice, ...]
    is_failing: bool


def bell_of(officer: Officer) -> Bell:
    """Where notices for an officer's agency go; one that is off while nobody said anything."""
    found = Bell.objects.visible_to(officer).filter(agency=officer.agency_id).first()
    return found or Bell(agency_id=officer.agency_id, set_by=officer)


def notices_page(officer: Officer) -> NoticesPage:
    """The notices of an officer's agency."""
    return NoticesPage(
        bell=bell_of(officer),
        notices=tuple(Notice.objects.visible_to(officer)[:SHOWN]),
        is_failing=is_failing(officer),
    )


def is_failing(officer: Officer) -> bool:
    """Whether the last notice to an officer's agency did not go out, and it wants them."""
    last = Notice.objects.visible_to(officer).filter(is_test=False).first()
    return bool(last and last.failed_as) and bell_of(officer).is_on


def last_test(officer: Officer) -> Notice | None:
    """The last test of an officer's agency."""
    return Notice.objects.visible_to(officer).filter(is_test=True).first()


def news_to_weigh(*, actor: Actor) -> list[UUID]:
    """The agencies for which something is to be told, or to be left untold, now."""
    found = News.objects.visible_to(actor).unsettled().order_by()
    agencies = found.values_list("agency", flat=True).distinct()
    return [agency for agency in agencies if _is_due(weighed(agency, actor=actor))]


def weighed(agency: UUID, *, actor: Actor) -> Weighed:
    """What is to be done with the news of an agency now."""
    bell = Bell.objects.visible_to(actor).filter(agency=agency, is_on=True).first()
    since = bell.since if bell else None
    rows = News.objects.visible_to(actor).unsettled().filter(agency=agency)
    news = list(rows.select_related("referral")[:MOST_AT_ONCE])
    worth = [one for one in news if is_worth_a_notice(_piece(one, actor=actor), since=since)]
    left = tuple(one.pk for one in news if one not in worth)
    written = Notice.objects.visible_to(actor).filter(agency=agency, is_test=False)
    last = written.first()
    waits = last if last and not (last.sent_at or last.given_up_at) else None
    moment = last.written_at if last else None
    pieces = (one.piece for one in worth)
    if waits is None and not is_time(pieces, last=moment, now=clock.now()):
        return Weighed(left=left)
    return Weighed(
        told=tuple(one.pk for one in worth),
        left=left,
        beyond_inbox=any(one.kind in BEYOND_INBOX for one in worth),
        waits=waits,
    )


def notices_due(*, actor: Actor) -> list[tuple[Notice, Letter]]:
    """The mails to send now."""
    waiting = Notice.objects.visible_to(actor).filter(sent_at=None, given_up_at=None)
    due = waiting.filter(next_try_at__lte=clock.now()).select_related("agency")
    return [(one, letter_of(one)) for one in due.order_by("next_try_at")[:MOST_AT_ONCE]]


def _piece(news: News, *, actor: Actor) -> Piece:
    if news.kind != NewsKind.PROVIDER_NOTIFIED:
        return news.piece
    return replace(news.piece, is_unread=is_unread_by(news.agency_id, actor=actor))


def _is_due(found: Weighed) -> bool:
    return bool(found.told or found.left)
