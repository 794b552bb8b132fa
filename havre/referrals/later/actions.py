"""Passing on what a reporter told later of a whole report, keeping it back, and undoing that."""

from collections.abc import Collection
from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.audit.actions import action
from havre.audit.rules import Actor, Event
from havre.intake.actions import ROUTE_TASK, WORDS
from havre.intake.later.reads import words_given, words_wait, words_waiting
from havre.intake.later.rules import KeptBecause, NoWordsError, SeenAlreadyError
from havre.intake.models import Message, Report
from havre.intake.reads import report_by_reference
from havre.links.watches.reads import asks_for_centre
from havre.plumbing import clock
from havre.plumbing.queue import defer
from havre.referrals.later.giving import (
    decide,
    fall_to_given,
    give_words,
    lanes_as_given,
    note_words,
)
from havre.referrals.later.reads import ended_since, is_back, last_seen, standing_of
from havre.referrals.models import Referral
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_agency
from havre.referrals.packages.growing import still_warned_at
from havre.referrals.reads import conflicts_of
from havre.referrals.rules.guards import CentreNotAskedError, check_recipient, check_risk
from havre.referrals.rules.states import Act
from havre.referrals.sealed import move
from havre.triage.actions import AlreadyClaimedError, put_in_queue, take_off_queue
from havre.triage.reads import item_of
from havre.triage.reviews.drawing import draw_withheld, drop_withheld
from havre.triage.splitting.deciding import read_anew, score_if_set
from havre.triage.splitting.given import assessed_as_given
from havre.triage.splitting.later import found_late
from havre.triage.splitting.pressing import bears_no_waiting


@action(Event.WORDS_PASSED_ON)
def pass_words_on(
    reference: str,
    *,
    messages: Collection[UUID],
    centre_asked: bool = False,
    by: Officer,
) -> list[Referral]:
    """Give what its reporter told later to every agency that has a report whole, and tell them so.

    `messages` are those that were read; what was kept back may be among them. It is further text
    of the report from then on: another package follows those that were taken. Says whom it told.
    Raises Report.DoesNotExist, NoWordsError, AlreadyClaimedError, ConflictOfInterestError,
    RiskNotAssessedError, CentreNotAskedError.
    """
    report = report_by_reference(reference, actor=by)
    _hold(report, by=by)
    told = standing_of(report.pk, actor=by, is_held=True)
    words = _chosen(report, messages, also_kept=True, by=by)
    if not told:
        raise NoWordsError
    conflicts = {one.code for one in conflicts_of(report.pk)}
    for referral in told:
        check_risk(referral.to_agency.code, referral.to_agency.kind)
        check_recipient(referral.to_agency.code, holding=(), conflicts=conflicts)
    if not centre_asked and asks_for_centre(report.pk, actor=by):
        raise CentreNotAskedError(told[0].to_agency.code)
    give_words(report, words, told, by=by)
    drop_withheld(report, [one.pk for one in words])
    _leave(report, by=by)
    return told


@action(Event.WORDS_KEPT_BACK)
def keep_words_back(
    reference: str, *, messages: Collection[UUID], because: KeptBecause, by: Officer
) -> None:
    """Say that what was told later stays with the tipline, and why. It can be passed on any time.

    Raises Report.DoesNotExist, NoWordsError, AlreadyClaimedError.
    """
    report = report_by_reference(reference, actor=by)
    _hold(report, by=by)
    told = standing_of(report.pk, actor=by, is_held=True)
    if not told:
        # Nobody has it any more: its place in the queue is its own.
        raise NoWordsError
    words = _chosen(report, messages, by=by)
    # What no job has looked at yet ends a lowering too; once it is decided, nothing would.
    score_if_set(report.pk)
    decide(words, parts=[], because=because, by=by)
    read_anew(report.pk)
    for referral in told:
        referral.warned_at = still_warned_at(referral)
        referral.save(update_fields=["warned_at"])
    note_words(Event.WORDS_KEPT_BACK, report, words, by=by, because=because)
    draw_withheld(report, [one.pk for one in words], by=by)
    _leave(report, by=by)


