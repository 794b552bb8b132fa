"""When a report comes into the IMMEDIATE lane, somebody is called; when it leaves, nobody more."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.intake.later.reads import last_word_undecided
from havre.intake.reads import report_by_id
from havre.triage.interpreting.sealed import last_read
from havre.triage.models import QueueItem
from havre.triage.paging.actions import NotWaitingError, acknowledge_page, end_page, write_page
from havre.triage.paging.models import Page
from havre.triage.paging.reads import page_waiting_for
from havre.triage.paging.rules.ladder import PageEnd
from havre.triage.rules.ranks import RANKS
from havre.triage.rules.words import Band
from havre.triage.splitting.later import found_late
from havre.triage.splitting.pressing import bears_no_waiting, is_read_to_press

IMMEDIATE = RANKS[Band.A]


def note_place(report_id: UUID, *, before: int | None, after: int | None, by: Actor) -> None:
    """Call somebody when a report comes to stand among the immediate ones; end that when it goes.

    `before` and `after` are its ranks, None while it does not wait. It is asked where the place
    is written, in the same transaction, so that a report is never there and nobody called.
    """
    if after == IMMEDIATE and _calls(report_id, is_there=before == IMMEDIATE, by=by):
        write_page(report_id, by=by)
    if before == IMMEDIATE and after != IMMEDIATE:
        page = page_waiting_for(report_id, actor=by)
        if page:
            end_page(page.pk, because=PageEnd.LEFT_LANE, by=by)


def _calls(report_id: UUID, *, is_there: bool, by: Actor) -> bool:
    """Whether what stands among the immediate ones now calls somebody.

    Not where it was put there by old words that nothing had looked at; what is told after does.
    """
    last = last_word_undecided(report_id)
    if is_there:
        return _calls_anew(report_id, last, by=by)
    item = QueueItem.objects.filter(report=report_id).first() if last else None
    if last is None or item is None:
        return True
    return "score" in item.done_steps or not found_late(report_id, [last])


def _calls_anew(report_id: UUID, last: datetime | None, *, by: Actor) -> bool:
    """Whether somebody is called once more for what stands among the immediate ones already.

    Never twice for the same words: of what is told after somebody was called, and of what a person
    puts into a language of ours only then, whenever it was told, a danger calls again, whoever has
    the report, split or whole. `last` is when the last word was told on which nobody decided.
    """
    read_at = last_read(report_id)
    item = QueueItem.objects.filter(report=report_id).first() if last or read_at else None
    if item is None:
        return False
    paged = Page.objects.of_the_desk().filter(report=report_id)
    latest = paged.filter(written_at__gte=item.queued_at).order_by("pk").last()
    if latest is None and last is not None and last > item.queued_at:
        return True
    since = latest.written_at if latest else item.queued_at
    if page_waiting_for(report_id, actor=by):
        return False
    report = report_by_id(report_id, actor=by)
    is_told = last is not None and last > since
    return (is_told and bears_no_waiting(report, since=since, by=by)) or (
        read_at is not None and read_at > since and is_read_to_press(report, since=since, by=by)
    )


def note_taken(report_id: UUID, *, by: Officer) -> None:
    """Whoever takes a report in hand has taken its page too."""
    page = page_waiting_for(report_id, actor=by)
    if page:
        with suppress(NotWaitingError):
            acknowledge_page(page.pk, by=by)
