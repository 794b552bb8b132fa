"""Letting what was told later be further text of a report. Parts of actions."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.audit.actions import record
from havre.audit.rules import Actor, Detail, Event
from havre.intake.actions import ROUTE_TASK
from havre.intake.later.reads import words_waiting
from havre.intake.models import GIVEN, Incident, Message, Report
from havre.plumbing import clock
from havre.plumbing.queue import defer
from havre.referrals.later.reads import standing_of
from havre.referrals.models import Referral
from havre.referrals.notices.calling import call_agency
from havre.referrals.packages.growing import Grown, note_growth
from havre.referrals.reads import conflicts_of
from havre.referrals.rules.states import raised
from havre.triage.rules.words import Assessment, Band
from havre.triage.splitting.deciding import read_anew, score_if_set
from havre.triage.splitting.given import assessed_as_given, lane_in_force_since, lane_kept
from havre.triage.splitting.models import IncidentScore


def give_words(
    report: Report, words: Collection[Message], told: Sequence[Referral], *, by: Officer
) -> None:
    """Give these words to whoever has a whole report, `told`, and write the line.

    A referral stands from then on by what its report tells with them.
    """
    numbers = Incident.objects.filter(report=report).order_by("number")
    # What no job has looked at yet ends a lowering too; once it is decided, nothing would.
    score_if_set(report.pk)
    decide(words, parts=list(numbers.values_list("number", flat=True)), because="", by=by)
    # Whose identifiers they hold is known before anybody reads them.
    read_anew(report.pk)
    # What they say may meet a watch, or tie it to others.
    defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(report.pk))
    rise_to_given(report, told)
    for referral in told:
        note_growth(referral, Grown.WORDS, by=by)
    references = [referral.reference for referral in told]
    note_words(Event.WORDS_PASSED_ON, report, words, by=by, referrals=references)


def give_along(report: Report, messages: Collection[UUID], *, by: Officer) -> None:
    """Let those of these words that still wait go along with a report that is sent whole.

    Where somebody works for who has it already, or that is abroad, they wait on: that referral is
    cancelled first.
    """
    told = standing_of(report.pk, actor=by, is_held=True)
    conflicts = conflicts_of(report.pk)
    waiting = words_waiting(report.pk, actor=by, is_held=True)
    words = [one for one in waiting if one.pk in messages]
    bars = [
        one
        for one in told
        if one.to_agency in conflicts or one.to_agency.kind == AgencyKind.FOREIGN
    ]
    if words and not bars:
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


def rise_to_given(report: Report, told: Iterable[Referral]) -> None:
    """Let referrals, held by the act, stand by what is given of their report once words were.

    They take over its rule and title, and rise to the lane that it has by what is given, and their
    clock comes nearer. A lane that a person lowered, and that holds beside it, stays.
    """
    found = assessed_as_given(report)
    lane = lane_as_given(report, found)
    for referral in told:
        rise(referral, lane, found)


def rise(referral: Referral, lane: str, found: Assessment | IncidentScore | Referral) -> None:
    """Let a referral, held by the act, rise to this lane, with its clock; rule and title too."""
    standing = raised(referral.standing, lane, now=clock.now())
    referral.answer_by, referral.act_by = standing.answer_by, standing.act_by
    referral.save(update_fields=["answer_by", "act_by"])
    rises = standing.band != referral.band
    _stand(referral, standing.band, found)
    if rises:
        call_agency(referral)


def lane_as_given(report: Report, found: Assessment) -> Band:
    """The lane of a report by what is given of it, or the one below that a person set."""
    return max(found.band, lane_kept(report, beside=found.band))


def lanes_as_given(report: Report, found: Assessment) -> tuple[Band, Band]:
    """The lane of a report by what is given of it, and that beside which a person set another."""
    return found.band, lane_as_given(report, found)


def fall_to_given(report: Report, told: Iterable[Referral], before: tuple[Band, Band]) -> None:
    """Let referrals, held by the act, stand by what is given of their report still.

    None rises. Those fall that stood in a lane of what was given `before`, by the rules or by a
    person, where that was nearer: to the lane of the rest, or to what a person set beside it before
    it was sent, who raises and lowers nothing that an agency has already. The nearer clock stays.
    One that is over stands by nothing, where others were given more since.
    """
    found = assessed_as_given(report)
    kept = lane_kept(report, beside=found.band)
    set_at = lane_in_force_since(report)
    given = Message.objects.filter(GIVEN, report=report)
    for referral in told:
        ended_at = referral.ended_at
        if ended_at and given.filter(decided_at__gt=ended_at).exists():
            referral.band, referral.rule, referral.title = "", "", []
            referral.save(update_fields=["band", "rule", "title"])
            continue
        lane = found.band if set_at and set_at > referral.sent_at else kept
        now = (found.band, max(found.band, lane))
        falls = any(referral.band == was < is_now for was, is_now in zip(before, now, strict=True))
        _stand(referral, max(referral.band, lane) if falls else referral.band, found)


def _stand(referral: Referral, band: str, found: Assessment | IncidentScore | Referral) -> None:
    referral.band, referral.rule, referral.title = band, found.rule, list(found.title)
    referral.save(update_fields=["band", "rule", "title"])