@action(Event.WORDS_TAKEN_BACK)
def take_words_back(reference: str, *, messages: Collection[UUID], by: Officer) -> None:
    """Undo that words were passed on, which nobody has opened since: they wait to be decided again.

    Raises Report.DoesNotExist, NoWordsError, SeenAlreadyError, AlreadyClaimedError.
    """
    report = report_by_reference(reference, actor=by)
    _hold(report, by=by)
    told = standing_of(report.pk, actor=by, is_held=True)
    found = words_given(report.pk, actor=by, is_held=True)
    words = {one: one.decided_at for one in found if one.pk in messages and one.decided_at}
    if not words or not told:
        raise NoWordsError
    seen = last_seen(report.pk)
    if seen is not None and seen > min(words.values()):
        raise SeenAlreadyError
    before = lanes_as_given(report, assessed_as_given(report))
    for word in words:
        word.parts, word.decided_at, word.decided_by = None, None, None
        word.save(update_fields=["parts", "decided_at", "decided_by"])
    put_in_queue(report.pk, by=by)
    read_anew(report.pk)
    # Whoever has the report is warned again, if they bear no waiting.
    defer(WORDS, queue=ROUTE_TASK, report=str(report.pk))
    had_them = ended_since(report.pk, min(words.values()), actor=by)
    fall_to_given(report, [*told, *had_them], before)
    note_words(Event.WORDS_TAKEN_BACK, report, words, by=by)


@action(Event.WORDS_CAME)
def warn_of_words(report_id: UUID, *, by: Actor) -> list[Referral]:
    """Tell whoever has a report at once that more was told, if that bears no waiting. No content.

    What was told they read when a person has passed it on. Once for each word; safe to repeat.
    """
    report = Report.objects.visible_to(by).get(pk=report_id)
    item_of(report.pk, actor=by, is_held=True)
    told = standing_of(report.pk, actor=by, is_held=True)
    waiting = words_waiting(report.pk, actor=by)
    kept_from = conflicts_of(report.pk)
    near = [one for one in told if one.to_agency.kind != AgencyKind.FOREIGN]
    free = [one for one in near if waiting and one.to_agency not in kept_from]
    # Of what somebody was warned of already, nothing makes a later word worse.
    late = max(found_late(report.pk, [word.at for word in waiting]), default=None)
    presses = {
        since: bears_no_waiting(report, since=max(filter(None, (since, late)), default=None), by=by)
        for since in {one.warned_at for one in free}
    }
    warned = [one for one in free if presses[one.warned_at]]
    for referral in warned:
        move(referral, Act.ADD, news_at=clock.now(), warned_at=waiting[-1].at)
        tell_agency(referral, NewsKind.WORDS_CAME)
    references = [referral.reference for referral in warned]
    note_words(Event.WORDS_CAME, report, waiting, by=by, referrals=references)
    return warned


def _hold(report: Report, *, by: Officer) -> None:
    """Keep the report's place until the act is done: it comes before all else that is kept."""
    item = item_of(report.pk, actor=by, is_held=True)
    if item is not None and item.held_by not in {None, by}:
        raise AlreadyClaimedError


def _chosen(
    report: Report, messages: Collection[UUID], *, also_kept: bool = False, by: Officer
) -> list[Message]:
    """These words, kept so until the act is done."""
    waiting = words_waiting(report.pk, actor=by, also_kept=also_kept, is_held=True)
    chosen = [one for one in waiting if one.pk in messages and not one.parts]
    if not chosen or len(chosen) < len(set(messages)):
        raise NoWordsError
    return chosen


def _leave(report: Report, *, by: Officer) -> None:
    """With the last word decided the report waits no more, unless an agency sent it back."""
    if not words_wait(report.pk) and not is_back(report.pk):
        take_off_queue(report, by=by)
