"""An officer of the tipline takes a report down for somebody who calls, and reads the words out."""

import pytest
from django.test import Client

from havre.agencies.actions import load_agencies
from havre.agencies.models import Officer
from havre.agencies.reads import the_tipline
from havre.agencies.rules.directory import shipped_agencies
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake import models
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests.house.worlds import an_officer
from tests.pages import OWN_PAGE, assert_sound, hidden, words_on
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
EVERYTHING = Context(actor="station:test", scope=Scope.WORK)
CALL = {"happening": "meeting", "story": "She says that he asked her son to meet."}
PAGES = {"en": "/en/take-report", "fr": "/fr/recueillir"}


@pytest.fixture
def analyst() -> Officer:
    load_agencies(shipped_agencies(), by=Station.SET_UP)
    with acting_as(Station.SET_UP.context):
        tipline = the_tipline()
    return an_officer(tipline, Role.TIPLINE_ANALYST)


@pytest.fixture
def desk(analyst) -> Client:
    client = Client(HTTP_HOST="localhost")
    signed_in(analyst, client)
    return client


def taken(desk: Client, language: str = "en", **answers: str):
    token = hidden(desk.get(PAGES[language]).content, "token")
    return desk.post(PAGES[language], {"token": token, "channel": "phone", **CALL, **answers})


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("channel", ["phone", "mail", "agency"])
def test_a_call_or_a_letter_becomes_the_same_report_as_any_other(desk, analyst, language, channel):
    answer = taken(desk, language, channel=channel)

    tree = assert_sound(answer.content)
    with acting_as(EVERYTHING):
        (report,) = models.Report.objects.all()
        (line,) = Entry.objects.filter(event=Event.REPORT_TAKEN)
    assert (report.channel, report.language, report.quarantined) == (channel, language, False)
    assert report.reference in tree.text_content()
    assert (line.about, line.actor) == (report.reference, analyst.signature)


def test_the_words_read_out_open_the_report_for_the_caller(desk):
    words = " ".join(words_on(assert_sound(taken(desk).content)))
    caller = Client(HTTP_HOST="localhost")

    mine = caller.post("/en/come-back", {"words": words}, **OWN_PAGE)

    assert mine.status_code == 200
    assert "She says that he asked her son to meet." in mine.content.decode()


def test_what_is_missing_is_named_and_what_was_typed_stays(desk):
    answer = taken(desk, story="", town="Lakeport")

    tree = assert_sound(answer.content)
    assert answer.status_code == 422
    assert tree.xpath("//input[@name='town']/@value") == ["Lakeport"]
    assert len(tree.xpath("//p[@class='fault']")) == 1


def test_a_form_sent_twice_is_one_report_and_one_with_an_old_token_none(desk):
    token = hidden(desk.get(PAGES["en"]).content, "token")
    sent = {"channel": "phone", **CALL}
    pages = [desk.post(PAGES["en"], {**sent, "token": token}).content for _ in range(2)]
    late = desk.post(PAGES["en"], {**sent, "token": "nonsense"})

    assert words_on(assert_sound(pages[0])) == words_on(assert_sound(pages[1]))
    assert late.status_code == 422
    assert "open for a long time" in late.content.decode()
    with acting_as(EVERYTHING):
        assert models.Report.objects.count() == 1


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("phone", "Read these eight words out"),
        ("mail", "Print these eight words for the answer"),
        ("agency", "Give these eight words to the agency"),
    ],
)
def test_what_came_on_paper_is_kept_with_it_and_the_words_go_the_way_it_came(desk, channel, said):
    paper = {"came_from": "Harbor School", "their_number": "HS-12", "written_on": "1 November"}
    answer = taken(desk, channel=channel, **paper)

    assert said in assert_sound(answer.content).text_content()
    with acting_as(EVERYTHING):
        reference = models.Report.objects.get().reference
    page = assert_sound(desk.get(f"/en/reports/{reference}").content).text_content()
    for told in paper.values():
        assert told in page
