"""Those who send people to us: their links, and how many reports came by each."""

import re

import pytest
from django.test import Client
from lxml import html

from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.intake.models import Report
from havre.intake.partners.actions import add_partner, close_partner
from havre.intake.partners.forms import NewPartnerForm
from havre.intake.partners.reads import sources
from havre.plumbing.context import acting_as
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound, told
from tests.walking import Walker

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbor():
    return make.directory()


@pytest.fixture
def supervisor(harbor):
    return make.officer(make.the_tipline(), Role.SUPERVISOR)


@pytest.fixture
def school(supervisor):
    return add_partner(
        "harbor-school", name_en="Harbor School", name_fr="École du port", by=supervisor
    )


def browser() -> Client:
    return Client(HTTP_HOST="localhost")


def told_by_link(word: str, *, one_page: bool = False, danger: str = "no") -> Report:
    """Come by a link, tell, and send."""
    if one_page:
        address = f"/en/report?via={word}"
        told(browser(), address, danger=danger, via=word)
    else:
        walker = Walker(browser())
        walker.open(f"/en/tell/what?what=meeting&via={word}")
        walker.walk("check", danger={"danger": danger})
        walker.press()
    with acting_as(Station.PIPELINE.context):
        report = Report.objects.order_by("-id")[0]
    walk(report.pk)
    return report


def counts(actor) -> dict[str, tuple[int, ...]]:
    with acting_as(actor.context):
        found = sources(days=30, actor=actor)
    return {s.code: (s.reports, s.danger, s.passed_on) for s in found}


def test_what_came_by_each_link_is_counted_to_it(supervisor, school, harbor):
    sent = told_by_link("harbor-school")
    told_by_link("harbor-school", one_page=True)
    told_by_link("no-such-school")
    told_by_link("")
    make.referral(sent, to=harbor, by=supervisor)

    assert counts(supervisor) == {
        "harbor-school": (2, 0, 1),
        "no-such-school": (1, 0, 0),
        "": (1, 0, 0),
    }


def test_a_link_that_carries_more_than_a_word_counts_as_none(supervisor, school):
    assert told_by_link("harbor-school%22%3E").via == ""


def test_a_deep_link_chooses_the_answer_and_asks_before_it_goes_on():
    page = browser().get("/en/tell/what?what=threat&via=harbor-school").content
    chosen = html.document_fromstring(page).xpath("//input[@checked]/@value")

    assert chosen == ["threat"]
    odd = browser().get("/en/tell/what?what=%3Cscript%3E").content
    assert html.document_fromstring(odd).xpath("//input[@checked]/@value") == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_links_to_be_copied_lead_where_they_say(language):
    address = {"en": "/en/link-to-us", "fr": "/fr/faire-un-lien"}[language]
    tree = assert_sound(browser().get(f"{address}?via=harbor-school").content)
    blocks = [each.text_content() for each in tree.xpath("//pre")]
    deep = [each.text_content() for each in tree.xpath("//dd[contains(@class, 'mono')]")]

    links = [link for block in blocks for link in re.findall(r'(?:href|src)="([^"]+)"', block)]
    assert len(blocks) == 4
    assert len(deep) == 16
    for block in blocks:
        assert "<script" not in block
        assert html.fragment_fromstring(block, create_parent=True) is not None
    for link in {*links, *deep}:
        assert link.startswith("http://localhost/")
        assert browser().get(link.removeprefix("http://localhost")).status_code == 200, link
    assert all("via=harbor-school" in link for link in [*links, *deep] if "badge" not in link
               and "insigne" not in link)  # fmt: skip


def test_the_badge_is_a_picture_that_sets_nothing():
    answer = browser().get("/fr/insigne.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert not answer.cookies
    assert "max-age" in answer["Cache-Control"]
    assert "Inquiet pour un enfant?" in answer.content.decode()


@pytest.mark.parametrize("code", ["", "A", "Harbor School", "x" * 41, "a/b", "é-é"])
def test_a_word_that_links_could_not_carry_is_refused(db, code):
    form = NewPartnerForm({"code": code, "name_en": "A", "name_fr": "B", "site": ""})

    assert "code" in form.errors


def test_the_pages_of_partners_add_show_rename_and_close(supervisor, school):
    desk = make.browser(supervisor)
    told_by_link("harbor-school")

    twice = desk.post(
        "/en/partners", {"code": "harbor-school", "name_en": "A", "name_fr": "B", "site": ""}
    )
    assert twice.status_code == 422
    assert "Another partner has this word" in twice.content.decode()
    added = desk.post(
        "/en/partners",
        {"code": "pier-school", "name_en": "Pier School", "name_fr": "École du quai", "site": ""},
        follow=True,
    )
    assert "?via=pier-school" in assert_sound(added.content).text_content()
    nameless = desk.post("/en/partners/pier-school", {"name_en": "", "name_fr": "B", "site": "x y"})
    assert nameless.status_code == 422
    closed = desk.post("/en/partners/harbor-school/close", {"open": "0"}, follow=True)
    assert "Open this partner again" in closed.content.decode()
    listed = assert_sound(desk.get("/fr/partenaires").content).text_content()
    assert "École du port" in listed
    assert "fermé" in listed
    assert close_partner("harbor-school", is_open=True, by=supervisor).closed_at is None


def test_before_there_is_anything_the_page_says_when_there_will_be(supervisor):
    page = assert_sound(make.browser(supervisor).get("/en/partners").content)

    assert "A partner shows here as soon as it is added below." in page.text_content()
