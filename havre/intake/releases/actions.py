"""Choosing what the sender of a report may know, and taking it back before it shows."""

from uuid import UUID

from havre.agencies.models import Agency
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.intake.releases.models import Release
from havre.intake.releases.rules.words import ReleaseWord, shown_from
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
    record(Event.OUTCOME_RELEASED, about_kind="report", about=report, by=by, word=word)
    return release


@action(Event.RELEASE_WITHDRAWN)
def withdraw_word(report: UUID, *, referral: UUID, by: Actor) -> int:
    """Take back what was chosen for a referral and does not show yet; says how many. Repeatable.

    What shows already stays: it was read.
    """
    taken = Release.objects.waiting().filter(referral=referral).update(withdrawn_at=clock.now())
    record(Event.RELEASE_WITHDRAWN, about_kind="report", about=report, by=by, taken=taken)
    return taken
