"""What may be asked of a provider and what may be answered: the closed list."""

from datetime import date, timedelta

import pytest

from havre.agencies.rules.words import AgencyKind
from havre.intake.questions.rules import (
    ANSWERS,
    AnswerCode,
    QuestionKind,
    QuestionRefusedError,
    Refusal,
    Wait,
    check_answer,
    check_question,
    due_at,
    kinds_for,
    remind_from,
)
from havre.intake.questions.wording import ANSWERED, ASKED, REFUSED, VALUES
from havre.plumbing import clock

TODAY = date(2026, 11, 29)
VIEWED, PORT = QuestionKind.FILE_VIEWED, QuestionKind.SOURCE_PORT
WHOSE, FURTHER = QuestionKind.WHOSE_IS_IT, QuestionKind.FURTHER_ADDRESSES


def test_every_question_and_answer_has_its_words_and_its_list():
    assert set(ASKED) == set(ANSWERS) == set(QuestionKind)
    assert set(ANSWERED) == {code for codes in ANSWERS.values() for code in codes}
    assert set(ANSWERED) == set(AnswerCode)
    assert set(VALUES) == {k for k, codes in ANSWERS.items() if AnswerCode.GIVEN in codes}
    assert set(REFUSED) == set(Refusal)


@pytest.mark.parametrize("recipient", list(AgencyKind))
def test_only_who_holds_orders_asks_under_one(recipient):
    with_orders = {AgencyKind.BORDER, AgencyKind.NATIONAL_CENTRE, AgencyKind.POLICE}
    assert (WHOSE in kinds_for(recipient)) is (recipient in with_orders)
    assert (PORT in kinds_for(recipient)) is (recipient in with_orders | {AgencyKind.TIPLINE})
    assert VIEWED in kinds_for(recipient)


@pytest.mark.parametrize(
    ("kind", "number", "refusal"),
    [
        (WHOSE, "", Refusal.ORDER_NEEDED),
        (FURTHER, "  ", Refusal.ORDER_NEEDED),
        (VIEWED, "PO 1", Refusal.ORDER_UNASKED),
        (WHOSE, "no number", Refusal.ORDER_FORM),
        (WHOSE, "<b>1</b>", Refusal.ORDER_FORM),
        (WHOSE, "1" * 41, Refusal.ORDER_FORM),
    ],
)
def test_a_question_without_what_it_needs_is_refused(kind, number, refusal):
    with pytest.raises(QuestionRefusedError) as refused:
        check_question(kind, order_number=number)
    assert refused.value.code is refusal


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (PORT, "443", "443"),
        (PORT, "00443", "443"),
        (PORT, "0", Refusal.PORT_FORM),
        (PORT, "65536", Refusal.PORT_FORM),
        (PORT, "٤٤٣", Refusal.PORT_FORM),
        (PORT, "192.0.2.1", Refusal.PORT_FORM),
        (QuestionKind.TIME_ZONE, "utc", "UTC"),
        (QuestionKind.TIME_ZONE, "America/St_Johns", "America/St_Johns"),
        (QuestionKind.TIME_ZONE, "-03:30", "-03:30"),
        (QuestionKind.TIME_ZONE, "-15:00", Refusal.ZONE_FORM),
        (QuestionKind.TIME_ZONE, "ours", Refusal.ZONE_FORM),
        (QuestionKind.PRESERVED_UNTIL, "2026-11-29", "2026-11-29"),
        (QuestionKind.PRESERVED_UNTIL, "2026-11-28", Refusal.DATE_OVER),
        (QuestionKind.PRESERVED_UNTIL, "soon", Refusal.DATE_FORM),
    ],
)
def test_a_value_is_checked_by_its_kind(kind, typed, kept):
    if isinstance(kept, Refusal):
        with pytest.raises(QuestionRefusedError) as refused:
            check_answer(kind, AnswerCode.GIVEN, value=typed, today=TODAY)
        assert refused.value.code is kept
    else:
        assert check_answer(kind, AnswerCode.GIVEN, value=typed, today=TODAY) == kept


def test_an_answer_of_another_question_and_a_value_that_nobody_asked_for_are_refused():
    for code, value, refusal in (
        (AnswerCode.TO_A_GROUP, "", Refusal.ANSWER_UNASKED),
        (AnswerCode.ALL_SEEN, "443", Refusal.VALUE_UNASKED),
    ):
        with pytest.raises(QuestionRefusedError) as refused:
            check_answer(VIEWED, code, value=value, today=TODAY)
        assert refused.value.code is refusal


def test_the_more_urgent_the_lane_the_sooner_an_answer_is_due():
    now = clock.now()
    waits = [due_at(band, now=now) - now for band in "ABCD"]
    assert waits == sorted(waits)
    assert due_at("", now=now) == due_at("B", now=now)
    wait = Wait(asked_at=now, due_at=now + timedelta(hours=12))
    assert remind_from(wait) == now + timedelta(hours=8)
    assert [wait.is_late(now + timedelta(hours=h)) for h in (11, 13)] == [False, True]
