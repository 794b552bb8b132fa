"""Two reports side by side: what ties them, what is said of it, and what that changes."""

import pytest

from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.models import Judgement
from havre.plumbing.context import acting_as
from havre.referrals.judging.actions import open_link, take_back
from havre.triage.reads import item_of
from tests import make


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst():
    return make.analyst()


@pytest.fixture
def desk(analyst):
    return make.browser(analyst)


def told_of(name):
    identifier = GivenIdentifier(kind="email", value=f"{name}@example.com")
    return make.report(people=(Person(role=PersonRole.SUSPECT, identifiers=(identifier,)),))


def address(one, other, *more, language="en"):
    words = {"en": ("reports", "links"), "fr": ("signalements", "liens")}[language]
    parts = [language, words[0], one.reference, words[1], other.reference, *map(str, more)]
    return "/" + "/".join(parts)


def judge(desk, one, other, **typed):
    typed = {"side": "suspect", "verdict": "different", "reason": "Seen at two piers."} | typed
    return desk.post(address(one, other, "judge"), typed, follow=True)


def strong_links(report, analyst):
    with acting_as(analyst.context):
        return item_of(report.pk, actor=analyst).strong_links


def test_the_page_says_what_ties_two_reports_in_either_language(desk):
    one, other = told_of("dock.master"), told_of("dock.master")
    page = desk.get(address(one, other)).content.decode()
    assert "Same e-mail address (in 2 reports)." in page
    assert "dock.master@example.com" in page
    assert "Nobody has judged these two yet." in page
    french = desk.get(address(one, other, language="fr")).content.decode()
    assert "Même adresse courriel" in french
    assert "Garder ce jugement" in french


def test_two_that_share_nothing_can_be_judged_all_the_same(desk):
    one, other = told_of("dock.master"), told_of("grebe")
    assert "These two share nothing" in desk.get(address(one, other)).content.decode()
    page = judge(desk, one, other, verdict="same").content.decode()
    assert "The suspect is the same person" in page
    report = desk.get(f"/en/reports/{one.reference}").content.decode()
    assert "Taken to be of one suspect: 2 reports" in report
    assert address(one, other) in report


def test_a_judgement_stands_beside_the_link_counts_in_the_rank_and_can_be_taken_back(desk, analyst):
    one, other = told_of("dock.master"), told_of("dock.master")
    judge(desk, one, other, verdict="unsure", reason="Not known.")
    assert strong_links(other, analyst) == 1
    page = judge(desk, one, other).content.decode()
    assert "Seen at two piers." in page
    assert "overtaken" in page
    report = desk.get(f"/en/reports/{one.reference}").content.decode()
    assert "The suspects are two different persons." in report
    assert "Taken to be of one suspect" not in report
    assert strong_links(one, analyst) == strong_links(other, analyst) == 0
    with acting_as(analyst.context):
        latest = Judgement.objects.visible_to(analyst).latest("at")
    page = desk.post(address(one, other, "undo", latest.pk), follow=True).content.decode()
    assert "Taken back. What was said before counts again." in page
    assert strong_links(one, analyst) == 1
    assert desk.post(address(one, other, "undo", latest.pk)).status_code == 404


def test_a_merge_that_one_report_would_make_waits_on_the_pages_of_both(desk):
    first, second = [told_of("pier") for _ in range(2)], [told_of("boat") for _ in range(2)]
    given = tuple(
        GivenIdentifier(kind="email", value=f"{name}@example.com") for name in ("pier", "boat")
    )
    make.report(people=(Person(role=PersonRole.SUSPECT, identifiers=given),))
    page = desk.get(f"/en/reports/{first[1].reference}").content.decode()
    assert "Only a person may say whether these belong together:" in page
    assert address(first[1], second[0]) in page


@pytest.mark.parametrize("missing", ["verdict", "reason"])
def test_what_is_missing_is_said_and_nothing_is_kept(desk, missing, analyst):
    one, other = told_of("dock.master"), told_of("dock.master")
    answer = judge(desk, one, other, **{missing: ""})
    assert answer.status_code == 422
    assert f"judge_{missing}" in answer.content.decode()
    with acting_as(analyst.context):
        assert not Judgement.objects.visible_to(analyst).exists()


def test_a_report_beside_itself_and_one_that_is_not_there_are_the_same_nothing(desk):
    report, other = told_of("dock.master"), told_of("dock.master")
    assert desk.get(address(report, report)).status_code == 404
    assert judge(desk, report, report).status_code == 404
    assert desk.get(f"/en/reports/{report.reference}/links/R-0000-0000").status_code == 404
    assert desk.get(address(report, other)).status_code == 200


def test_a_judgement_of_other_reports_is_not_taken_back_here(desk, analyst):
    one, other, third = told_of("pier"), told_of("pier"), told_of("pier")
    judge(desk, one, other)
    with acting_as(analyst.context):
        (judgement,) = Judgement.objects.visible_to(analyst)
    with pytest.raises(Judgement.DoesNotExist):
        take_back(one.reference, other=third.reference, judgement=judgement.pk, by=analyst)
    opened = open_link(other.reference, other=one.reference, by=analyst)
    assert [each.reason for each in opened.said if each.counts] == ["Seen at two piers."]


def test_an_agency_sees_no_judgement_beside_its_own_links(harbor, analyst, desk):
    reports = [told_of("dock.master") for _ in range(2)]
    referrals = [make.referral(report, to=harbor, by=analyst) for report in reports]
    judge(desk, *reports)
    detective = make.browser(make.officer(harbor))
    page = detective.get(f"/en/referrals/{referrals[0].reference}").content.decode()
    assert reports[1].reference in page
    assert "two different persons" not in page
    assert "/links/" not in page
    assert detective.get(address(*reports)).status_code == 404
