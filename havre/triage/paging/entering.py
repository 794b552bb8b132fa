"""When a report comes into the IMMEDIATE lane, somebody is called; when it leaves, nobody more."""

from contextlib import suppress
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.intake.later.reads import last_word_undecided
from havre.intake.reads import report_by_id
from havre.triage.models import QueueItem
from havre.triage.paging.actions import NotWaitingError, acknowledge_page, end_page, write_page
from havre.triage.paging.models import Page
from havre.triage.paging.reads import page_waiting_for
from havre.triage.paging.rules.ladder import PageEnd
from havre.triage.rules.ranks import RANKS
from havre.triage.rules.words import Band
from havre.triage.splitting.later import found_late
from havre.triage.splitting.pressing import bears_no_waiting

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

    Not where it was put there by old words that nothing had looked at; what is told after does. Nor
    twice for the same words: of what is told after somebody was called, a danger calls again,
    whoever has the report, split or whole.
    """
    last = last_word_undecided(report_id)
    item = QueueItem.objects.filter(report=report_id).first() if last else None
    if last is None or item is None:
        return not is_there
    if is_there:
        paged = Page.objects.of_the_desk().filter(report=report_id)
        latest = paged.filter(written_at__gte=item.queued_at).order_by("pk").last()
        if latest is None:
            return last > item.queued_at
        since = latest.written_at
        return (
            last > since
            and page_waiting_for(report_id, actor=by) is None
            and bears_no_waiting(report_by_id(report_id, actor=by), since=since, by=by)
        )
    return "score" in item.done_steps or not found_late(report_id, [last])


def note_taken(report_id: UUID, *, by: Officer) -> None:
    """Whoever takes a report in hand has taken its page too."""
    page = page_waiting_for(report_id, actor=by)
    if page:
        with suppress(NotWaitingError):
            acknowledge_page(page.pk, by=by)
