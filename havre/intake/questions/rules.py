"""What may be asked of the provider that reported: a closed list, and what may be answered.

An address attracts privacy (R v Bykovets, 2024 SCC 6). So nobody asks a provider whose an address
is, nor for more addresses of one log-in, without the number of a production order; and what an
order brings goes to the police that hold it, never through here. Pure: the time is an argument.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import available_timezones

from havre.agencies.rules.words import AgencyKind


class QuestionKind(StrEnum):
    """One thing that can be asked."""

    FILE_VIEWED = "file-viewed"
    FURTHER_ADDRESSES = "further-addresses"
    PRESERVED_UNTIL = "preserved-until"
    SOURCE_PORT = "source-port"
    TIME_ZONE = "time-zone"
    WAS_PUBLIC = "was-public"
    WHOSE_IS_IT = "whose-is-it"


class AnswerCode(StrEnum):
    """One thing that can be answered. `given` goes with a value."""

    ALL_SEEN = "all-seen"
    GIVEN = "given"
    NOBODY_S = "nobody-s"
    NONE_SEEN = "none-seen"
    NOT_KEPT = "not-kept"
    NOT_KNOWN = "not-known"
    SOME_SEEN = "some-seen"
    TO_A_GROUP = "to-a-group"
    TO_EVERYBODY = "to-everybody"
    TO_ONE_PERSON = "to-one-person"
    UNDER_THE_ORDER = "under-the-order"


ANSWERS: dict[QuestionKind, tuple[AnswerCode, ...]] = {
    QuestionKind.FILE_VIEWED: (
        AnswerCode.ALL_SEEN,
        AnswerCode.SOME_SEEN,
        AnswerCode.NONE_SEEN,
        AnswerCode.NOT_KNOWN,
    ),
    QuestionKind.FURTHER_ADDRESSES: (
        AnswerCode.UNDER_THE_ORDER,
        AnswerCode.NOBODY_S,
        AnswerCode.NOT_KEPT,
    ),
    QuestionKind.PRESERVED_UNTIL: (AnswerCode.GIVEN, AnswerCode.NOT_KEPT),
    QuestionKind.SOURCE_PORT: (AnswerCode.GIVEN, AnswerCode.NOT_KEPT),
    QuestionKind.TIME_ZONE: (AnswerCode.GIVEN, AnswerCode.NOT_KNOWN),
    QuestionKind.WAS_PUBLIC: (
        AnswerCode.TO_EVERYBODY,
        AnswerCode.TO_A_GROUP,
        AnswerCode.TO_ONE_PERSON,
        AnswerCode.NOT_KNOWN,
    ),
    QuestionKind.WHOSE_IS_IT: (
        AnswerCode.UNDER_THE_ORDER,
        AnswerCode.NOBODY_S,
        AnswerCode.NOT_KEPT,
    ),
}
NEEDS_ORDER = frozenset({QuestionKind.FURTHER_ADDRESSES, QuestionKind.WHOSE_IS_IT})
# Of an address, which not every kind of agency is given.
_OF_AN_ADDRESS = frozenset({QuestionKind.SOURCE_PORT, QuestionKind.TIME_ZONE})
_FOR_ANYBODY = frozenset(QuestionKind) - NEEDS_ORDER - _OF_AN_ADDRESS
_WITH_ORDERS = frozenset({AgencyKind.BORDER, AgencyKind.NATIONAL_CENTRE, AgencyKind.POLICE})
ORDER_NUMBER = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z ./-]{0,38}[0-9A-Za-z])")
OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d")
HIGHEST_PORT = 65_535
# By lane: how long a provider has to answer.
ANSWER_HOURS = {"A": 12, "B": 24, "C": 5 * 24, "D": 10 * 24, "": 24}
# It is reminded in the last third of that time.
REMINDER_PART = 3


class MailState(StrEnum):
    """Where the e-mail stands that tells a provider of a question."""

    FAILED = "failed"
    GIVEN_UP = "given-up"
    HELD = "held"
    NOWHERE = "nowhere"
    SENT = "sent"
    WAITING = "waiting"


class Refusal(StrEnum):
    """Why a question is not put, or an answer not taken."""

    ANSWER_UNASKED = "answer-unasked"
    DATE_FORM = "date-form"
    DATE_OVER = "date-over"
    ORDER_FORM = "order-form"
    ORDER_NEEDED = "order-needed"
    ORDER_UNASKED = "order-unasked"
    PORT_FORM = "port-form"
    VALUE_UNASKED = "value-unasked"
    ZONE_FORM = "zone-form"


class QuestionRefusedError(ValueError):
    """A question or an answer is not as the list has it. `code` names what to mend."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


