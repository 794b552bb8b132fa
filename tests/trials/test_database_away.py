"""PostgreSQL is away: what people see, what they keep, and that they can go on after it."""

from html import unescape

import pytest

from tests.trials.house_under_fire import ON_AN_ERROR_PAGE, House, fetch, until
from tests.trials.test_canary import has_walked, told
from tests.trials.visitors import Page, Visitor, basic

FORMS = {"en": "/en/report", "fr": "/fr/signaler"}
STORY = "He asked me to meet on Saturday, <b>at noon</b> & at the pier."
STAFF = ("/en/desk", "/en/queue", "/fr/file", "/en/reports/any")
# Numbers of places without 911 (havre/agencies/data/emergency.csv).
NUMBERS = ("Nunavut", "tel:")
# How a worker ends that cannot tell what was done of its jobs.
TRY_AGAIN = 75


@pytest.fixture
def tokens(comes_back: House) -> dict[str, str]:
    """Forms that people had open before it went away."""
    come_back(comes_back)
    return {path: Visitor(comes_back).get(path).hidden("token") for path in FORMS.values()}


@pytest.fixture(scope="module")
def comes_back(house: House, officers, provider_key):
    """The house, whose database is away or not from test to test; afterwards all is well."""
    try:
        yield house
    finally:
        come_back(house)
        open_the_web_anew(house)


@pytest.fixture
def away(comes_back: House) -> House:
    """The house without its database; it stays away until somebody needs it."""
    if comes_back.cluster.child is not None:
        open_the_web_anew(comes_back)
        comes_back.cluster.stop()
    return comes_back


def open_the_web_anew(house: House) -> None:
    """Every thread of the web whose connection died finds that out once more; these have none."""
    house.kill("web")
    assert until(lambda: fetch(house, "GET", "/en/report")[0] == 200)


def come_back(house: House) -> None:
    if house.cluster.child is None:
        house.cluster.start()
    house.keep_alive()
    assert until(lambda: fetch(house, "GET", "/en/report")[0] == 200)


def sent_until_taken(house: House, path: str, answers: dict[str, str]) -> Page:
    """Somebody who presses "Try again" while they are told to."""
    for _ in range(20):
        page = Visitor(house).post(path, answers)
        if page.status == 200:
            return page
        assert page.status == 503
        assert_helps(page.text)
    msg = "the report is never taken"
    raise AssertionError(msg)


def assert_helps(text: str) -> None:
    """The page says whom to call, and shows no reference."""
    assert all(word in text for word in NUMBERS)
    assert not ON_AN_ERROR_PAGE.search(text)


@pytest.mark.parametrize("path", FORMS.values())
def test_the_form_still_comes_or_says_whom_to_call(away, path):
    page = Visitor(away).get(path)
    assert page.status in {200, 503}
    assert not ON_AN_ERROR_PAGE.search(page.text)
    assert "tel:911" in page.text


def test_a_report_is_answered_503_keeps_its_answers_and_goes_in_once_it_is_back(tokens, away):
    for path, token in tokens.items():
        person = Visitor(away)
        answers = {"happening": "meeting", "story": STORY, "town": "Harbor", "token": token}
        refused = person.post(path, answers)
        assert refused.status == 503
        assert_helps(refused.text)
        assert "havre" not in person.cookies
        kept = {name: unescape(refused.hidden(name)) for name in answers}
        assert kept == answers
    come_back(away)
    for path, token in tokens.items():
        again = {**answers, "token": token}
        first, second = (sent_until_taken(away, path, again) for _ in range(2))
        reference = ON_AN_ERROR_PAGE.search(first.text)[0]
        assert reference in second.text
        stored = f"SELECT count(*) FROM intake_report WHERE reference = '{reference}'"
        assert away.ask(stored) == [(1,)]


def test_coming_back_is_answered_503_and_keeps_the_message(away):
    words = "anchor anchor anchor anchor anchor anchor anchor anchor"
    page = Visitor(away).post("/en/come-back", {"words": words, "message": STORY})
    assert page.status in {422, 503}
    assert unescape(page.text).count(STORY) == 1


@pytest.mark.parametrize("path", STAFF)
def test_staff_pages_say_that_the_database_is_away(away, officers, path):
    for visitor in (officers["analyst"], Visitor(away)):
        page = visitor.get(path)
        assert page.status in ({503} if visitor.cookies else {302, 503})
        if page.status == 503:
            assert_helps(page.text)


def test_the_wire_answers_in_its_own_form(away, provider_key):
    xml = {"Content_Type": "text/xml", "Authorization": basic(provider_key)}
    for method, path in (("GET", "/ispws/status"), ("POST", "/ispws/submit")):
        said = Visitor(away).ask(method, path, b"<report/>", **xml)
        assert said.status >= 500
        assert said.headers["retry-after"] == "30"
        assert said.headers["content-type"] == "application/xml; charset=utf-8"
        assert told("responseCode", said) == "1000"
        assert "reportId" not in said.text


def test_the_worker_goes_on_after_a_restart_or_ends_to_be_started_again(comes_back, tokens):
    house = comes_back
    worker = house.worker
    house.kill("restart")
    for path, token in tokens.items():
        answers = {"happening": "meeting", "story": STORY, "token": token}
        thanks = sent_until_taken(house, path, answers)
        reference = ON_AN_ERROR_PAGE.search(thanks.text)[0]
        assert until(lambda reference=reference: has_walked(house, reference))
    assert worker.poll() in {None, TRY_AGAIN}
