"""What the house measures of itself: ranking, routing and waiting."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.oversight.actions import read_measures
from havre.oversight.rules import Share, out_of_order
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, open_referral, record_outcome, return_report
from havre.referrals.rules.outcomes import Disposition, Insufficiency
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from tests import make
from tests.pages import assert_sound


@given(some.integers(1, 5000), some.floats(0, 1))
def test_a_share_lies_within_its_range(whole, part):
    share = Share(round(part * whole), whole)
    assert 0 <= share.low <= share.percent <= share.high <= 100


def test_a_share_of_more_is_surer():
    few, many = Share(3, 10), Share(300, 1000)
    assert few.percent == many.percent == 30
    assert many.high - many.low < few.high - few.low


def test_a_share_of_nothing_is_no_number():
    assert Share(0, 0).percent is None


def test_lanes_are_called_out_of_order_only_when_chance_cannot_explain_it():
    surely = {"A": Share(10, 100), "B": Share(60, 100), "C": Share(5, 100)}
    perhaps = {"A": Share(1, 4), "B": Share(3, 4), "C": Share(0, 0)}
    assert out_of_order(surely) == [("A", "B")]
    assert out_of_order(perhaps) == []


@pytest.fixture
def desk(db):
    harbor = make.directory()
    return (
        harbor,
        make.analyst(),
        make.officer(harbor),
        make.officer(the_tipline(), Role.SUPERVISOR),
    )


def answer(referral, detective, disposition, **facts) -> None:
    open_referral(referral.reference, by=detective)
    accept_referral(referral.reference, by=detective)
    record_outcome(referral.reference, disposition=disposition, by=detective, **facts)


def test_outcomes_returns_and_waits_are_counted_by_lane_and_agency(desk):
    harbor, analyst, detective, supervisor = desk
    sent = [make.referral(make.report(), to=harbor, by=analyst) for _ in range(4)]
    answer(sent[0], detective, Disposition.UNDER_INVESTIGATION)
    answer(sent[1], detective, Disposition.INSUFFICIENT, insufficiency=Insufficiency.NO_IDENTIFIER)
    open_referral(sent[2].reference, by=detective)
    return_report(sent[2].reference, note="Not ours.", by=detective)
    make.report()

    found = read_measures(30, by=supervisor)

    lane = next(lane for lane in found.lanes if lane.sent)
    assert (lane.sent, lane.answered) == (4, 2)
    assert lane.actionable == Share(1, 2)
    assert dict(lane.outcomes) == {"under-investigation": 1, "insufficient": 1}
    assert lane.to_sent.total_seconds() >= 0
    assert lane.to_accepted.total_seconds() >= 0
    (agency,) = found.agencies
    assert (agency.agency, agency.sent, agency.misrouted) == (harbor, 4, Share(1, 4))
    (origin,) = found.origins
    assert origin.total == 5
    assert sum(share.part for _, share in origin.shares) == 5


def test_what_was_closed_is_ranked_by_door_and_language_too(desk):
    _, analyst, _, supervisor = desk
    make.report()
    for report in (make.report(language="fr"), make.report(language="fr")):
        why = {"reason": ClosingReason.NO_OFFENCE, "note": "Boats."}
        close_report(report.reference, **why, by=analyst)

    def ranked():
        origins = read_measures(30, by=supervisor).origins
        return {one.language: sum(share.part for _, share in one.shares) for one in origins}

    assert ranked() == {"en": 1, "fr": 2}


def test_a_later_answer_takes_the_place_of_an_earlier_one(desk):
    harbor, analyst, detective, supervisor = desk
    referral = make.referral(make.report(), to=harbor, by=analyst)
    answer(referral, detective, Disposition.UNDER_INVESTIGATION)
    record_outcome(referral.reference, disposition=Disposition.UNFOUNDED, by=detective)

    lane = next(lane for lane in read_measures(30, by=supervisor).lanes if lane.sent)

    assert (lane.answered, dict(lane.outcomes)) == (1, {"unfounded": 1})


def test_the_page_shows_words_for_lanes_and_answers_in_both_languages(desk):
    harbor, analyst, detective, supervisor = desk
    referral = make.referral(make.report(), to=harbor, by=analyst)
    answer(referral, detective, Disposition.UNFOUNDED)
    page = make.browser(supervisor)
    for address, lane, word in (
        ("/en/measures?days=365", "Today", "Unfounded"),
        ("/fr/mesures", "Aujourd", "Sans fondement"),
    ):
        answered = page.get(address)
        assert_sound(answered.content)
        assert lane in answered.content.decode()
        assert word in answered.content.decode()


def test_an_empty_house_says_so_and_a_senseless_period_is_the_middle_one(desk):
    *_, supervisor = desk
    with translation.override("en"):
        answered = make.browser(supervisor).get("/en/measures?days=soon")
    assert_sound(answered.content)
    assert "Nothing was ranked or sent" in answered.content.decode()


def test_looking_at_the_measures_is_a_line(desk):
    read_measures(90, by=desk[3])
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.filter(event=Event.MEASURES_READ).get()
    assert line.details == {"days": 90}
