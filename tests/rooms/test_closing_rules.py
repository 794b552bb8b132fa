"""Which closings a second person reads, and what a reporter is answered: without a database."""

from uuid import UUID

import pytest

from havre.intake.rules.stages import ClosingAnswer
from havre.plumbing import ids
from havre.triage.closing.rules import (
    ClosingReason,
    ReadTwice,
    Standing,
    answer_to,
    read_twice_because,
)
from havre.triage.reviews.rules.sampling import is_drawn

PERCENT = 20
KEY = bytes(32)


def standing(report: UUID, **facts) -> Standing:
    calm = {"band": "C", "danger_now": False, "strong_links": 0}
    return Standing(subject=report, **(calm | facts))


def a_number(*, sampled: bool) -> UUID:
    numbers = iter(ids.uuid7, None)
    return next(n for n in numbers if is_drawn(n, key=KEY, percent=PERCENT) is sampled)


@pytest.mark.parametrize("percent", [5, 20, 50])
def test_the_sample_is_about_as_large_as_it_says_and_always_the_same(percent):
    numbers = [UUID(int=n * 7919) for n in range(4000)]

    chosen = [is_drawn(one, key=KEY, percent=percent) for one in numbers]

    assert abs(sum(chosen) / 40 - percent) < 3
    assert chosen == [is_drawn(one, key=KEY, percent=percent) for one in numbers]


def test_the_sample_grows_with_its_rate_and_everybody_is_in_a_hundred():
    numbers = [ids.uuid7() for _ in range(200)]

    assert all(is_drawn(one, key=KEY, percent=100) for one in numbers)
    assert not any(is_drawn(one, key=KEY, percent=0) for one in numbers)
    small = {one for one in numbers if is_drawn(one, key=KEY, percent=20)}
    assert small <= {one for one in numbers if is_drawn(one, key=KEY, percent=40)}


@pytest.mark.parametrize(
    ("facts", "because"),
    [
        ({}, ()),
        ({"band": "A"}, (ReadTwice.IMMEDIATE,)),
        ({"band": ""}, (ReadTwice.UNSCORED,)),
        ({"danger_now": True}, (ReadTwice.DANGER,)),
        ({"strong_links": 1}, (ReadTwice.LINKED,)),
        ({"band": "A", "danger_now": True}, (ReadTwice.DANGER, ReadTwice.IMMEDIATE)),
    ],
)
def test_what_could_be_a_child_in_danger_is_read_twice_whatever_the_sample(facts, because):
    not_sampled = a_number(sampled=False)

    assert read_twice_because(standing(not_sampled, **facts), key=KEY, percent=PERCENT) == because


def test_a_sampled_report_is_read_twice_for_that_alone():
    assert read_twice_because(standing(a_number(sampled=True)), key=KEY, percent=PERCENT) == (
        ReadTwice.SAMPLE,
    )


def test_no_answer_tells_that_others_told_the_same_or_what_is_lawful():
    silent = {ClosingReason.DUPLICATE, ClosingReason.NO_OFFENCE, ClosingReason.NOT_ILLEGAL_HERE}

    assert {answer_to(reason) for reason in silent} == {ClosingAnswer.NOTHING_MORE}
    assert {answer_to(reason) for reason in ClosingReason} == set(ClosingAnswer)
