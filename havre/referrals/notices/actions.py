"""Where an agency's notices go, and what became of each."""

from datetime import timedelta
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.plumbing import clock, ids
from havre.plumbing.queue import defer
from havre.referrals.notices.models import Bell, News, Notice
from havre.referrals.notices.reads import NoticesPage, bell_of, last_test, notices_page, weighed
from havre.referrals.notices.rules import KEPT, next_try

# The job that sends notices; it never runs twice at once.
TASK, LOCK = "notices", "notices"
TESTS_APART = timedelta(minutes=1)


class TooSoonError(Exception):
    """A test went out a moment ago. Nothing was sent."""


class NowhereError(Exception):
    """No address was set that a test could go to."""


@action(Event.NOTICES_READ)
def read_notices(*, by: Officer) -> NoticesPage:
    """Look at where the notices of one's agency go, and what became of the last."""
    page = notices_page(by)
    rows = len(page.notices)
    record(Event.NOTICES_READ, about_kind="agency", about=by.agency_id, by=by, rows=rows)
    return page


@action(Event.NOTICES_SET)
def set_notices(*, email: str, is_on: bool, by: Officer) -> Bell:
    """Say where notices go, and whether any do. The log holds whether, not where."""
    bell = bell_of(by)
    if is_on and not bell.is_on:
        bell.since = clock.now()
    bell.email, bell.is_on, bell.set_by = email, is_on, by
    bell.save()
    record(Event.NOTICES_SET, about_kind="agency", about=by.agency_id, by=by, is_on=is_on)
    return bell


@action(Event.NOTICE_WRITTEN)
def write_test(*, by: Officer) -> Notice:
    """Send a test to the address that is set. Raises NowhereError, TooSoonError."""
    bell, last, now = bell_of(by), last_test(by), clock.now()
    if not bell.email:
        raise NowhereError
    if last and now < last.written_at + TESTS_APART:
        raise TooSoonError
    notice = Notice(id=ids.uuid7(), agency_id=by.agency_id, email=bell.email, is_test=True)
    notice.save(force_insert=True)
    defer(TASK, queue="sweep", lock=LOCK)
    _note(Event.NOTICE_WRITTEN, notice, by=by, is_test=True)
    return notice


@action(Event.NOTICE_WRITTEN)
def write_notice(agency: UUID, *, by: Station) -> None:
    """Write one notice of all that is new for an agency, if it is time. Safe to repeat.

    What needs none, because it was read meanwhile, taken back, or is not wanted, is settled too.
    """
    found, now = weighed(agency, actor=by), clock.now()
    settled = News.objects.visible_to(by).filter(pk__in=(*found.told, *found.left))
    settled.update(settled_at=now)
    notice = found.waits
    if found.told and notice is None:
        email = Bell.objects.visible_to(by).get(agency=agency).email
        notice = Notice(id=ids.uuid7(), agency_id=agency, email=email)
        notice.save(force_insert=True)
    if notice is not None:
        notice.news += len(found.told)
        notice.beyond_inbox |= found.beyond_inbox
        notice.save(update_fields=["beyond_inbox", "news"])
    record(
        Event.NOTICE_WRITTEN,
        about_kind="agency",
        about=agency,
        by=by,
        notice=str(notice.pk) if notice else None,
        told=len(found.told),
        left=len(found.left),
    )


@action(Event.NOTICE_SENT)
def note_notice_sent(notice: Notice, *, by: Actor) -> None:
    """A notice went out."""
    notice.sent_at, notice.tries, notice.failed_as = clock.now(), notice.tries + 1, ""
    notice.save(update_fields=["failed_as", "sent_at", "tries"])
    _note(Event.NOTICE_SENT, notice, by=by, tries=notice.tries)


@action(Event.NOTICE_FAILED)
def note_notice_failed(notice: Notice, *, because: str, by: Actor) -> None:
    """A notice did not go out: it is tried again, and given up after the last try."""
    now = clock.now()
    notice.tries, notice.failed_as = notice.tries + 1, because[:60]
    wait = None if notice.is_test else next_try(notice.tries)
    notice.next_try_at = now + (wait or timedelta())
    notice.given_up_at = None if wait else now
    notice.save(update_fields=["failed_as", "given_up_at", "next_try_at", "tries"])
    given_up = wait is None
    _note(Event.NOTICE_FAILED, notice, by=by, because=because[:60], given_up=given_up)


@action(Event.NEWS_FORGOTTEN)
def forget_news(*, by: Station) -> int:
    """Forget news and notices of three months ago. Says how many."""
    before = clock.now() - KEPT
    news, _ = News.objects.visible_to(by).filter(at__lt=before).delete()
    notices, _ = Notice.objects.visible_to(by).filter(written_at__lt=before).delete()
    rows = news + notices
    record(Event.NEWS_FORGOTTEN, about_kind="notices", about="news", by=by, rows=rows)
    return rows


def _note(event: Event, notice: Notice, *, by: Actor, **details: str | int | bool) -> None:
    about, row = notice.agency_id, str(notice.pk)
    record(event, about_kind="agency", about=about, by=by, notice=row, **details)
