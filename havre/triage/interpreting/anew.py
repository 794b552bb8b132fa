"""Noting a report anew, whose identifiers other rules noted. It leaves the lines of noting.

Whoever gives anything of a report away asks for it first; a job comes by all the others.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import InterfaceError, OperationalError

from havre.audit.rules import Station
from havre.evidence.custody import keys_in_hand
from havre.identifiers.actions import note_failure
from havre.identifiers.editions.reads import (
    is_noted,
    never_noted,
    next_try_of,
    noted_otherwise,
    told_of,
)
from havre.intake.actions import ROUTE_TASK
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.queue import defer, waiting_for
from havre.triage.interpreting.actions import note_identifiers

BY = Station.PIPELINE
# The job, behind all that new reports and those that learn of them need; and what it notes at once.
NOTE_ANEW, NOTE_ANEW_PRIORITY, BATCH = "note-anew", -30, 20

log = logging.getLogger("havre.route")


def note_before_given(report: UUID) -> None:
    """Note a report by the present rules before anything of it is given, unless they did.

    Before anything of it is held, too: noting holds its place in the queue first. Safe to repeat.
    """
    with acting_as(BY.context):
        if not is_noted(report, actor=BY):
            note_anew(report)


def next_try(report: UUID) -> datetime | None:
    """When a report that could not be noted is tried again; None where that is over, or it was."""
    with acting_as(BY.context):
        due = next_try_of(report)
    return due if due and due > clock.now() else None


def write_failure(report: UUID, *, fault: str) -> None:
    """Write down that a report could not be noted: the desk reads it, and the next try is later."""
    note_failure(report, fault=fault, by=BY)


def note_anew(report: UUID) -> bool:
    """Note a report by the present rules, in one transaction; says whether it tells other things.

    Then it walks its route again, behind everything new: links, watches and score follow.
    """
    with acting_as(BY.context):
        before = told_of(report)
        note_identifiers(report, by=BY)
        is_other = told_of(report) != before
        if is_other:
            defer(ROUTE_TASK, queue=ROUTE_TASK, priority=NOTE_ANEW_PRIORITY, report=str(report))
    return is_other


def ask_to_note_anew() -> bool:
    """Ask for the job where a report waits for it and no job does. Says whether it did."""
    with acting_as(BY.context):
        if waiting_for(NOTE_ANEW, "before"):
            return False
        if not noted_otherwise(before=None, most=1) and not never_noted(most=1):
            return False
        _go_on("")
    return True


def note_some_anew(before: str) -> int:
    """Note the next reports anew, newest first, and ask for those after them. Safe to repeat.

    `before` is the last report that was come by; "" for the first time. Each is a transaction of
    its own: one that fails is passed by until its next try, later each time. Gives how many were
    noted.
    """
    with acting_as(BY.context):
        found = noted_otherwise(before=UUID(before) if before else None, most=BATCH)
        never = [] if before else never_noted(most=BATCH)
    done = sum(_noted([*found, *never]))
    if len(found) == BATCH:
        with acting_as(BY.context):
            _go_on(str(found[-1]))
    return done


def _noted(reports: Iterable[UUID]) -> Iterable[bool]:
    for report in reports:
        try:
            with keys_in_hand():
                note_anew(report)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            # The message may quote what a person typed: only the kind of fault is logged.
            fault = type(error).__name__
            log.error("report %s is not noted anew: %s", report, fault)  # noqa: TRY400
            if not isinstance(error, InterfaceError | OperationalError):
                write_failure(report, fault=fault)
            yield False
        else:
            yield True


def _go_on(before: str) -> None:
    defer(
        NOTE_ANEW,
        queue=ROUTE_TASK,
        priority=NOTE_ANEW_PRIORITY,
        lock=NOTE_ANEW,
        before=before,
    )
