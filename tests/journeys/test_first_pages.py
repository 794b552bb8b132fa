"""Pages that belong to no room: the choice of language, the way out, errors, a lost database."""

from datetime import UTC, datetime

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils.translation import activate, override

from havre.wiring.headers import HEADERS
from havre.wiring.promises import emergency_in, promises_in, written_number
from havre.wiring.templatetags.public import public_date, public_moment
from havre.wiring.views import database_is_away, went_wrong
from tests.pages import assert_sound


@pytest.fixture
def client():
    return Client(HTTP_HOST="localhost")


@pytest.mark.parametrize(
    ("asked", "given"),
    [("fr-CA,fr;q=0.9", "/fr/"), ("en-CA", "/en/"), ("de", "/en/"), ("", "/en/")],
)
def test_the_first_door_follows_the_browser_and_sets_no_cookie(client, asked, given):
    answer = client.get("/", HTTP_ACCEPT_LANGUAGE=asked)

    assert (answer.status_code, answer["Location"]) == (302, given)
    assert "Accept-Language" in answer["Vary"]
    assert not answer.cookies


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_language_typed_without_its_slash_leads_to_its_first_page(client, language):
    answer = client.get(f"/{language}", HTTP_ACCEPT_LANGUAGE="de")

    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")


@pytest.mark.parametrize(
    ("asked", "weather"), [("fr-CA", "https://meteo.gc.ca/"), ("en", "https://weather.gc.ca/")]
)
def test_leaving_clears_the_browser_and_shows_the_weather(client, asked, weather):
    answer = client.get("/exit", HTTP_ACCEPT_LANGUAGE=asked)

    assert (answer.status_code, answer["Location"]) == (303, weather)
    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    assert answer["Cache-Control"] == "no-store"


def test_every_answer_has_the_strict_headers_and_only_styles_may_be_stored(client):
    page, style = client.get("/en/"), client.get("/static/none.css")
    for answer in (page, style):
        assert HEADERS.items() <= dict(answer.items()).items()
    assert page["Cache-Control"] == "no-store"
    assert style.headers.get("Cache-Control") != "no-store"


def test_the_way_out_can_lead_elsewhere(client, settings):
    settings.EXIT_URL = "https://example.com/news"

    assert client.get("/exit")["Location"] == "https://example.com/news"


def test_a_public_page_asks_nothing_of_the_database(client):
    # Without the database mark, any query fails the test.
    for address in ("/en/", "/fr/securite", "/en/report", "/fr/revenir", "/en/nowhere"):
        assert_sound(client.get(address).content)


def test_the_first_page_and_its_styles_weigh_less_than_forty_thousand_bytes(client):
    page = assert_sound(client.get("/fr/").content)
    files = page.xpath("//link[@rel='stylesheet']/@href")

    weights = [len(b"".join(client.get(file).streaming_content)) for file in files]

    assert len(weights) == 2
    assert sum(weights) + len(client.get("/fr/").content) < 40_000


def posted(address, **answers):
    activate("en")
    request = RequestFactory(HTTP_HOST="localhost").post(address, answers)
    request.resolver_match = resolve(address)
    return request


@pytest.mark.parametrize(("page", "status"), [(database_is_away, 503), (went_wrong, 500)])
def test_a_report_that_could_not_be_taken_in_stays_in_the_page(page, status):
    answer = page(posted("/en/report", story="He asked me to meet.", token="abc"))

    tree = assert_sound(answer.content)
    assert answer.status_code == status
    assert tree.xpath("//input[@name='story']/@value") == ["He asked me to meet."]
    assert tree.xpath("//form/@action") == ["/en/report"]
    assert b"R-" not in answer.content


def test_a_password_is_never_put_into_an_error_page():
    answer = went_wrong(posted("/en/sign-in", password="example-only"))

    assert b"example-only" not in answer.content


def test_without_the_database_the_page_names_whom_to_call_in_every_region():
    answer = database_is_away(posted("/en/report"))

    text = assert_sound(answer.content).text_content()
    for number in emergency_in("en"):
        assert number.name in text
        assert number.number in text


def test_promises_have_an_owner_a_date_and_both_languages():
    english, french = promises_in("en"), promises_in("fr")

    assert english.keys() == french.keys()
    for key, promise in english.items():
        assert promise.owner
        assert promise.as_of.year >= 2026
        assert promise.text
        assert french[key].text not in {"", promise.text}


@pytest.mark.parametrize(
    ("number", "language", "written"),
    [
        ("1-800-555-0100", "fr", "1\N{NO-BREAK SPACE}800\N{NO-BREAK SPACE}555-0100"),
        ("204-555-0142", "fr", "204\N{NO-BREAK SPACE}555-0142"),
        ("204-555-0142", "en", "204-555-0142"),
        ("988", "fr", "988"),
    ],
)
def test_a_number_is_written_as_each_language_writes_it(number, language, written):
    assert written_number(number, language) == written


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("en", "Saturday, 2026-11-28 at 2:31 p.m. (EST)"),
        ("fr", "samedi 28 novembre 2026 à 14 h 31 (HNE)"),
    ],
)
def test_a_moment_is_written_as_each_language_writes_it(language, read):
    with override(language):
        written = public_moment(datetime(2026, 11, 28, 19, 31, tzinfo=UTC))

    assert written.replace("\N{NO-BREAK SPACE}", " ") == read


def test_the_first_of_a_month_is_said_as_such_in_french():
    with override("fr"):
        day = public_date(datetime(2026, 11, 28, 19, 31, tzinfo=UTC), days=3)

    assert day.replace("\N{NO-BREAK SPACE}", " ") == "mardi 1er décembre 2026"
