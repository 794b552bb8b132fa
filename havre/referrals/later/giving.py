"""Letting what was told later be further text of a report. Parts of actions."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import record
from havre.audit.rules import Actor, Detail, Event
from havre.intake.actions import ROUTE_TASK
from havre.intake.later.reads import words_waiting
from havre.intake.models import Incident, Message, Report
from havre.plumbing import clock
from havre.plumbing.queue import defer
from havre.referrals.later.reads import standing_of
from havre.referrals.models import Referral
from havre.referrals.packages.growing import Grown, note_growth
from havre.referrals.reads import conflicts_of
from havre.referrals.sealed import raise_referral
from havre.triage.rules.words import Assessment
from havre.triage.splitting.deciding import read_anew
from havre.triage.splitting.given import assessed_as_given


def give_words(
    report: Report, words: Collection[Message], told: Sequence[Referral], *, by: Officer
) -> None:
    """Give these words to whoever has a whole report, `told`, and write the line.

    A referral stands from then on in the lane that its report has with them, if that is higher.
    """
    numbers = Incident.objects.filter(report=report).order_by("number")
    decide(words, parts=list(numbers.values_list("number", flat=True)), because="", by=by)
    # Whose identifiers they hold is known before anybody reads them.
    read_anew(report.pk)
    # What they say may meet a watch, or tie it to others.
    defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(report.pk))
    now = assessed_as_given(report)
    for referral in told:
        raise_referral(referral, now)
        note_growth(referral, Grown.WORDS, by=by)
    references = [referral.reference for referral in told]
    note_words(Event.WORDS_PASSED_ON, report, words, by=by, referrals=references)


def give_along(report: Report, messages: Collection[UUID], *, by: Officer) -> None:
    """Let those of these words that still wait go along with a report that is sent whole.

    Where somebody works for who has it already, they wait on: that referral is cancelled first.
    """
    told = standing_of(report.pk, actor=by, is_held=True)
    conflicts = conflicts_of(report.pk)
    waiting = words_waiting(report.pk, actor=by, is_held=True)
    words = [one for one in waiting if one.pk in messages]
    if words and not any(one.to_agency in conflicts for one in told):
        give_words(report, words, told, by=by)


def note_words(
    event: Event, report: Report, words: Iterable[Message], *, by: Actor, **details: Detail
) -> None:
    """Write a line about later words of a report: which they are, never what they say."""
    which = [str(word.pk) for word in words]
    record(event, about_kind="report", about=report.pk, by=by, messages=which, **details)


def decide(words: Collection[Message], *, parts: list[int], because: str, by: Officer) -> None:
    """Note what somebody decided of these words."""
    for word in words:
        word.parts, word.kept_because = parts, because
        word.decided_at, word.decided_by = clock.now(), by
        word.save(update_fields=["parts", "kept_because", "decided_at", "decided_by"])


def lower_to_given(report: Report, told: Sequence[Referral], before: Assessment) -> None:
    """After words were taken back, let the referrals stand as without them.

    Those that stand where the words had raised them, to `before`: lane, rule and title; the nearer
    clock stays.
    """
    now = assessed_as_given(report)
    if (now.band, now.rule, now.title) == (before.band, before.rule, before.title):
        return
    for referral in told:
        stands = (referral.band, referral.rule, tuple(referral.title))
        if stands == (before.band, before.rule, tuple(before.title)):
            referral.band, referral.rule, referral.title = now.band, now.rule, list(now.title)
            referral.save(update_fields=["band", "rule", "title"])
