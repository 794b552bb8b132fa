"""Paging at an agency: whoever is on call there is called for a referral in IMMEDIATE."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from havre.agencies.models import Officer
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, open_referral, return_report
from havre.referrals.later.actions import pass_words_on, take_words_back
from havre.referrals.sending.actions import undo_referral
from havre.triage.paging.actions import NotYoursToTakeError, acknowledge_page
from havre.triage.paging.models import Page
from havre.triage.paging.reads import page_waiting_for
from havre.triage.paging.rules.ladder import PageEnd, PageKind, PageState
from havre.triage.paging.rules.ways import Way
from havre.wiring.sweeps.paging import call_people
from tests import make
from tests.on_duty import (
    CALM,
    DANGER,
    MINUTE,
    NOW,
    TURN,
    built,
    house,
    on_call,
    pages,
    reached,
    told,
)
from tests.told import CALM as BOATS
from tests.told import TONIGHT, tell, words_of

__all__ = ["built", "house"]


class Station:
    """Who works at the police of the harbor: one on call, and their supervisor."""

    def __init__(self) -> None:
        self.agency = agency_by_code("harbor-police")
        with clock_set_to(NOW):
            self.duty = reached(make.officer(self.agency), "duty")
            self.chief = reached(make.officer(self.agency, Role.AGENCY_SUPERVISOR), "chief")


@pytest.fixture
def station(house) -> Station:
    station = Station()
    with clock_set_to(NOW):
        on_call(station.duty, station.chief)
    return station


def sent(station: Station, by: Officer, story: str = DANGER):
    report = told(story)
    with clock_set_to(NOW):
        return make.referral(report, to=station.agency, by=by)


def page_of(referral) -> Page:
    (page,) = [one for one in pages() if one.kind == PageKind.REFERRAL]
    assert page.reference == referral.reference
    return page


def test_first_whoever_is_on_call_there_then_their_supervisor_then_the_coordinator(house, station):
    referral = sent(station, house.first)

    turns = [house.called(NOW + n * TURN) for n in range(4)]

    assert turns == [["duty"], ["chief"], ["coordinator"], ["duty"]]
    assert page_of(referral).state is PageState.MISSED


def test_the_letter_names_the_referral_and_leads_to_the_inbox_and_tells_nothing(house, station):
    referral = sent(station, house.first)
    letters = []
    with clock_set_to(NOW):
        call_people({Way.EMAIL: letters.append})

    (letter,) = [one for one in letters if one.to.startswith("duty@")]
    assert letter.references == (referral.reference,)
    assert letter.address.endswith("/en/inbox")
    assert f"IMMEDIATE: {referral.reference}." in letter.text
    assert "Sign in and accept it, or return or decline it" in letter.text
    assert "danger" not in letter.text


@pytest.mark.parametrize("how", ["accepts", "returns", "undone"])
def test_once_it_is_answered_or_taken_back_nobody_more_is_called(house, station, how):
    referral = sent(station, house.first)
    assert house.called(NOW) == ["duty"]
    with clock_set_to(NOW + MINUTE):
        if how == "undone":
            undo_referral(referral.reference, by=house.first)
        else:
            # To open it is not to take it: a program opens too, and wakes nobody.
            open_referral(referral.reference, by=station.duty)
            assert house.called(NOW + MINUTE) == []
            assert page_of(referral).state is PageState.WAITING
        if how == "accepts":
            accept_referral(referral.reference, by=station.duty)
        if how == "returns":
            return_report(referral.reference, note="Not our harbor.", by=station.duty)

    assert house.called(NOW + 2 * TURN) == []
    assert page_of(referral).ended_because == PageEnd.ANSWERED


LISTS = {
    "en": ("/en/pages", "Its agency alone ends this, by its answer"),
    "fr": ("/fr/appels", "Seul son service y met fin, par sa réponse"),
}


@pytest.mark.parametrize("language", LISTS)
def test_the_coordinator_sees_it_and_does_not_end_the_calling(house, station, language):
    referral = sent(station, house.first)
    page, browser = page_of(referral), make.browser(house.coordinator)
    address, words = LISTS[language]

    seen = browser.get(address).content.decode()
    assert referral.reference in seen
    assert station.agency.name(language) in seen
    assert words in seen
    taking = reverse("acknowledge_page", kwargs={"page_id": page.pk})
    assert taking not in seen
    with pytest.raises(NotYoursToTakeError):
        acknowledge_page(page.pk, by=house.coordinator)
    with override(language):
        taking = reverse("acknowledge_page", kwargs={"page_id": page.pk})
    assert words in browser.post(taking, follow=True).content.decode()

    assert page_of(referral).state is PageState.WAITING
    assert house.called(NOW) == ["duty"]


def test_a_letter_to_the_coordinator_asks_to_reach_the_agency_and_not_to_take_it(house, station):
    referral = sent(station, house.first)
    letters = []
    for n in range(3):
        with clock_set_to(NOW + n * TURN):
            call_people({Way.EMAIL: letters.append})

    (letter,) = [one for one in letters if one.to.startswith("coordinator@")]
    assert letter.references == (referral.reference,)
    assert "reach somebody there" in letter.text
    assert "acknowledge" not in letter.text


def test_what_can_wait_and_an_agency_without_a_rota_call_nobody(house, station):
    sent(station, house.first, CALM)
    with clock_set_to(NOW):
        make.referral(told(), to=agency_by_code("valley-police"), by=house.first)

    assert [one for one in pages() if one.kind == PageKind.REFERRAL] == []


def test_a_referral_that_rises_to_immediate_calls_too(house, station):
    with clock_set_to(NOW):
        receipt = make.receipt()
        report = make.report(BOATS, holder=receipt)
        referral = make.referral(report, to=station.agency, by=house.first)
        assert [one for one in pages() if one.kind == PageKind.REFERRAL] == []
        tell(report, receipt, TONIGHT)
        words = words_of(report, by=house.first)
        pass_words_on(report.reference, messages=words, by=house.first)

    assert page_of(referral).agency == station.agency


def test_one_that_falls_out_of_immediate_calls_nobody_more(house, station):
    with clock_set_to(NOW):
        receipt = make.receipt()
        report = make.report(BOATS, holder=receipt)
        referral = make.referral(report, to=station.agency, by=house.first)
        tell(report, receipt, TONIGHT)
        words = words_of(report, by=house.first)
        pass_words_on(report.reference, messages=words, by=house.first)
    assert "duty" in house.called(NOW)
    with clock_set_to(NOW + MINUTE):
        take_words_back(report.reference, messages=words, by=house.first)

    later = [house.called(NOW + n * TURN) for n in (1, 2)]
    assert not {"duty", "chief"} & {name for names in later for name in names}
    assert page_of(referral).ended_because == PageEnd.LEFT_LANE


def test_an_agency_sees_its_own_page_and_the_desk_and_others_do_not(house, station):
    referral = sent(station, house.first)
    house.called(NOW)
    stranger = make.officer(agency_by_code("valley-police"))
    for officer, count in ((station.duty, 1), (stranger, 0), (house.first, 0)):
        with acting_as(officer.context):
            kind = PageKind.REFERRAL
            assert Page.objects.filter(kind=kind).count() == count
            assert Page.objects.visible_to(officer).filter(kind=kind).count() == count
    # The desk's own page for a report is another one, and neither ends the other.
    with acting_as(house.first.context):
        found = page_waiting_for(referral.report_id, actor=house.first)
    assert found is None or found.agency_id is None


def test_its_page_says_since_when_people_are_called(house, station):
    referral = sent(station, house.first)
    shown = make.browser(station.chief).get(f"/en/referrals/{referral.reference}")

    assert "People of your agency are being called" in shown.content.decode()
