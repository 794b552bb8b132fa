"""The pages of a report, an inbox and a referral, as their readers meet them."""

import re

import pytest
from django import forms
from django.test.html import parse_html

from havre.agencies.rules.permits import Role
from havre.intake.actions import open_report
from havre.intake.rules.submission import (
    AgeClass,
    Channel,
    FileFacts,
    GivenIdentifier,
    Person,
    PersonRole,
    Place,
    PlaceRole,
)
from havre.referrals.actions import accept_referral
from havre.referrals.pages import tables
from havre.referrals.sending.choices import LongSelect
from tests import make
from tests.pages import assert_sound


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def desk(analyst):
    return make.browser(analyst)


@pytest.fixture
def sent(analyst, harbor):
    return make.referral(make.report(), to=harbor, by=analyst)


@pytest.fixture
def inbox(detective):
    return make.browser(detective)


FULL = {
    "people": (
        make.SUSPECT,
        make.REPORTER,
        Person(
            role=PersonRole.VICTIM,
            age=15,
            age_class=AgeClass.TWELVE_TO_17,
            identifiers=(GivenIdentifier(kind="handle", value="sea_glass", platform="snapchat"),),
            places=(Place(role=PlaceRole.CHILD, region="MB", city="Winnipeg", address="1 Pier"),),
            notes="She writes with him every day.",
            threats=("He says he will tell.",),
        ),
    ),
    "files": (FileFacts(name="secret-name.png", media_type="image/png", size=214_000),),
}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/reports/", ["What was said", "Why this agency", "214 kB", "image/png", "Masked"]),
        ("/fr/signalements/", ["Ce qui a été dit", "Pourquoi ce service", "214\xa0ko", "Masqué"]),
    ],
)
def test_a_report_page_shows_all_there_is_to_decide_on(desk, address, words):
    report = make.report(**FULL)

    page = desk.get(f"{address}{report.reference}")

    text = assert_sound(page.content).text_content()
    assert page.status_code == 200
    assert [word for word in words if word not in text.replace("214\xa0kB", "214 kB")] == []
    assert "She writes with him every day." in text
    assert "dock.master@example.com" in text
    for hidden in ("secret-name", "Robin Example", "204-555-0142", "sea_glass", "1 Pier"):
        assert hidden not in text


def test_unmasking_shows_that_one_value_on_the_page(desk):
    report = make.report(**FULL)
    address = f"/en/reports/{report.reference}"
    buttons = re.findall(rf"{address}/unmask/[0-9a-f-]+", desk.get(address).content.decode())

    shown = [desk.post(button) for button in buttons]

    values = ("12045550142", "robin", "sea_glass")
    seen = [{v for v in values if v in assert_sound(p.content).text_content()} for p in shown]
    assert sorted(map(len, seen)) == [1, 1, 1]
    assert set().union(*seen) == set(values)


def test_unmasking_by_another_reports_address_is_a_404(desk):
    one, other = make.report(**FULL), make.report()
    page = desk.get(f"/en/reports/{one.reference}").content.decode()
    mention = re.search(r"/unmask/([0-9a-f-]+)", page).group(1)

    answer = desk.post(f"/en/reports/{other.reference}/unmask/{mention}")

    assert answer.status_code == 404


def test_referring_without_a_reason_keeps_the_choice_and_says_what_is_missing(desk):
    report = make.report()

    answer = desk.post(
        f"/en/reports/{report.reference}/refer", {"to": "valley-police", "reason": " "}
    )

    tree = assert_sound(answer.content)
    assert answer.status_code == 422
    assert tree.findtext(".//title").startswith("Error:")
    assert (
        "Say why this agency." in tree.xpath("//div[contains(@class, 'summary')]")[0].text_content()
    )
    chosen = "//select[@id='refer_to']//option[@selected]/@value"
    assert tree.xpath(chosen) == ["valley-police"]


def test_an_agency_that_no_list_holds_is_refused(desk):
    report = make.report()

    for to in ("tipline", "nobody", ""):
        answer = desk.post(f"/en/reports/{report.reference}/refer", {"to": to, "reason": "Why"})
        assert answer.status_code == 422


def test_the_best_agency_that_lacks_the_report_is_chosen_first(desk, sent):
    fresh = assert_sound(desk.get(f"/en/reports/{make.report().reference}").content)
    again = assert_sound(desk.get(f"/en/reports/{sent.report.reference}").content)

    assert fresh.xpath("//select[@id='refer_to']//option[@selected]/@value") == ["harbor-police"]
    assert again.xpath("//select[@id='refer_to']//option[@selected]/@value") == ["national-centre"]


def test_referring_twice_is_told_and_nothing_is_sent(desk, sent):
    given = {"to": "harbor-police", "reason": "Again"}

    answer = desk.post(f"/en/reports/{sent.report.reference}/refer", given, follow=True)

    assert b"Harbor Police has" in answer.content
    assert b"Nothing was sent." in answer.content


def test_an_answer_reaches_the_reporter(desk, analyst):
    report = make.report()
    address = f"/en/reports/{report.reference}/answer"

    empty = desk.post(address, {"text": ""})
    said = desk.post(address, {"text": "Thank you. Where was it?"}, follow=True)

    assert empty.status_code == 422
    assert b"Write your answer first." in empty.content
    assert "Thank you. Where was it?" in assert_sound(said.content).text_content()
    assert len(open_report(report.reference, by=analyst).messages) == 1


def test_a_providers_report_has_nobody_to_write_to(desk):
    report = make.report(channel=Channel.ISPWS)

    assert desk.get(f"/en/reports/{report.reference}").status_code == 200


