"""Finding a referral or a report by an identifier or a number: at an agency, and at the desk."""

import pytest

from havre.agencies.rules.permits import Compartment, Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.actions import hush_value
from havre.identifiers.reads import token_of
from havre.identifiers.rules.words import Kind
from havre.plumbing import ids
from havre.plumbing.context import acting_as
from havre.referrals.finding import reads
from havre.referrals.finding.actions import search_referrals, search_reports
from tests import make
from tests.pages import assert_sound

HIS, REPORTERS = " Dock.Master@Example.com", "204-555-0142"
PEOPLE = (make.SUSPECT, make.REPORTER)


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def worker(harbor):
    return make.officer(harbor, Role.CHILD_WELFARE_WORKER)


@pytest.fixture
def sent(harbor, analyst):
    return make.referral(make.report(people=PEOPLE), to=harbor, by=analyst)


def references(found) -> list[str]:
    return [one.reference for one in found]


def test_a_worker_finds_what_was_sent_to_their_own_agency_and_nothing_else(sent, analyst, worker):
    valley = make.agency_by_code("valley-police")
    theirs = make.referral(make.report(people=PEOPLE), to=valley, by=analyst)
    make.report(people=PEOPLE)

    assert references(search_referrals(HIS, by=worker).telling) == [sent.reference]
    other = search_referrals(HIS, by=make.officer(valley))
    assert references(other.telling) == [theirs.reference]
    for number in (sent.reference, sent.report.reference):
        assert references(search_referrals(number, by=worker).numbered) == [sent.reference]
    for number in (theirs.reference, theirs.report.reference):
        assert search_referrals(number, by=worker).numbered == ()


def test_who_reported_is_found_by_the_desk_and_by_no_agency(sent, analyst, worker):
    assert search_referrals(REPORTERS, by=worker).telling == ()
    assert references(search_reports(REPORTERS, by=analyst).telling) == [sent.report.reference]


def test_the_desk_finds_its_reports_by_the_number_of_a_referral_too(sent, analyst):
    waiting = make.report(people=PEOPLE)

    assert references(search_reports(HIS, by=analyst).telling) == [
        waiting.reference,
        sent.report.reference,
    ]
    for number in (sent.reference, sent.report.reference):
        assert references(search_reports(number, by=analyst).numbered) == [sent.report.reference]


def test_the_desk_finds_nothing_of_a_compartment_that_is_not_held(analyst):
    closed = make.report(people=PEOPLE, compartment=Compartment.OWN_STAFF_NAMED)

    found = search_reports(HIS, by=analyst), search_reports(closed.reference, by=analyst)

    assert [(one.telling, one.numbered) for one in found] == [((), ())] * 2


def test_words_that_are_no_identifier_find_nothing(sent, analyst, worker):
    assert search_reports("ferries", by=analyst).telling == ()
    assert search_referrals("ferries", by=worker).telling == ()


def test_the_first_are_shown_and_that_there_are_more(harbor, analyst, worker, monkeypatch):
    monkeypatch.setattr(reads, "MOST_FOUND", 1)
    monkeypatch.setattr("havre.referrals.finding.actions.MOST_FOUND", 1)
    for _ in range(2):
        make.referral(make.report(people=PEOPLE), to=harbor, by=analyst)

    shown = make.browser(worker).post("/en/inbox/search", {"text": HIS}).content.decode()
    of_desk = make.browser(analyst).post("/fr/file/recherche", {"text": HIS}).content.decode()

    assert "Only the newest 1 are shown" in shown
    assert "Seuls les 1 plus récents" in of_desk


def test_what_was_typed_stands_in_no_log(sent, worker):
    search_referrals(HIS, by=worker)

    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.filter(event=Event.REPORTS_SEARCHED).get()
    assert line.details["rows"] == 1
    assert "master" not in str(line.details).lower()


@pytest.mark.parametrize(
    ("inbox", "title", "nothing"),
    [
        ("/en/inbox", "Find a referral", "Nothing that you may see"),
        ("/fr/reception", "Trouver une transmission", "Rien de ce que"),
    ],
)
def test_the_page_leads_from_the_inbox_to_the_referral(sent, worker, inbox, title, nothing):
    desk, page = (
        make.browser(worker),
        f"{inbox}/{'search' if inbox.startswith('/en') else 'recherche'}",
    )
    assert page in desk.get(inbox).content.decode()
    assert title in assert_sound(desk.get(page).content).text_content()

    found = assert_sound(desk.post(page, {"text": HIS}).content)
    none = assert_sound(desk.post(page, {"text": "204-555-0199"}).content)

    assert sent.reference in found.text_content()
    assert nothing in none.text_content()
    assert desk.post(page, {"text": " "}).status_code == 422


def test_a_value_that_is_kept_quiet_ties_nothing_at_the_desk(sent, analyst, worker):
    token = token_of(Kind.EMAIL, HIS.strip().lower())
    with acting_as(Station.PIPELINE.context):
        hush_value(token, cause=ids.uuid7(), by=Station.PIPELINE)

    assert search_reports(HIS, by=analyst).telling == ()
    assert references(search_referrals(HIS, by=worker).telling) == [sent.reference]
