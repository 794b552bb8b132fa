"""What an agency does with a referral beside taking it, and the sweep that rings its clocks."""

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.intake.actions import ROUTE_TASK
from havre.plumbing import clock, ids
from havre.plumbing.queue import defer
from havre.referrals.inbox.reads import AlarmRow, DueAlarm, alarms_for, colleague_for
from havre.referrals.models import Alarm, Referral, Remark
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_agency
from havre.referrals.reads import referral_by_reference
from havre.referrals.rules.guards import check_risk
from havre.referrals.rules.sending import Ending, RemarkKind
from havre.referrals.rules.states import Act, Level
from havre.referrals.sealed import add_remark, end_reading, held_by, move, write_line


@action(Event.REFERRAL_ASKED)
def ask_tipline(reference: str, *, text: str, by: Officer) -> Remark:
    """Ask the tipline something about a referral. Its clock runs on. Raises ReferralStateError."""
    referral = held_by(by, reference)
    move(referral, Act.ASK)
    question = add_remark(referral, RemarkKind.QUESTION, text, by=by)
    write_line(Event.REFERRAL_ASKED, referral, by=by)
    return question


@action(Event.REFERRAL_ANSWERED)
def answer_question(reference: str, *, text: str, by: Officer) -> Remark:
    """Answer what an agency asked; it stands in its inbox as unread.

    Raises ReferralStateError, RiskNotAssessedError.
    """
    referral = referral_by_reference(reference, actor=by, is_held=True)
    check_risk(referral.to_agency.code, referral.to_agency.kind)
    move(referral, Act.ANSWER, news_at=clock.now())
    tell_agency(referral, NewsKind.ANSWERED)
    answer = add_remark(referral, RemarkKind.ANSWER, text, by=by)
    write_line(Event.REFERRAL_ANSWERED, referral, by=by)
    return answer


@action(Event.REFERRAL_DECLINED)
def decline_referral(reference: str, *, because: Ending, note: str, by: Officer) -> Referral:
    """Say that an agency will not act, and why. The report waits at the tipline again.

    Raises ReferralStateError.
    """
    referral = held_by(by, reference)
    move(referral, Act.DECLINE, ended_because=because, ended_at=clock.now())
    add_remark(referral, RemarkKind.DECLINE, note, by=by)
    defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(referral.report_id), because="returned")
    write_line(Event.REFERRAL_DECLINED, referral, by=by, because=because)
    end_reading(referral)
    return referral


@action(Event.REFERRAL_HANDED_OVER)
def hand_over(reference: str, *, to: str, note: str, by: Officer) -> Referral:
    """Give a referral to a colleague, with a word that only the agency's own people read.

    Raises Officer.DoesNotExist for whoever does not answer referrals there, or is kept from what
    this one tells, and ReferralStateError.
    """
    referral = held_by(by, reference)
    colleague = colleague_for(by, reference, username=to)
    move(referral, Act.ASSIGN, assigned_to=colleague, news_at=clock.now())
    add_remark(referral, RemarkKind.HAND_OVER, note, by=by)
    write_line(Event.REFERRAL_HANDED_OVER, referral, by=by, to=str(colleague.pk))
    return referral


@action(Event.ALARM_RAISED)
def raise_alarm(due: DueAlarm, *, by: Actor) -> None:
    """Ring for a clock of a referral. Safe to repeat: each alarm rings once."""
    referral, alarm = due.referral, due.alarm
    known = Alarm.objects.filter(referral=referral, which=alarm.clock, level=alarm.level)
    if not known.exists():
        Alarm(
            id=ids.uuid7(),
            referral=referral,
            reference=referral.reference,
            agency=referral.to_agency,
            band=referral.band,
            which=alarm.clock,
            level=alarm.level,
            due=alarm.due,
            raised_at=clock.now(),
        ).save(force_insert=True)
        is_early = alarm.level is Level.REMINDER
        tell_agency(referral, NewsKind.REMINDER if is_early else NewsKind.BREACHED)
    write_line(Event.ALARM_RAISED, referral, by=by, clock=alarm.clock, level=alarm.level)


@action(Event.ALARMS_READ)
def read_alarms(*, language: str = "en", by: Officer) -> tuple[AlarmRow, ...]:
    """Look at the alarms that ring for this officer. They hold nothing that anybody typed."""
    rows = alarms_for(by, language=language)
    record(Event.ALARMS_READ, about_kind="alarms", about=by.agency_id, by=by, rows=len(rows))
    return rows
