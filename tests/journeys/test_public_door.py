"""A person's whole errand at the public door, over HTTP: tell, keep the words, come back."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from havre.agencies.actions import add_officer, load_agencies
from havre.agencies.reads import the_tipline
from havre.agencies.rules.directory import shipped_agencies
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.intake.actions import note_stage, send_message
from havre.intake.form_tokens import TICKET_HOLDS, TOKEN_HOLDS, holder_of, minted_token
from havre.intake.models import Report
from havre.intake.rules.receipts import secret_of, words_of
from havre.intake.rules.stages import StageWord
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests.pages import OWN_PAGE, assert_sound, first_stops, hidden, told, words_on

pytestmark = pytest.mark.django_db

EVERYTHING = Context(actor="station:test", scope=Scope.WORK)
LATER = timedelta(seconds=20)


@pytest.fixture
def client():
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def slowly(client):
    """Tell as a person does: some time after the page was opened."""

    def tell(address="/en/report", **answers):
        opened = hidden(client.get(address).content, "token")
        with clock.clock_set_to(clock.now() + LATER):
            return told(client, address, **{"token": opened, **answers})

    return tell


@pytest.fixture
def analyst():
    load_agencies(shipped_agencies(), by=Station.SET_UP)
    with acting_as(Station.SET_UP.context):
        tipline = the_tipline()
    return add_officer(
        "robin", name="Robin", agency=tipline, role=Role.TIPLINE_ANALYST, password="x",
        by=Station.SET_UP,
    )  # fmt: skip


def reports() -> list[Report]:
    with acting_as(EVERYTHING):
        return list(Report.objects.order_by("id"))


def reference_on(page: bytes) -> str:
    return re.search(rb"R-\w{4}-\w{4}", page).group().decode()


@pytest.mark.parametrize("address", ["/en/report", "/fr/signaler"])
def test_a_report_gets_a_reference_and_eight_words(slowly, address):
    answer = slowly(address)

    tree = assert_sound(answer.content)
    (report,) = reports()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert reference_on(answer.content) == report.reference
    assert len(words_on(tree)) == 8
    assert secret_of(" ".join(words_on(tree))).secret is not None
    assert (report.language, report.quarantined) == (address[1:3], False)
    assert not answer.cookies


@pytest.mark.parametrize(
    "address",
    [
        "/en/", "/fr/", "/en/report", "/fr/signaler", "/en/come-back", "/fr/revenir",
        "/en/safety", "/fr/securite", "/en/about", "/fr/a-propos", "/en/nowhere", "/fr/nulle-part",
    ],
)  # fmt: skip
def test_every_public_page_is_sound_and_has_the_way_out_second(client, address):
    answer = client.get(address)

    tree = assert_sound(answer.content)
    assert first_stops(tree) == ["skip", "exit"]
    assert not answer.cookies
    assert tree.get("lang") == address[1:3]
    other = tree.xpath("//*[contains(@class, 'lang')]")[0]
    led_to = client.get(other.get("href") or other.get("formaction"))
    assert assert_sound(led_to.content).get("lang") == other.get("lang") != tree.get("lang")


def test_a_mistake_is_named_beside_the_field_and_above_and_the_answers_stay(slowly):
    answer = slowly(happening="", story="", town="Lakeport", who="adult")

    tree = assert_sound(answer.content)
    assert answer.status_code == 422
    assert reports() == []
    assert len(tree.xpath("//div[contains(@class, 'summary')]//a")) == 2
    assert len(tree.xpath("//p[@class='fault']")) == 2
    assert tree.xpath("//input[@name='town']/@value") == ["Lakeport"]
    assert tree.xpath("//input[@name='who'][@checked]/@value") == ["adult"]
    assert tree.xpath("//title")[0].text.startswith("Error")
    summary = tree.xpath("//div[contains(@class, 'summary')]")[0]
    assert (summary.get("role"), summary.get("tabindex")) == ("group", "-1")
    assert summary.get("autofocus") is not None


def test_a_text_too_long_is_answered_kindly(slowly):
    answer = slowly(story="a" * 20_001)

    assert answer.status_code == 422
    assert "longer than 20000 characters" in answer.content.decode()
    assert "a" * 20_001 in answer.content.decode()


def test_more_than_anyone_types_is_refused_with_a_page(client):
    answer = told(client, story="a" * 1_100_000)

    assert answer.status_code == 400
    assert_sound(answer.content)


def test_the_same_form_twice_is_one_report_with_the_same_words(client, slowly):
    token = hidden(client.get("/en/report").content, "token")
    first, second = slowly(token=token), slowly(token=token)

    assert len(reports()) == 1
    assert reference_on(first.content) == reference_on(second.content)
    assert words_on(assert_sound(first.content)) == words_on(assert_sound(second.content))
    assert "sent before" in second.content.decode()
    assert "sent before" not in first.content.decode()


def test_what_only_a_machine_fills_in_goes_to_quarantine_and_is_kept(slowly):
    assert slowly(website="https://example.com/").status_code == 200

    assert [report.quarantined for report in reports()] == [True]


def test_whoever_answers_faster_than_a_person_goes_to_quarantine_and_is_kept(client):
    assert told(client).status_code == 200

    assert [report.quarantined for report in reports()] == [True]


@pytest.mark.parametrize(
    "foreign",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "null"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "https://example.com"},
        {"HTTP_ORIGIN": "https://localhost"},
    ],
)
def test_a_form_from_elsewhere_is_refused_and_its_answers_kept_in_the_page(client, foreign):
    token = hidden(client.get("/en/report").content, "token")
    sent = {"token": token, "happening": "meeting", "story": "He asked me to meet."}

    answer = client.post("/en/report", sent, **foreign)

    tree = assert_sound(answer.content)
    assert answer.status_code == 403
    assert reports() == []
    assert tree.xpath("//textarea[@name='story']")[0].text.strip() == "He asked me to meet."


@pytest.mark.parametrize("headers", [{}, OWN_PAGE, {"HTTP_ORIGIN": "http://localhost"}])
def test_our_own_page_is_let_in_whatever_the_browser_says_of_itself(client, headers):
    token = hidden(client.get("/en/report").content, "token")
    sent = {"token": token, "happening": "meeting", "story": "He asked me to meet."}

    assert client.post("/en/report", sent, **headers).status_code == 200


def test_a_page_left_open_for_a_day_comes_back_with_the_answers(client):
    old = minted_token()
    with clock.clock_set_to(clock.now() + TOKEN_HOLDS + LATER):
        answer = told(client, token=old)

        tree = assert_sound(answer.content)
        assert answer.status_code == 422
        assert reports() == []
        assert tree.xpath("//textarea[@name='story']")[0].text.strip().startswith("He asked")
        assert told(client, token=hidden(answer.content, "token")).status_code == 200


@pytest.mark.parametrize("token", ["", "nonsense", "eyJhIjoxfQ:x", "é"])
def test_a_made_up_token_files_nothing(client, token):
    sent = {"token": token, "happening": "meeting", "story": "He asked me to meet."}

    assert client.post("/en/report", sent, **OWN_PAGE).status_code == 422
    assert reports() == []


def test_the_other_language_keeps_the_answers(client):
    sent = {"other_language": "1", "story": "Il veut me voir.", "danger": "no"}
    sent["token"] = hidden(client.get("/en/report").content, "token")

    answer = client.post("/fr/signaler", sent, **OWN_PAGE)

    tree = assert_sound(answer.content)
    assert (answer.status_code, tree.get("lang")) == (200, "fr")
    assert tree.xpath("//textarea[@name='story']")[0].text.strip() == "Il veut me voir."
    assert tree.xpath("//input[@name='danger'][@checked]/@value") == ["no"]
    assert hidden(answer.content, "token") == sent["token"]
    assert reports() == []


def test_danger_shows_whom_to_call_first_with_the_numbers_of_the_region(slowly):
    page = slowly(danger="yes", region="NU").content.decode()

    assert page.index('class="danger"') < page.index('class="receipt"')
    assert "867-979-1111" in page
    assert "tel:911" not in page, "there is no 911 in Nunavut"
    assert 'class="danger"' not in slowly(danger="no", region="NU").content.decode()


def test_the_text_file_holds_reference_and_words_and_no_answer(client, slowly):
    # No word of a receipt, as "samedi" is one.
    page = slowly("/fr/signaler", story="Il veut me voir avant-hier.").content
    answer = client.post("/fr/signaler/mots", {"token": hidden(page, "token")}, **OWN_PAGE)

    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain")
    assert text.splitlines()[0] == reference_on(page)
    assert [line.partition(" ")[2] for line in text.splitlines()[2:]] == words_on(
        assert_sound(page)
    )
    assert "avant-hier" not in text


def test_words_are_saved_only_for_a_report_that_was_received(client):
    sent = {"token": minted_token()}

    assert client.post("/en/report/words", sent, **OWN_PAGE).status_code == 302


def back(client, words, address="/en/come-back"):
    return client.post(address, {"words": words}, **OWN_PAGE)


def test_the_words_open_the_report_in_either_language_small_slips_included(client, slowly):
    page = slowly(story="He asked me to meet on Saturday.").content
    words = words_on(assert_sound(page))
    slipped = " ".join([words[0].upper(), words[1] + words[1][-1], *words[2:]])

    for address in ("/en/come-back", "/fr/revenir"):
        answer = back(client, slipped, address)
        assert_sound(answer.content)
        assert answer.status_code == 200
        assert reference_on(answer.content) == reference_on(page)
        assert "He asked me to meet on Saturday." in answer.content.decode()


def test_a_reporter_reads_how_far_it_came_and_adds_a_word_once(client, slowly):
    page = slowly().content
    words = " ".join(words_on(assert_sound(page)))
    mine = back(client, words).content
    ticket = hidden(mine, "ticket")
    sent = {"ticket": ticket, "message": "It is at the mall."}

    for _ in range(2):
        added = client.post("/en/come-back/add", sent, **OWN_PAGE)
        assert_sound(added.content)
        assert added.status_code == 200
        assert added.content.decode().count("It is at the mall.") == 1

    assert words not in mine.decode()
    assert "We have your report." in mine.decode()
    assert "A person read your report." not in mine.decode()


def test_a_reporter_never_learns_what_the_police_did(client, slowly, analyst):
    words = " ".join(words_on(assert_sound(slowly().content)))
    (report,) = reports()
    for stage in StageWord:
        note_stage(report, stage, by=analyst)
    send_message(report, "Thank you. Which mall is it?", by=analyst)

    page = back(client, words).content.decode()

    assert "Which mall is it?" in page
    assert "We passed it on to the service that can act." in page
    assert not re.search(r"arrest|charge|investigat", page)


def test_wrong_words_and_words_of_nobody_give_the_same_page(client, slowly):
    slowly()
    nobody = list(words_of(b"0123456789", language="en"))
    wrong = [*nobody[:-1], nobody[0]]
    assert secret_of(" ".join(wrong)).secret is None

    answers = [back(client, " ".join(typed)) for typed in (nobody, wrong)]

    pages = {
        answer.content.replace(" ".join(typed).encode(), b"")
        for answer, typed in zip(answers, (nobody, wrong), strict=True)
    }
    assert len(pages) == 1
    assert {answer.status_code for answer in answers} == {422}
    assert {tuple(sorted(answer.headers.items())) for answer in answers} == {
        tuple(sorted(answers[0].headers.items()))
    }


def test_a_word_that_no_list_holds_is_named(client):
    words = ["zzzzzz", *words_of(b"0123456789", language="en")[1:]]

    answer = back(client, " ".join(words))

    assert answer.status_code == 422
    assert "1 (zzzzzz)" in assert_sound(answer.content).text_content()


def test_too_few_words_are_counted(client):
    text = assert_sound(back(client, "one two").content).text_content()

    assert "We read 2 words. A receipt has 8." in text


def test_an_old_page_asks_for_the_words_again_and_keeps_what_was_written(client, slowly):
    words = " ".join(words_on(assert_sound(slowly().content)))
    ticket = hidden(back(client, words).content, "ticket")
    with clock.clock_set_to(clock.now() + TICKET_HOLDS + LATER):
        sent = {"ticket": ticket, "message": "It is at the mall."}
        late = client.post("/en/come-back/add", sent, **OWN_PAGE)
        kept = hidden(late.content, "message")
        again = client.post("/en/come-back", {"words": words, "message": kept}, **OWN_PAGE)

    assert_sound(late.content)
    assert late.status_code == 422
    assert kept == "It is at the mall."
    assert assert_sound(again.content).xpath("//textarea")[0].text.strip() == "It is at the mall."


def test_a_ticket_of_anothers_making_opens_nothing(client):
    sent = {"ticket": "bm9uc2Vuc2U=", "message": "Hello"}

    assert client.post("/en/come-back/add", sent, **OWN_PAGE).status_code == 422


def test_nothing_typed_stands_in_the_ticket_or_the_token(client, slowly):
    page = slowly().content
    secret = secret_of(" ".join(words_on(assert_sound(page)))).secret

    ticket = hidden(back(client, " ".join(words_on(assert_sound(page)))).content, "ticket")
    assert secret.hex() not in ticket
    assert holder_of(secret).lookup not in hidden(page, "token")


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({"happening": "threat"}, "Do not pay. Whoever is paid asks for more."),
        ({"happening": "friend"}, "Tell your friend that you believe them"),
        ({"happening": "meeting", "who": "under-18"}, "Do not go to meet them"),
        ({"happening": "family-or-known", "who": "under-18"}, "It is not your job to stop them."),
        ({"happening": "other"}, "Nobody has to meet anyone."),
    ],
)
def test_the_sheet_for_tonight_is_about_what_happened_and_for_who_reads_it(slowly, answers, line):
    assert line in slowly(**answers).content.decode()
