"""Questions about clocks that ring, and about colleagues."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Permit, Role
from havre.audit.rules import Actor
from havre.plumbing import clock
from havre.plumbing.scopes import Scope
from havre.referrals.models import Alarm, Referral
from havre.referrals.reads import WAITING_STATES
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.rules.states import (
    ACTION_MINUTES,
    REMINDER_PART,
    Level,
    OtherClock,
    alarms_due,
)
from havre.referrals.rules.states import Alarm as RingingClock
from havre.triage.rules.clocks import Clock, clock_of

MOST_ALARMS = 200
LONGEST_REMINDER = timedelta(minutes=max(ACTION_MINUTES.values()) / REMINDER_PART)
# What opens the thing that a clock rings for; a referral is the rule.
_OPENED_BY: dict[str, Permit] = {
    OtherClock.EXCHANGE: Permit.EXCHANGE_READ,
    OtherClock.NOTIFIED: Permit.NOTIFICATION_READ,
}
LEVELS_OF_ROLE = {
    Role.AGENCY_SUPERVISOR: (Level.SUPERVISOR, Level.COORDINATOR),
    Role.NATIONAL_COORDINATOR: (Level.COORDINATOR,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRow:
    """A clock that rings: which agency, which referral, how late. `opens` for its own people."""

    alarm: Alarm
    agency: str
    clock: Clock
    opens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DueAlarm:
    """An alarm that has to ring, and the referral it rings for."""

    referral: Referral
    alarm: RingingClock


def alarms_to_raise(*, actor: Actor) -> list[DueAlarm]:
    """The alarms of every referral that are due by now and have not rung."""
    now = clock.now()
    soon = now + LONGEST_REMINDER
    waiting = Q(state__in=WAITING_STATES, answer_by__lt=soon)
    taken = Q(state=ReferralState.ACCEPTED, acted_at=None, act_by__lt=soon)
    standing = Referral.objects.visible_to(actor).filter(waiting | taken)
    ringing = Alarm.objects.visible_to(actor).filter(referral__in=standing)
    rung = set(ringing.values_list("referral", "which", "level"))
    return [
        DueAlarm(referral=referral, alarm=alarm)
        for referral in standing.select_related("to_agency", "report").order_by("pk")
        for alarm in alarms_due(referral.standing, now=now)
        if (referral.pk, alarm.clock, alarm.level) not in rung
    ]


def alarms_for(officer: Officer, *, language: str) -> tuple[AlarmRow, ...]:
    """The alarms that ring for an officer, most overdue first, each clock at its last level.

    A supervisor hears of their own agency, the coordinator of every one, the desk of all it sent;
    everybody else of what is their agency's, from the first reminder on.
    """
    ringing = Alarm.objects.visible_to(officer).filter(answered_at=None)
    levels = LEVELS_OF_ROLE.get(Role(officer.role))
    if levels:
        ringing = ringing.filter(level__in=levels)
    last = {(alarm.reference, alarm.which): alarm for alarm in ringing.order_by("raised_at", "id")}
    now = clock.now()
    rows = [
        AlarmRow(
            alarm=alarm,
            agency=alarm.agency.name(language),
            clock=clock_of(since=alarm.raised_at, until=alarm.due, now=now),
            opens=_opens(alarm, officer),
        )
        for alarm in last.values()
    ]
    return tuple(sorted(rows, key=lambda row: (row.alarm.due, row.alarm.reference))[:MOST_ALARMS])


def _opens(alarm: Alarm, officer: Officer) -> bool:
    permit = _OPENED_BY.get(alarm.which, Permit.REFERRAL_READ)
    return alarm.agency_id == officer.agency_id and officer.may(permit)


def colleagues_of(officer: Officer) -> list[Officer]:
    """Who of an officer's agency answers referrals, by name."""
    active = Officer.objects.filter(agency=officer.agency_id, is_active=True)
    return [each for each in active.order_by("display_name") if each.may(Permit.REFERRAL_ANSWER)]


def colleagues_for(officer: Officer, reference: str) -> list[Officer]:
    """Those of them who may have a referral: none whom another agency of theirs keeps from it."""
    seen = Referral.objects.filter(reference=reference)
    return [
        each
        for each in colleagues_of(officer)
        if not each.context.elsewhere or seen.visible_to(each).exists()
    ]


def colleague_of(officer: Officer, *, username: str) -> Officer:
    """One of them, by sign-in name. Raises Officer.DoesNotExist."""
    return _named(username, colleagues_of(officer))


def colleague_for(officer: Officer, reference: str, *, username: str) -> Officer:
    """One who may have a referral, by sign-in name. Raises Officer.DoesNotExist."""
    return _named(username, colleagues_for(officer, reference))


def _named(username: str, officers: list[Officer]) -> Officer:
    for each in officers:
        if each.username == username:
            return each
    raise Officer.DoesNotExist


def asks_the_desk(officer: Officer) -> list[Referral]:
    """The referrals whose agencies wait for an answer of the desk, the oldest first."""
    if officer.scope is not Scope.TIPLINE:
        return []
    asking = Referral.objects.visible_to(officer).filter(is_asking=True)
    open_ones = asking.filter(state__in=(*WAITING_STATES, ReferralState.ACCEPTED))
    return list(open_ones.select_related("to_agency", "report").order_by("answer_by")[:MOST_ALARMS])
