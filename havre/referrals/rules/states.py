"""The life of a referral: which act is open in which state, and what it does to the clocks.

Two clocks run one after the other. The first asks an agency to say whether it takes the referral;
the second, once it did, to say what came of it. Pure: the time comes in as an argument.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from havre.referrals.rules.outcomes import ReferralState, ReferralStateError


class Act(StrEnum):
    """Something somebody does to a referral."""

    ACCEPT = "accept"
    ADD = "add"
    ANSWER = "answer"
    ASK = "ask"
    ASSIGN = "assign"
    CANCEL = "cancel"
    DECLINE = "decline"
    HAND_OVER = "hand-over"
    OPEN = "open"
    OUTCOME = "outcome"
    RETURN = "return"
    UNDO = "undo"


class ClockName(StrEnum):
    """Which of the two clocks of a referral."""

    ACTION = "action"
    ANSWER = "answer"


class OtherClock(StrEnum):
    """A clock of something that is no referral, and rings on the same page."""

    EXCHANGE = "exchange"
    NOTIFIED = "notified"


class Level(StrEnum):
    """Who hears of a clock: whoever has it in hand, their supervisor, then the coordinator."""

    COORDINATOR = "coordinator"
    REMINDER = "reminder"
    SUPERVISOR = "supervisor"


HOUR, DAY = 60, 24 * 60
# By lane: how long an agency has to say whether it takes a referral, then to say what came of it,
# and how long past either its supervisor has before the national coordinator hears. "" is unscored.
ANSWER_MINUTES = {"A": HOUR, "B": 8 * HOUR, "C": 3 * DAY, "D": 7 * DAY, "": 8 * HOUR}
ACTION_MINUTES = {"A": DAY, "B": 3 * DAY, "C": 14 * DAY, "D": 30 * DAY, "": 3 * DAY}
PATIENCE_MINUTES = {"A": 30, "B": 4 * HOUR, "C": DAY, "D": 3 * DAY, "": 4 * HOUR}
# A reminder goes out in the last third of a clock's time.
REMINDER_PART = 3

_NEW = frozenset({ReferralState.SENT})
_UNANSWERED = frozenset({ReferralState.SENT, ReferralState.OPENED})
_STANDING = _UNANSWERED | {ReferralState.ACCEPTED}
_HELD = frozenset({ReferralState.ACCEPTED, ReferralState.CLOSED})
# In these an agency no longer holds a referral, and may be sent the incident anew.
OVER = frozenset(
    {
        ReferralState.CANCELLED,
        ReferralState.DECLINED,
        ReferralState.RETURNED,
        ReferralState.UNDONE,
    }
)
ALLOWED_FROM: dict[Act, frozenset[ReferralState]] = {
    Act.ACCEPT: _UNANSWERED,
    Act.ADD: _STANDING | {ReferralState.CLOSED},
    Act.ANSWER: _STANDING,
    Act.ASK: _STANDING,
    Act.ASSIGN: _STANDING,
    # Also what an outcome closed: until then its agency reads on.
    Act.CANCEL: _STANDING - _NEW | {ReferralState.CLOSED},
    Act.DECLINE: _STANDING,
    Act.HAND_OVER: frozenset({ReferralState.ACCEPTED}),
    Act.OPEN: frozenset(ReferralState) - OVER,
    Act.OUTCOME: _HELD,
    Act.RETURN: _STANDING,
    Act.UNDO: _NEW,
}
_LEADS_TO: dict[Act, ReferralState] = {
    Act.ACCEPT: ReferralState.ACCEPTED,
    Act.CANCEL: ReferralState.CANCELLED,
    Act.DECLINE: ReferralState.DECLINED,
    Act.RETURN: ReferralState.RETURNED,
    Act.UNDO: ReferralState.UNDONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a referral stands, and its clocks. `act_by` is there once it was taken."""

    state: ReferralState
    band: str
    since: datetime
    answer_by: datetime
    accepted_at: datetime | None = None
    act_by: datetime | None = None
    acted_at: datetime | None = None
    is_asking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A clock that runs: which, since when, until when."""

    name: ClockName
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, order=True)
class Alarm:
    """Somebody must hear of a clock that was due at `due`."""

    clock: ClockName
    level: Level
    due: datetime


def first_standing(band: str, *, now: datetime, carried: Standing | None = None) -> Standing:
    """A referral just sent. One that was returned or declined hands its clock on.

    The child's time does not begin again because the first address was wrong.
    """
    answer_by = now + timedelta(minutes=ANSWER_MINUTES[band])
    if carried is None:
        return Standing(state=ReferralState.SENT, band=band, since=now, answer_by=answer_by)
    return Standing(
        state=ReferralState.SENT,
        band=band,
        since=carried.since,
        answer_by=min(carried.answer_by, answer_by),
    )


def check_act(state: str, act: Act) -> None:
    """Refuse an act that the referral's state does not allow. Raises ReferralStateError."""
    if ReferralState(state) not in ALLOWED_FROM[act]:
        raise ReferralStateError(state)


