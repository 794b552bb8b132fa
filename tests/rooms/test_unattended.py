"""An unattended queue: somebody is called when reports wait and nobody looks, step by step."""

from datetime import timedelta

import pytest

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.referrals.sending.actions import open_for_desk
from havre.triage.actions import claim_report
from havre.triage.models import QueueItem
from havre.triage.overrides.actions import set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.paging.actions import acknowledge_page
from havre.triage.paging.models import Page
from havre.triage.paging.reads import paging_policy
from havre.triage.paging.rules.ladder import PageEnd, PageKind, PageState
from havre.triage.paging.rules.unattended import is_unattended
from havre.triage.paging.rules.ways import Way
from havre.triage.rules.ranks import RANKS
from havre.triage.rules.words import Band
from havre.wiring.sweeps.paging import call_people
from tests.on_duty import CALM, MINUTE, NOW, SECOND, TURN, built, house, told

__all__ = ["built", "house"]

SOON, TODAY = paging_policy().unattended_immediate, paging_policy().unattended_today


def alarms() -> list[Page]:
    with acting_as(Station.PIPELINE.context):
        return list(Page.objects.filter(kind=PageKind.UNATTENDED).order_by("id"))


@pytest.fixture
def waiting(house):
    """A report that must be read today waits since NOW."""
    report = told(CALM)
    with clock_set_to(NOW):
        set_lane(
            report.reference,
            to=Band.B,
            reason=OverrideReason.CONTEXT,
            note="The school called.",
            by=house.second,
        )
    return report


@pytest.fixture
def acknowledged(house):
    """An immediate report, whose page the first one took, and then did nothing."""
    report = told()
    assert house.called(NOW) == ["first"]
    with acting_as(Station.PIPELINE.context):
        page = Page.objects.get(report=report)
    with clock_set_to(NOW):
        acknowledge_page(page.pk, by=house.first)
    return report


def test_whoever_is_on_call_hears_when_nobody_has_looked_for_so_long(house, waiting):
    assert house.called(NOW + TODAY - SECOND) == []
    assert alarms() == []
    assert house.called(NOW + TODAY) == ["first"]
    (alarm,) = alarms()
    assert (alarm.state, alarm.report_id, alarm.reference) == (PageState.WAITING, None, "")


def test_what_is_immediate_waits_a_shorter_time(house, acknowledged):
    assert house.called(NOW + SOON - SECOND) == []
    assert house.called(NOW + SOON) == ["first"]


def test_then_the_next_then_the_supervisors_then_the_coordinator(house, waiting):
    called = [house.called(NOW + TODAY + step * TURN) for step in range(5)]
    assert called == [["first"], ["second"], ["supervisor"], ["coordinator"], ["first"]]
    assert alarms()[0].state is PageState.MISSED


def test_whoever_acknowledges_has_the_same_time_again(house, waiting):
    house.called(NOW + TODAY)
    answered = NOW + TODAY + MINUTE
    with clock_set_to(answered):
        acknowledge_page(alarms()[0].pk, by=house.first)
    assert house.called(answered + TURN) == []
    assert house.called(answered + TODAY - SECOND) == []
    assert house.called(answered + TODAY) == ["first"]
    assert [alarm.state for alarm in alarms()] == [PageState.ACKNOWLEDGED, PageState.WAITING]


@pytest.mark.parametrize("act", [open_for_desk, claim_report], ids=["opened", "claimed"])
def test_it_ends_when_anybody_opens_or_claims_a_report(house, waiting, act):
    house.called(NOW + TODAY)
    with clock_set_to(NOW + TODAY + MINUTE):
        act(waiting.reference, by=house.second)
    assert house.called(NOW + TODAY + TURN) == [], "the next one is not called"
    (alarm,) = alarms()
    assert (alarm.state, alarm.ended_because) == (PageState.ENDED, PageEnd.ATTENDED)


def test_it_ends_when_nothing_urgent_waits_any_more(house, waiting):
    house.called(NOW + TODAY)
    with acting_as(Station.PIPELINE.context):
        QueueItem.objects.filter(report=waiting).update(rank=RANKS[Band.D])
    assert house.called(NOW + TODAY + TURN) == []
    assert alarms()[0].ended_because == PageEnd.ATTENDED


def test_whoever_looks_at_anything_keeps_the_alarm_away(house, waiting):
    other = told(CALM)
    looked = NOW + TODAY - MINUTE
    with clock_set_to(looked):
        open_for_desk(other.reference, by=house.second)
    assert house.called(NOW + TODAY) == []
    assert house.called(looked + TODAY) == ["first"]


def test_what_is_in_hand_or_called_for_already_raises_no_second_alarm(house, waiting):
    told()
    with clock_set_to(NOW + TODAY - MINUTE):
        claim_report(waiting.reference, by=house.second)
    for step in range(4):
        house.called(NOW + TODAY + SOON + step * MINUTE)
    assert alarms() == []


def test_what_can_wait_raises_none_however_long_nobody_looks(house):
    told(CALM)
    assert house.called(NOW + timedelta(days=1)) == []
    assert alarms() == []


def test_the_letter_says_why_and_nothing_of_what_waits(house, waiting):
    with clock_set_to(NOW + TODAY):
        call_people({Way.EMAIL: house.mail})
    (letter,) = house.mail.letters
    assert "Nobody has opened or claimed a report for some time" in letter.text
    assert "ouvert ni pris de signalement" in letter.text
    assert waiting.reference not in letter.text
    assert letter.references == ()


def test_each_step_stands_in_the_log(house, waiting):
    house.called(NOW + TODAY)
    with clock_set_to(NOW + TODAY + MINUTE):
        acknowledge_page(alarms()[0].pk, by=house.first)
    with acting_as(Station.PIPELINE.context):
        lines = Entry.objects.filter(about=str(alarms()[0].pk)).order_by("id")
        told_of = list(lines.values_list("event", flat=True))
    assert told_of == [
        Event.PAGE_WRITTEN,
        Event.PAGE_CALLED,
        Event.PAGE_SENT,
        Event.PAGE_ACKNOWLEDGED,
    ]


def test_the_rule_of_what_is_unattended():
    def at(minutes: int, *looks: int | None) -> bool:
        moments = [None if look is None else NOW + look * MINUTE for look in looks]
        now = NOW + minutes * MINUTE
        return is_unattended(NOW, looks=moments, patience=10 * MINUTE, now=now)

    assert (at(9), at(10), at(10, None)) == (False, True, True)
    assert (at(10, 1), at(11, 1), at(11, -5, None)) == (False, True, True)
