"""Whoever acts from a place is the person they are at home, and no second one."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from havre.agencies.models import Officer
from havre.agencies.reads import agency_by_code, the_tipline
from havre.agencies.rules.permits import Role
from havre.agencies.secondments import actions
from havre.agencies.secondments.rules import Refusal
from havre.audit.rules import Station
from havre.cases.leaving.reads import who_takes_over
from havre.identifiers.rules.words import Kind
from havre.links.silent.actions import Asked, ask_for_silent_watch, decide_silent_watch
from havre.links.silent.rules import NotToBeDecidedError
from havre.links.watches.reads import today
from havre.links.watches.rules import Authority
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral, read_inbox
from havre.referrals.models import Referral
from havre.referrals.sending.actions import note_conflict
from havre.triage.closing.actions import close_report, confirm_closing
from havre.triage.closing.rules import ClosingReason, SamePersonError
from havre.triage.overrides.actions import confirm_lane, set_lane
from havre.triage.overrides.rules import OverrideReason, OwnOverrideError
from havre.triage.policies.actions import (
    activate_policy,
    change_policy,
    draft_policy,
    propose_policy,
    read_policy,
)
from havre.triage.policies.rules.words import Change, OwnPolicyError, What
from havre.triage.reviews.actions import read_reviews, write_review
from havre.triage.reviews.models import Review
from havre.triage.reviews.rules.reading import Verdict
from havre.triage.rules.words import Band
from tests import make
from tests.lending import (
    NOW,
    Town,
    a_town,
    place_at,
    refused,
)

DANGER = "I am 14 and I am in danger now, he is in the house."


@pytest.fixture
def town(db) -> Iterator[Town]:
    with clock_set_to(NOW):
        yield a_town()


@pytest.fixture
def twice(town) -> tuple[Officer, Officer]:
    """Two places of one person at the tipline, as of whoever was lent there before."""
    first, second = (
        place_at(town.detective, the_tipline(), Role.TIPLINE_ANALYST) for _turn in range(2)
    )
    return first, second


def test_nobody_grants_from_a_place_what_they_asked_for_at_home(town):
    away = place_at(town.detective, agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)
    terms = Asked(until=today() + timedelta(days=60), authority=Authority.DUTY, reason="Ours.")
    watch = ask_for_silent_watch(
        "grebe@example.com", kind=Kind.EMAIL, terms=terms, by=town.detective
    )
    with pytest.raises(NotToBeDecidedError):
        decide_silent_watch(watch.reference, refusal=None, by=away)


def test_nobody_is_the_second_reader_of_themselves(twice):
    first, second = twice
    closed = make.report(DANGER)
    close_report(
        closed.reference,
        reason=ClosingReason.INSUFFICIENT,
        note="Boats.",
        tells_reporter=True,
        by=first,
    )
    with pytest.raises(SamePersonError):
        confirm_closing(closed.reference, by=second)
    lowered = make.report(DANGER)
    set_lane(lowered.reference, to=Band.C, reason=OverrideReason.MISSED, note="Boats.", by=first)
    with pytest.raises(OwnOverrideError):
        confirm_lane(lowered.reference, by=second)


def test_nobody_reads_what_was_drawn_of_themselves(town, twice, monkeypatch):
    monkeypatch.setattr("havre.triage.reviews.drawing.is_drawn", lambda *_, **__: True)
    first, second = twice
    make.referral(make.report(), to=town.harbor, by=first)
    with acting_as(Station.PIPELINE.context):
        review = Review.objects.get()
    assert read_reviews(by=second).waiting == 0
    with pytest.raises(Review.DoesNotExist):
        write_review(review.pk, verdict=Verdict.AGREE, by=second)
    assert read_reviews(by=make.analyst()).waiting == 1


def test_nobody_puts_their_own_policy_in_force(twice):
    first, second = twice
    draft = draft_policy(by=first)
    raised = Change(what=What.FACTOR, id="child-past", new={"lane": "A"})
    change_policy(draft.pk, raised, by=first)
    assert read_policy(draft.pk, by=second) == draft
    propose_policy(draft.pk, reason="What we saw in spring.", by=first)
    with pytest.raises(OwnPolicyError):
        activate_policy(draft.pk, by=second)


def test_nobody_asks_from_a_place_that_their_own_time_goes_on(town):
    agreed = town.lend()
    leads = place_at(town.detective, town.valley, Role.AGENCY_SUPERVISOR)
    last = date(2026, 12, 20)
    assert refused(actions.ask_renewal, agreed.pk, last=last, by=leads) is Refusal.ONESELF


def test_a_conflict_of_interest_at_home_binds_wherever_one_acts(town):
    town.lend()
    place, analyst = town.place(), make.analyst()
    told = make.report()
    referral = make.referral(told, to=town.valley, by=analyst)
    other = make.referral(make.report(), to=town.valley, by=analyst)
    note_conflict(told, agency=town.harbor, by=analyst)
    with pytest.raises(Referral.DoesNotExist):
        open_referral(referral.reference, by=place)
    assert [row.referral for row in read_inbox(by=place).rows] == [other]
    assert len(read_inbox(by=town.receiver).rows) == 2
    assert open_referral(referral.reference, by=town.receiver).referral == referral


def test_a_guest_takes_nothing_over_for_the_host(town):
    town.lend()
    guest = place_at(town.lender, town.valley, Role.AGENCY_SUPERVISOR)
    with acting_as(Station.SET_UP.context):
        Officer.objects.filter(pk=guest.pk).update(joined_at=NOW - timedelta(days=9))
    assert who_takes_over(town.place()) == town.receiver
