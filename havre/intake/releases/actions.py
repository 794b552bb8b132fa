"""Choosing what the sender of a report may know, and taking it back before it shows."""

from datetime import datetime
from uuid import UUID

from havre.agencies.models import Agency
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.intake.models import Closure, Report
from havre.intake.releases.models import Release
from havre.intake.releases.rules.words import ReleaseWord, shown_from
from havre.intake.rules.stages import ClosingAnswer
from havre.plumbing import clock, ids


@action(Event.OUTCOME_RELEASED)
def release_word(
    report: UUID, word: ReleaseWord, *, referral: UUID, agency: Agency, by: Actor
) -> Release:
    """Let a report's sender know a word, some days from now. It replaces one that still waits."""
    now = clock.now()
    Release.objects.waiting().filter(referral=referral).update(withdrawn_at=now)
    release = Release(
        id=ids.uuid7(),
        report_id=report,
        agency=agency,
        referral=referral,
        word=word,
        chosen_at=now,
        shown_from=shown_from(now, clock.LEGAL_ZONE),
    )
    release.save(force_insert=True)
    record(
        Event.OUTCOME_RELEASED,
        about_kind="report",
        about=report,
        by=by,
        referral=str(referral),
        word=word,
    )
    return release


@action(Event.RELEASE_WITHDRAWN)
def withdraw_word(report: UUID, *, referral: UUID, by: Actor) -> int:
    """Take back what was chosen for a referral and does not show yet; says how many. Repeatable.

    What shows already stays: it was read.
    """
    taken = Release.objects.waiting().filter(referral=referral).update(withdrawn_at=clock.now())
    record(
        Event.RELEASE_WITHDRAWN,
        about_kind="report",
        about=report,
        by=by,
        referral=str(referral),
        taken=taken,
    )
    return taken


@action(Event.CLOSURE_NOTED)
def note_closed(
    report: Report, answer: ClosingAnswer, *, tell_from: datetime | None, by: Actor
) -> None:
    """Note that a report was closed, and from when its reporter reads the answer. Safe to repeat.

    Until it is open again, a job that is tried once more puts it in no queue.
    """
    Closure.objects.update_or_create(
        report=report, defaults={"answer": answer, "tell_from": tell_from}
    )
    record(Event.CLOSURE_NOTED, about_kind="report", about=report.pk, by=by, answer=answer)


@action(Event.CLOSURE_ENDED)
def end_closure(report: Report, *, by: Actor) -> None:
    """A report is closed no more; its reporter reads no answer. Safe to repeat."""
    Closure.objects.filter(report=report).delete()
    record(Event.CLOSURE_ENDED, about_kind="report", about=report.pk, by=by)