def after(standing: Standing, act: Act, *, now: datetime, is_final: bool = False) -> Standing:
    """Where a referral stands after an act; `is_final` says that an outcome ends the matter.

    Raises ReferralStateError, and then nothing has changed.
    """
    check_act(standing.state, act)
    match act:
        case Act.OPEN if standing.state is ReferralState.SENT:
            return replace(standing, state=ReferralState.OPENED)
        case Act.ACCEPT:
            act_by = now + timedelta(minutes=ACTION_MINUTES[standing.band])
            return replace(standing, state=ReferralState.ACCEPTED, accepted_at=now, act_by=act_by)
        case Act.OUTCOME:
            state = ReferralState.CLOSED if is_final else ReferralState.ACCEPTED
            return replace(standing, state=state, acted_at=standing.acted_at or now)
        case Act.ASK | Act.ANSWER:
            return replace(standing, is_asking=act is Act.ASK)
        case _ if act in _LEADS_TO:
            return replace(standing, state=_LEADS_TO[act])
        case _:
            return standing


def raised(standing: Standing, band: str, *, now: datetime) -> Standing:
    """Where a referral stands once its report ranks higher than when it was sent; never lower.

    The clock that runs ends no later than it would had the referral come in that lane now.
    """
    if not band or (standing.band and band >= standing.band):
        return standing
    answer_by, act_by = standing.answer_by, standing.act_by
    if standing.state in _UNANSWERED:
        answer_by = min(answer_by, now + timedelta(minutes=ANSWER_MINUTES[band]))
    if act_by is not None and standing.acted_at is None:
        act_by = min(act_by, now + timedelta(minutes=ACTION_MINUTES[band]))
    return replace(standing, band=band, answer_by=answer_by, act_by=act_by)


def running_clock(standing: Standing) -> Running | None:
    """The clock that runs now, if any. A question to the tipline does not stop it."""
    if standing.state in _UNANSWERED:
        return Running(name=ClockName.ANSWER, since=standing.since, until=standing.answer_by)
    is_taken = standing.state is ReferralState.ACCEPTED
    if is_taken and standing.accepted_at and standing.act_by and standing.acted_at is None:
        return Running(name=ClockName.ACTION, since=standing.accepted_at, until=standing.act_by)
    return None


def alarms_due(standing: Standing, *, now: datetime) -> tuple[Alarm, ...]:
    """Who must have heard of the running clock by now, first to last; nobody once it stopped."""
    clock = running_clock(standing)
    if clock is None:
        return ()
    patience = timedelta(minutes=PATIENCE_MINUTES[standing.band])
    moments = {
        Level.REMINDER: clock.until - (clock.until - clock.since) / REMINDER_PART,
        Level.SUPERVISOR: clock.until,
        Level.COORDINATOR: clock.until + patience,
    }
    return tuple(
        Alarm(clock.name, level, clock.until) for level, due in moments.items() if now > due
    )
