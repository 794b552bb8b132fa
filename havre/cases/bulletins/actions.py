"""Posting a notice on the board of a compartment, reading it, and taking it down."""

from dataclasses import dataclass
from datetime import datetime

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment, Permit
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.cases.bulletins.models import Mark, Notice
from havre.cases.bulletins.reads import NoticePage, notice_by_reference, notices_page, readers_of
from havre.cases.bulletins.rules import BOARDS, READERS, NoticeWords, check_notice
from havre.cases.bulletins.sealed import open_notices, seal_notice
from havre.intake.actions import REFERENCE_BYTES
from havre.intake.rules.receipts import reference_of
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedNotice:
    """A notice as its reader sees it; its own agency also sees who has read it."""

    notice: Notice
    words: NoticeWords
    readers: tuple[tuple[Agency, int], ...]
    is_own: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBoard:
    """A page of the board with its titles opened."""

    page: NoticePage
    notices: tuple[tuple[Notice, NoticeWords], ...]


@action(Event.BULLETIN_POSTED)
def post_notice(
    words: NoticeWords, *, compartment: Compartment, expires_at: datetime, by: Officer
) -> Notice:
    """Tell every agency that holds a compartment, until a day.

    Raises NoWordsError, WrongDaysError, and Notice.DoesNotExist for a board that the officer does
    not hold, or whose agency reads none.
    """
    held = by.context.compartments.split(",")
    if compartment not in BOARDS or compartment not in held or by.agency.kind not in READERS:
        raise Notice.DoesNotExist
    check_notice(words, expires_at=expires_at, now=clock.now())
    notice = Notice(
        id=ids.uuid7(),
        reference=f"B{reference_of(ids.random_bytes(REFERENCE_BYTES))[1:]}",
        agency=by.agency,
        compartment=compartment,
        posted_at=clock.now(),
        posted_by=by,
        expires_at=expires_at,
    )
    notice.body = seal_notice(notice, words)
    notice.save(force_insert=True)
    _note(notice, Event.BULLETIN_POSTED, by=by, compartment=compartment)
    return notice


@action(Event.BULLETIN_READ)
def read_notice(reference: str, *, by: Officer) -> OpenedNotice:
    """Read a notice; from here on it is marked as read. Raises Notice.DoesNotExist."""
    notice = notice_by_reference(reference, actor=by)
    words = open_notices([notice])[notice.pk]
    mark = {"notice": notice, "officer": by, "agency": by.agency}
    if not Mark.objects.filter(**mark).exists():
        Mark(id=ids.uuid7(), at=clock.now(), **mark).save(force_insert=True)
    _note(notice, Event.BULLETIN_READ, by=by)
    is_own = notice.agency_id == by.agency_id
    return OpenedNotice(
        notice=notice,
        words=words,
        readers=tuple(readers_of(notice)) if is_own else (),
        is_own=is_own,
        may_withdraw=_may_withdraw(notice, by),
    )


@action(Event.BULLETINS_READ)
def read_board(*, after: str = "", by: Officer) -> OpenedBoard:
    """Look at the board."""
    page = notices_page(by, officer=by.pk, after=after)
    words = open_notices(page.notices)
    record(
        Event.BULLETINS_READ,
        about_kind="board",
        about=by.agency_id,
        by=by,
        rows=len(page.notices),
    )
    return OpenedBoard(page=page, notices=tuple((one, words[one.pk]) for one in page.notices))


@action(Event.BULLETIN_WITHDRAWN)
def withdraw_notice(reference: str, *, is_back: bool = False, by: Officer) -> Notice:
    """Take a notice down, or hang it up again. Its agency may, and the coordinator for any.

    What the coordinator took from another's hands hangs again by the coordinator alone. Safe to
    repeat. Raises Notice.DoesNotExist.
    """
    notice = notice_by_reference(reference, actor=by)
    if not _may_withdraw(notice, by):
        raise Notice.DoesNotExist
    notice.withdrawn_at = None if is_back else notice.withdrawn_at or clock.now()
    notice.withdrawn_by = None if is_back else notice.withdrawn_by or by
    notice.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _note(notice, Event.BULLETIN_WITHDRAWN, by=by, is_back=is_back)
    return notice


def _may_withdraw(notice: Notice, by: Officer) -> bool:
    if not by.may(Permit.BULLETIN_POST):
        return False
    if by.scope is Scope.COORDINATOR:
        return True
    taken_by = notice.withdrawn_by
    is_taken_away = taken_by is not None and taken_by.agency_id != notice.agency_id
    return notice.agency_id == by.agency_id and not is_taken_away


def _note(notice: Notice, event: Event, *, by: Officer, **details: str | bool) -> None:
    record(event, about_kind="notice", about=notice.pk, by=by, **details)