def test_no_other_agency_learns_that_a_referral_exists(sent, harbor):
    stranger = make.browser(make.officer(make.agency("valley-police", regions=("ON",))))

    foreign = stranger.get(f"/en/referrals/{sent.reference}")
    missing = stranger.get("/en/referrals/R-0000-0000")

    assert foreign.status_code == missing.status_code == 404
    assert foreign.content.replace(sent.reference.encode(), b"") == missing.content.replace(
        b"R-0000-0000", b""
    )


@pytest.mark.parametrize(
    ("list_address", "address", "words"),
    [
        ("/en/inbox", "/en/referrals/", ["Accept and take it", "Held back", "Their harbor."]),
        ("/fr/reception", "/fr/transmissions/", ["Accepter et prendre", "Non transmis"]),
    ],
)
def test_the_inbox_leads_to_the_referral(inbox, sent, list_address, address, words):
    listed = assert_sound(inbox.get(list_address).content)
    opened = inbox.get(f"{address}{sent.reference}")

    text = assert_sound(opened.content).text_content()
    assert f"{address}{sent.reference}" in listed.xpath("//a/@href")
    assert [word for word in words if word not in text] == []
    assert "Robin Example" not in text
    assert "555-0142" not in text


def test_an_empty_inbox_says_when_that_changes(inbox):
    page = inbox.get("/en/inbox")

    assert b"When the tipline sends you one, it shows here at once." in page.content
    assert_sound(page.content)


def test_a_referral_is_returned_with_a_word(inbox, sent):
    address = f"/en/referrals/{sent.reference}/return"

    empty = inbox.post(address, {"note": "", "suggested_agency": "valley-police"})
    done = inbox.post(address, {"note": "Not ours.", "suggested_agency": ""}, follow=True)
    late = inbox.post(f"/en/referrals/{sent.reference}/accept", follow=True)

    assert empty.status_code == 422
    assert "valley-police" in assert_sound(empty.content).xpath("//option[@selected]/@value")
    assert b"went back to the tipline" in done.content
    assert b"This referral has moved on." in late.content
    told = assert_sound(done.content).text_content()
    assert f"You sent {sent.reference} back" in told
    assert "you can read it no more" in told


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"disposition": ""}, "disposition", "Choose what came of it."),
        ({"disposition": "arrest", "count": "2"}, "count", "Leave the number empty"),
        ({"disposition": "child-safeguarded"}, "count", "Say how many children."),
        ({"disposition": "insufficient"}, "insufficiency", "Choose what was not enough."),
        (
            {"disposition": "arrest", "insufficiency": "no-identifier"},
            "insufficiency",
            "Leave this empty",
        ),
    ],
)
def test_an_outcome_that_does_not_hold_is_mended_beside_its_field(inbox, sent, given, field, words):
    inbox.post(f"/en/referrals/{sent.reference}/accept")

    answer = inbox.post(f"/en/referrals/{sent.reference}/outcome", given | {"note": "kept"})

    tree = assert_sound(answer.content)
    assert answer.status_code == 422
    assert words in tree.xpath(f"//*[@id='outcome_{field}_error']")[0].text_content()
    assert tree.xpath("//textarea[@name='note']")[0].text_content().strip() == "kept"


def test_an_outcome_in_full_is_read_back_by_both_sides(inbox, desk, sent, detective):
    accept_referral(sent.reference, by=detective)
    given = {
        "disposition": "child-safeguarded",
        "count": "1",
        "usefulness": "5",
        "missing_fields": ["port", "time"],
        "note": "She is safe.",
    }

    done = inbox.post(f"/en/referrals/{sent.reference}/outcome", given, follow=True)
    told = desk.get(f"/fr/signalements/{sent.report.reference}")

    assert "The outcome was recorded." in assert_sound(done.content).text_content()
    text = assert_sound(told.content).text_content()
    for word in ("Enfant en sécurité (1)", "5 sur 5", "Le port, ", "She is safe."):
        assert word in text


def test_who_may_only_read_a_referral_is_given_no_buttons(sent, harbor):
    crown = make.browser(make.officer(harbor, Role.CROWN_LIAISON))

    page = crown.get(f"/en/referrals/{sent.reference}")
    tried = crown.post(f"/en/referrals/{sent.reference}/accept")

    assert b"a detective answers it" in page.content
    assert b"Accept and take it" not in page.content
    assert tried.status_code == 404


def test_the_strongest_links_come_first_and_the_others_when_asked_for(
    desk, inbox, analyst, harbor, monkeypatch
):
    monkeypatch.setattr(tables, "FIRST_LINKS", 1)
    referrals = [make.referral(make.report(**FULL), to=harbor, by=analyst) for _ in range(3)]
    of_desk = f"/en/reports/{referrals[0].report.reference}"
    of_agency = f"/en/referrals/{referrals[0].reference}"

    for reader, address in ((desk, of_desk), (inbox, of_agency)):
        first = assert_sound(reader.get(address).content)
        further = "//section[@aria-labelledby='links']//a[contains(@href, '?links=all')]"
        (more,) = first.xpath(further)
        assert len(first.xpath("//article[contains(@class, 'linked')]")) == 1
        assert "Show one more" in more.text_content()
        whole = assert_sound(reader.get(more.get("href")).content)
        assert len(whole.xpath("//article[contains(@class, 'linked')]")) == 2
        assert not whole.xpath(further)


def test_a_long_choice_is_written_as_django_writes_it():
    lines = [("", "No <one>"), ("Police & others", [("a'b", 'Pier "9"'), (7, "Quai")])]
    told = {"name": "to", "value": "7", "attrs": {"id": "x", "required": True, "class": "input"}}
    ours, theirs = (of(choices=lines).render(**told) for of in (LongSelect, forms.Select))
    assert parse_html(ours) == parse_html(theirs)