class AskedAlreadyError(ValueError):
    """The same question of the same agency waits for its answer."""


class NoProviderError(ValueError):
    """No provider reported this, so nobody can be asked."""


class AnsweredAlreadyError(ValueError):
    """The question was answered, or taken back: it takes no other answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A question that waits: since when, and until when it should be answered."""

    asked_at: datetime
    due_at: datetime
    answered: bool = False
    withdrawn: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return not self.answered and not self.withdrawn

    def is_late(self, now: datetime) -> bool:
        """Whether it should have been answered by now."""
        return self.is_open and now > self.due_at


def kinds_for(recipient: AgencyKind) -> tuple[QuestionKind, ...]:
    """What an agency of a kind may ask. The tipline holds no orders, so it asks under none."""
    if recipient in _WITH_ORDERS:
        return tuple(QuestionKind)
    if recipient is AgencyKind.TIPLINE:
        return tuple(kind for kind in QuestionKind if kind not in NEEDS_ORDER)
    return tuple(kind for kind in QuestionKind if kind in _FOR_ANYBODY)


def check_question(kind: QuestionKind, *, order_number: str) -> str:
    """The order number of a question, tidied; "" without. Raises QuestionRefusedError."""
    number = " ".join(order_number.split())
    if kind in NEEDS_ORDER and not number:
        raise QuestionRefusedError(Refusal.ORDER_NEEDED)
    if kind not in NEEDS_ORDER and number:
        raise QuestionRefusedError(Refusal.ORDER_UNASKED)
    if number and not (ORDER_NUMBER.fullmatch(number) and any(c.isdigit() for c in number)):
        raise QuestionRefusedError(Refusal.ORDER_FORM)
    return number


def due_at(band: str, *, now: datetime) -> datetime:
    """When a question that is asked now should be answered."""
    return now + timedelta(hours=ANSWER_HOURS[band])


def remind_from(wait: Wait) -> datetime:
    """From when on the provider is reminded."""
    return wait.due_at - (wait.due_at - wait.asked_at) / REMINDER_PART


def check_answer(kind: QuestionKind, code: AnswerCode, *, value: str, today: date) -> str:
    """The value of an answer in its one form; "" without. Raises QuestionRefusedError."""
    text = value.strip()
    if code not in ANSWERS[kind]:
        raise QuestionRefusedError(Refusal.ANSWER_UNASKED)
    if code is not AnswerCode.GIVEN:
        if text:
            raise QuestionRefusedError(Refusal.VALUE_UNASKED)
        return ""
    match kind:
        case QuestionKind.SOURCE_PORT:
            return _port(text)
        case QuestionKind.TIME_ZONE:
            return _zone(text)
        case _:
            return _day(text, today)


def _port(text: str) -> str:
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(HIGHEST_PORT))
    if not is_number or not 1 <= int(text) <= HIGHEST_PORT:
        raise QuestionRefusedError(Refusal.PORT_FORM)
    return str(int(text))


def _zone(text: str) -> str:
    if text.upper() in {"UTC", "Z", "GMT"}:
        return "UTC"
    if OFFSET.fullmatch(text) or ("/" in text and text in available_timezones()):
        return text
    raise QuestionRefusedError(Refusal.ZONE_FORM)


def _day(text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise QuestionRefusedError(Refusal.DATE_FORM) from error
    if day < today:
        raise QuestionRefusedError(Refusal.DATE_OVER)
    return day.isoformat()
