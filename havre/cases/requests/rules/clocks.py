"""How a legal request moves, and when it is due. Days are days of the law's own zone."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from havre.cases.requests.rules.kinds import Term

# So many days before the end somebody is reminded.
SOON_DAYS = 7
# An order that was served is written down at last after so long.
LONGEST_BACK = timedelta(days=366)


class RequestState(StrEnum):
    """Where a request stands. Expired is not stored: the day alone makes it so."""

    ANSWERED = "answered"
    DRAFT = "draft"
    EXPIRED = "expired"
    REFUSED = "refused"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What one may do with a request."""

    ANSWER = "answer"
    REFUSE = "refuse"
    REOPEN = "reopen"
    SEND = "send"
    WITHDRAW = "withdraw"


class Clock(StrEnum):
    """How near the end is."""

    LAPSED = "lapsed"
    NONE = "none"
    OVERDUE = "overdue"
    RUNNING = "running"
    SOON = "soon"


class RequestStateError(Exception):
    """A request does not move like this from where it stands."""


class WrongDayError(Exception):
    """A day that cannot be: sent tomorrow or years ago, or to be answered before it is sent."""


class NoDayError(Exception):
    """An order without a term of its own needs the day that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Where a request stands. A draft has no days; whatever left has the day on which it did."""

    state: RequestState = RequestState.DRAFT
    sent_on: date | None = None
    due_on: date | None = None
    lapses: bool = False

    def state_on(self, today: date) -> RequestState:
        """Where it stands on a day: what is still sent when its term is over has expired."""
        return RequestState.EXPIRED if self.clock_on(today) is Clock.LAPSED else self.state

    def clock_on(self, today: date) -> Clock:
        """How near the end is on a day; the last day itself is still in time."""
        if self.state is not RequestState.SENT or self.due_on is None:
            return Clock.NONE
        if today > self.due_on:
            return Clock.LAPSED if self.lapses else Clock.OVERDUE
        near = today >= self.due_on - timedelta(days=SOON_DAYS)
        return Clock.SOON if near else Clock.RUNNING


NEEDS_A_DAY = frozenset({"production-order", "transmission-data", "tracking-data"})
TO = {
    Step.ANSWER: RequestState.ANSWERED,
    Step.REFUSE: RequestState.REFUSED,
    Step.WITHDRAW: RequestState.WITHDRAWN,
}
SETTLED = frozenset(TO.values())


def due_on(
    term: Term, *, sent_on: date, is_foreign: bool = False, answer_by: date | None = None
) -> date | None:
    """The last day: by the law's term, else the day that the order names; perhaps none.

    The day on which it is sent does not count. Raises NoDayError, WrongDayError.
    """
    days = term.lasting(is_foreign=is_foreign)
    if days is not None:
        return sent_on + timedelta(days=days)
    if answer_by is None and term.kind in NEEDS_A_DAY:
        raise NoDayError
    if answer_by is not None and answer_by < sent_on:
        raise WrongDayError
    return answer_by


def sent(life: Life, *, on: date, due: date | None, lapses: bool, today: date) -> Life:
    """A draft that was sent. Raises RequestStateError, WrongDayError."""
    if life.state is not RequestState.DRAFT:
        raise RequestStateError
    if not today - LONGEST_BACK <= on <= today:
        raise WrongDayError
    return Life(state=RequestState.SENT, sent_on=on, due_on=due, lapses=lapses)


def settled(life: Life, step: Step) -> Life:
    """A request after its answer, a refusal, a withdrawal, or taking the last step back.

    One that has expired may still be answered. A draft is withdrawn too: it goes no further. One
    that was sent by mistake, or with a wrong day, is a draft again. Raises RequestStateError.
    """
    if step is Step.REOPEN:
        if life.state is RequestState.SENT:
            return Life()
        if life.state not in SETTLED:
            raise RequestStateError
        before = RequestState.SENT if life.sent_on else RequestState.DRAFT
        return replace(life, state=before)
    from_draft = step is Step.WITHDRAW and life.state is RequestState.DRAFT
    if step not in TO or not (life.state is RequestState.SENT or from_draft):
        raise RequestStateError
    return replace(life, state=TO[step])


def steps_from(state: RequestState) -> tuple[Step, ...]:
    """What can be done with a request that stands here."""
    if state is RequestState.DRAFT:
        return (Step.SEND, Step.WITHDRAW)
    return (Step.REOPEN,) if state in SETTLED else (*TO, Step.REOPEN)
