"""Which decisions a second person reads, at which rate, and what they may say: no database."""

import tomllib

import pytest

from havre.plumbing import ids
from havre.triage.reviews.rules.reading import AGAINST, Verdict, VerdictError, Why, check_verdict
from havre.triage.reviews.rules.sampling import (
    Decided,
    DecisionKind,
    is_drawn,
    read_sampling,
    sampling,
)

KEY, OTHER_KEY = bytes(32), bytes(31) + b"\x01"
RATES = """
version = "reviews/test"
everywhere = 5
days = 3
[[rate]]
band = "A"
percent = 10
[[rate]]
channel = "phone"
language = "other"
percent = 30
[[rate]]
band = "unscored"
percent = 0
"""


def decided(**facts) -> Decided:
    calm = {"kind": DecisionKind.REFERRAL, "band": "C", "channel": "ispws", "language": "en-CA"}
    return Decided(**(calm | facts))


@pytest.mark.parametrize(
    ("facts", "percent"),
    [
        ({}, 5),
        ({"band": "A"}, 10),
        ({"band": "A", "channel": "phone", "language": "uk"}, 30),
        ({"channel": "phone", "language": "fr"}, 5),
        ({"band": ""}, 0),
    ],
)
def test_the_highest_rate_that_fits_a_decision_counts(facts, percent):
    policy = read_sampling(tomllib.loads(RATES))
    assert policy.percent_of(decided(**facts)) == percent


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("percent = 10", "percent = 101"),
        ("percent = 10", "percent = true"),
        ("everywhere = 5", ""),
        ("days = 3", "days = 0"),
        ('band = "A"', 'band = "E"'),
        ('band = "A"', 'kind = "referal"'),
        ('band = "A"', 'person = "A"'),
        ('band = "A"', ""),
    ],
)
def test_a_policy_with_a_fault_is_refused_with_its_place(fault, named):
    with pytest.raises(ValueError, match=r"rate 1|sampling"):
        read_sampling(tomllib.loads(RATES.replace(fault, named, 1)))


def test_the_policy_that_ships_reads_lanes_and_what_is_urgent_more_often():
    policy = sampling()
    calm = policy.percent_of(decided())
    assert policy.percent_of(decided(band="A")) > calm
    assert policy.percent_of(decided(kind=DecisionKind.LANE)) > calm
    assert policy.percent_of(decided(language="uk")) > calm


def test_the_draw_is_as_large_as_it_says_and_only_the_key_tells_it():
    numbers = [ids.uuid7() for _ in range(4000)]

    drawn = [is_drawn(one, key=KEY, percent=20) for one in numbers]

    assert abs(sum(drawn) / 40 - 20) < 3
    assert drawn == [is_drawn(one, key=KEY, percent=20) for one in numbers]
    elsewhere = [is_drawn(one, key=OTHER_KEY, percent=20) for one in numbers]
    both = sum(a and b for a, b in zip(drawn, elsewhere, strict=True))
    assert both / 40 < 8


@pytest.mark.parametrize("kind", DecisionKind)
def test_whoever_disagrees_says_why_and_whoever_agrees_does_not(kind):
    check_verdict(kind, Verdict.AGREE, ())
    check_verdict(kind, Verdict.DISAGREE, AGAINST[kind])
    for verdict, why in ((Verdict.DISAGREE, ()), (Verdict.AGREE, AGAINST[kind][:1])):
        with pytest.raises(VerdictError):
            check_verdict(kind, verdict, why)


def test_a_lane_is_not_faulted_for_what_only_a_referral_can_be():
    with pytest.raises(VerdictError):
        check_verdict(DecisionKind.LANE, Verdict.DISAGREE, [Why.OTHER_AGENCY])
