"""Paging: who is called when a report cannot wait, rung by rung; what is seen when nobody is."""

from datetime import timedelta

import pytest
from django.db import connection

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Compartment
from havre.agencies.staff.actions import close_officer
from havre.audit.rules import Event, Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.triage.actions import claim_report, score_report
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.overrides.actions import confirm_lane, end_lane, set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.paging.actions import (
    LOCK,
    PRIORITY,
    TASK,
    NotWaitingError,
    acknowledge_page,
)
from havre.triage.paging.models import Page
from havre.triage.paging.reads import paging_policy
from havre.triage.paging.rules.ladder import PageState
from havre.triage.paging.rules.ways import Way
from havre.triage.rules.words import Band
from havre.wiring.route import place, walk
from havre.wiring.sweeps.paging import call_people
from tests import make
from tests.house.callers import undone
from tests.on_duty import (
    CALM,
    MINUTE,
    NOW,
    SECOND,
    TURN,
    built,
    events_of,
    house,
    pages,
    told,
)

__all__ = ["built", "house"]

# ------------------------------------------------------------------ what calls somebody


def test_a_report_that_comes_into_immediate_calls_once_in_one_transaction(house):
    report = told(walks=False)
    with acting_as(Station.PIPELINE.context):
        assert not Page.objects.exists()

    with clock_set_to(NOW):
        with undone():
            place(report.pk)
            assert len(pages()) == 1
        assert pages() == []
        place(report.pk)
        walk(report.pk)
        score_report(report.pk, by=Station.PIPELINE)

    (page,) = pages()
    assert (page.reference, page.report_id) == (report.reference, report.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT priority, lock, args FROM procrastinate_jobs WHERE task_name = %s", [TASK]
        )
        assert [(row[0], row[1]) for row in cursor.fetchall()] == [(PRIORITY, LOCK)]


def test_a_report_that_can_wait_calls_nobody(house):
    told(CALM)

    assert pages() == []
    assert house.called(NOW) == []


@pytest.mark.parametrize("walks", [True, False], ids=["scored", "unscored"])
def test_a_report_that_an_analyst_raises_calls_too(house, walks):
    report = told(CALM, walks=walks)
    if not walks:
        with clock_set_to(NOW):
            place(report.pk)
    with clock_set_to(NOW):
        set_lane(
            report.reference,
            to=Band.A,
            reason=OverrideReason.CONTEXT,
            note="The school called.",
            by=house.second,
        )

    assert [page.report_id for page in pages()] == [report.pk]
    assert house.called(NOW) == ["first"]


def test_a_report_that_leaves_the_lane_calls_nobody_more_and_calls_anew_when_it_comes_back(house):
    report = told()
    told_why = {"reason": OverrideReason.CONTEXT, "note": "The school called."}
    with clock_set_to(NOW):
        set_lane(report.reference, to=Band.C, **told_why, by=house.first)
        assert pages()[0].state is PageState.WAITING, "a lowering that waits lowers nothing"
        confirm_lane(report.reference, by=house.second)
    assert pages()[0].state is PageState.ENDED
    assert house.called(NOW) == []

    with clock_set_to(NOW + MINUTE):
        end_lane(report.reference, by=house.first)
    assert [page.state for page in pages()] == [PageState.ENDED, PageState.WAITING]
    assert house.called(NOW + MINUTE) == ["first"]


def test_a_report_that_is_dealt_with_calls_nobody_more(house):
    report = told()
    house.called(NOW)
    with clock_set_to(NOW + MINUTE):
        no_offence = ClosingReason.NO_OFFENCE
        close_report(report.reference, reason=no_offence, note="Boats.", by=house.second)

    assert pages()[0].state is PageState.ENDED
    assert house.called(NOW + TURN) == []


# ------------------------------------------------------------------ the ladder, step by step


def test_first_whoever_is_on_call_longest_then_the_other_then_supervisor_then_coordinator(house):
    told()

    assert house.called(NOW) == ["first"]
    assert house.called(NOW + TURN - SECOND) == []
    assert house.called(NOW + TURN) == ["second"]
    assert house.called(NOW + 2 * TURN) == ["supervisor"]
    assert house.called(NOW + 3 * TURN) == ["coordinator"]
    assert pages()[0].missed_at is None


def test_a_page_that_nobody_took_is_missed_and_its_ladder_begins_again(house):
    report = told()
    for turn in range(4):
        house.called(NOW + turn * TURN)

    assert house.called(NOW + 4 * TURN) == ["first"]
    (page,) = pages()
    assert page.state is PageState.MISSED
    assert page.missed_at == NOW + 4 * TURN
    assert report.reference in page_text(house.first)
    assert house.called(NOW + 5 * TURN) == ["second"]


def page_text(officer: Officer) -> str:
    browser = make.browser(officer)
    queue = browser.get("/en/queue").content.decode()
    assert "nobody has taken it" in queue
    return browser.get("/en/pages").content.decode()


@pytest.mark.parametrize("who", ["first", "second", "supervisor", "coordinator"])
def test_whoever_acknowledges_nobody_else_is_called(house, who):
    report = told()
    house.called(NOW)
    with clock_set_to(NOW + MINUTE):
        acknowledge_page(pages()[0].pk, by=getattr(house, who))

    # Until the queue counts as one that nobody looks at: tests/rooms/test_unattended.py.
    turns = range(1, 1 + paging_policy().unattended_immediate // TURN)
    assert [house.called(NOW + turn * TURN) for turn in turns] == [[]] * len(turns)
    assert pages()[0].acknowledged_by_id == getattr(house, who).pk
    assert events_of(report).count(Event.PAGE_ACKNOWLEDGED) == 1
    with clock_set_to(NOW + MINUTE), pytest.raises(NotWaitingError):
        acknowledge_page(pages()[0].pk, by=house.second)


def test_a_missed_page_that_is_taken_is_red_no_more(house):
    told()
    for turn in range(5):
        house.called(NOW + turn * TURN)
    with clock_set_to(NOW + 5 * TURN):
        acknowledge_page(pages()[0].pk, by=house.supervisor)

    assert "nobody has taken it" not in make.browser(house.first).get("/en/queue").content.decode()


def test_whoever_takes_the_report_in_hand_has_taken_its_page(house):
    report = told()
    house.called(NOW)
    with clock_set_to(NOW + MINUTE):
        claim_report(report.reference, by=house.second)

    assert pages()[0].acknowledged_by_id == house.second.pk
    assert house.called(NOW + TURN) == []


def test_when_nobody_is_on_call_the_supervisor_is_called_at_once_and_it_is_said(house):
    night = NOW + timedelta(hours=12)
    told(at=night)
    with clock_set_to(night):
        call_people({Way.EMAIL: house.mail})

    (letter,) = house.mail.letters
    assert letter.to == "supervisor@example.com"
    assert "Nobody is on call." in letter.text
    assert "est de garde." in letter.text
    assert pages()[0].nobody_on_call
    house.mail.to()
    assert house.called(night + TURN) == ["coordinator"]


def test_whoever_holds_no_key_to_the_compartment_is_not_called(house):
    told(compartment=Compartment.TRAFFICKING)

    assert house.called(NOW) == ["coordinator"]
    assert pages()[0].nobody_on_call


def test_whoever_is_let_in_no_more_is_not_called(house):
    close_officer(house.first.pk, by=Station.SET_UP)
    told()

    assert house.called(NOW) == ["second"]
