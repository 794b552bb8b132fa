"""When a report comes into the IMMEDIATE lane, somebody is called; when it leaves, nobody more."""

from contextlib import suppress
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.triage.paging.actions import NotWaitingError, acknowledge_page, end_page, write_page
from havre.triage.paging.reads import page_waiting_for
from havre.triage.paging.rules.ladder import PageEnd
from havre.triage.rules.ranks import RANKS
from havre.triage.rules.words import Band

IMMEDIATE = RANKS[Band.A]


def note_place(report_id: UUID, *, before: int | None, after: int | None, by: Actor) -> None:
    """Call somebody when a report comes to stand among the immediate ones; end that when it goes.

    `before` and `after` are its ranks, None while it does not wait. It is asked where the place
    is written, in the same transaction, so that a report is never there and nobody called.
    """
    if before != IMMEDIATE and after == IMMEDIATE:
        write_page(report_id, by=by)
    if before == IMMEDIATE and after != IMMEDIATE:
        page = page_waiting_for(report_id, actor=by)
        if page:
            end_page(page.pk, because=PageEnd.LEFT_LANE, by=by)


def note_taken(report_id: UUID, *, by: Officer) -> None:
    """Whoever takes a report in hand has taken its page too."""
    page = page_waiting_for(report_id, actor=by)
    if page:
        with suppress(NotWaitingError):
            acknowledge_page(page.pk, by=by)
