"""A test to oneself: by every way that was named, and what became of each is seen."""

import json

import pytest

from havre.agencies.reads import agency_by_code
from havre.audit.rules import Event, Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.triage.paging.actions import ask_for_test, set_reach, write_page
from havre.triage.paging.models import Page
from havre.triage.paging.reads import reach_of
from havre.triage.paging.rules.ways import Way
from havre.wiring.sweeps.paging import call_people
from tests import make
from tests.on_duty import MINUTE, NOW, SECOND, built, events_of_officer, house, reached
from tests.pages import assert_sound
from tests.plans import nodes

__all__ = ["built", "house"]


def results(house) -> dict[str, str]:
    with acting_as(Station.PIPELINE.context):
        return reach_of(house.first).test_results


def test_it_goes_by_every_way_to_oneself_alone_and_says_that_it_is_one(house):
    reached(house.first, "first", phone="+12045550142")
    with clock_set_to(NOW):
        assert ask_for_test(by=house.first) == (Way.EMAIL, Way.SMS)
        call_people({Way.EMAIL: house.mail, Way.SMS: house.sms})
    (mail,), (sms,) = house.mail.letters, house.sms.letters
    assert (mail.to, sms.to) == ("first@example.com", "+12045550142")
    assert mail.text.startswith("This is a test.")
    assert "Ceci est un essai." in mail.text
    assert results(house) == {"email": "", "sms": ""}
    house.mail.to()
    assert house.called(NOW + MINUTE) == [], "it goes out once"


def test_it_leads_where_a_page_would_lead(house):
    detective = reached(make.officer(agency_by_code("harbor-police")), "detective")
    with clock_set_to(NOW):
        ask_for_test(by=house.first)
        ask_for_test(by=detective)
        call_people({Way.EMAIL: house.mail})

    leads = {one.to.partition("@")[0]: one.address for one in house.mail.letters}
    assert leads["first"].endswith("/en/pages")
    assert leads["detective"].endswith("/en/inbox")


def test_a_way_that_fails_is_seen_and_the_others_go_out(house):
    reached(house.first, "first", phone="+12045550142")
    house.sms.fails_as = "http-503"
    with clock_set_to(NOW):
        ask_for_test(by=house.first)
    assert house.called(NOW) == ["first"]
    assert results(house) == {"email": "", "sms": "http-503"}
    page = make.browser(house.first).get("/en/reach-me").content
    said = assert_sound(page).text_content()
    assert "did not go out" in said
    assert "http-503" in said


def test_nobody_tries_without_a_way_or_twice_a_minute(house):
    with clock_set_to(NOW):
        set_reach(email="", phone="", webhook="", new_secret=False, by=house.second)
        assert ask_for_test(by=house.second) == ()
        assert ask_for_test(by=house.first) == (Way.EMAIL,)
    with clock_set_to(NOW + MINUTE - SECOND):
        assert ask_for_test(by=house.first) == ()
    with clock_set_to(NOW + MINUTE):
        assert ask_for_test(by=house.first) == (Way.EMAIL,)


def test_the_log_says_which_ways_were_tried_and_not_where_they_lead(house):
    with clock_set_to(NOW):
        ask_for_test(by=house.first)
    house.called(NOW)
    lines = events_of_officer(house.first)
    assert [event for event, _ in lines][-2:] == [Event.REACH_TRIED, Event.REACH_TESTED]
    assert "example.com" not in str(lines)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_officer_presses_a_button_and_reads_what_became_of_it(house, language):
    at = {"en": "/en/reach-me", "fr": "/fr/me-joindre"}[language]
    browser = make.browser(house.first)
    said = browser.post(f"{at}/{ {'en': 'test', 'fr': 'essai'}[language] }", follow=True)
    assert {"en": "Load this page again", "fr": "Rechargez cette page"}[
        language
    ] in said.content.decode()
    call_people({Way.EMAIL: house.mail})
    page = assert_sound(browser.get(at).content).text_content()
    assert {"en": "look whether it arrived", "fr": "arrivé"}[language] in page


@pytest.mark.usefixtures("db")
def test_the_page_of_a_report_reads_no_other_report():
    """As a list, every report that the desk sees was read for it: a second among a million."""
    make.directory()
    analyst, reports = make.analyst(), [make.report() for _ in range(3)]
    with acting_as(Station.PIPELINE.context):
        write_page(reports[0].pk, by=Station.PIPELINE)
    with acting_as(analyst.context):
        found = Page.objects.visible_to(analyst).filter(report=reports[0])
        plan = found.explain(format="json", analyze=True)
        assert found.exists()
    read = [node for node in nodes(json.loads(plan)[0]["Plan"]) if node.get("Alias") == "u0"]
    assert [node["Actual Rows"] * node["Actual Loops"] for node in read] == [1]
