"""A translation that comes after the referral: its agency is told, and another package follows."""

import hashlib
import json
import zipfile
from io import BytesIO

import pytest

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing.context import acting_as
from havre.plumbing.queue import waiting_for
from havre.referrals.actions import open_referral, return_report
from havre.referrals.later.translated import tell_of_translation
from havre.referrals.models import Package, Referral
from havre.referrals.notices.models import News
from havre.referrals.packages.actions import fetch_package
from havre.referrals.packages.reads import referrals_to_tell
from havre.referrals.rules.outcomes import ReferralStateError
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.keeping import TELL
from havre.triage.interpreting.rules import Translated
from havre.wiring.jobs import tell_who_has_it
from tests import make
from tests.pages import assert_sound

FOREIGN = "Він пише мені щодня. Його номер 204-555-0199. Хоче побачитися біля пристані."
SAID = "He writes to me every day. I am Robin Example, my phone number is 204-555-0142."


@pytest.fixture
def detective(db):
    return make.officer(make.directory())


@pytest.fixture
def referral(detective):
    return make.referral(make.report(FOREIGN), to=detective.agency, by=make.analyst())


def translate(report) -> None:
    told, languages = Translated(text=SAID, who="No. 214"), ("uk", "en")
    write_translation(
        report.reference,
        from_language=languages[0],
        to_language=languages[1],
        told=told,
        by=make.analyst(),
    )
    with acting_as(Station.PIPELINE.context):
        assert str(report.pk) in waiting_for(TELL, "report")


def news_of(referral) -> list[str]:
    with acting_as(Station.PIPELINE.context):
        return [one.kind for one in News.objects.filter(referral=referral).order_by("at", "id")]


def members(container) -> set[str]:
    return set(zipfile.ZipFile(BytesIO(container)).namelist())


def test_a_package_with_the_translation_follows_and_the_first_stays(referral, detective):
    first = fetch_package(referral.reference, by=detective)
    assert "translations.json" not in members(first)
    assert fetch_package(referral.reference, by=detective) == first

    translate(referral.report)
    tell_who_has_it(report=str(referral.report_id))

    second = fetch_package(referral.reference, by=detective)
    assert "translations.json" in members(second)
    (told,) = json.loads(zipfile.ZipFile(BytesIO(second)).read("translations.json"))
    assert "every day" in told["text"]
    assert "204-555-0142" not in told["text"]
    assert fetch_package(referral.reference, by=detective) == second
    assert fetch_package(referral.reference, number=1, by=detective) == first
    with acting_as(detective.context):
        kept = Package.objects.get(referral=referral, number=1).sha256
    assert hashlib.sha256(first).hexdigest() == kept
    with pytest.raises(Package.DoesNotExist):
        fetch_package(referral.reference, number=3, by=detective)


def test_the_agency_is_told_once_and_of_nothing_that_was_said(referral, detective):
    open_referral(referral.reference, by=detective)
    before = news_of(referral)
    translate(referral.report)
    for _again in range(2):
        tell_who_has_it(report=str(referral.report_id))

    assert news_of(referral) == [*before, "referral.added-to"]
    with acting_as(Station.PIPELINE.context):
        lines = Entry.objects.filter(event=Event.REFERRAL_ADDED_TO)
        assert [line.details["what"] for line in lines] == ["translation"]
        assert Referral.objects.get(pk=referral.pk).is_unread


def test_its_page_says_that_more_came_and_gives_each_package_again(referral, detective):
    first = fetch_package(referral.reference, by=detective)
    browser, here = make.browser(detective), f"/en/referrals/{referral.reference}"
    assert "since your package was made" not in browser.get(here).content.decode()

    translate(referral.report)
    tell_who_has_it(report=str(referral.report_id))

    page = browser.get(here).content
    assert_sound(page)
    assert "since your package was made" in page.decode()
    again = browser.post(f"{here}/package", {"number": "1"})
    assert again.content == first
    assert f"{referral.reference}-1.zip" in again["Content-Disposition"]
    assert browser.post(f"{here}/package").content != first
    assert "since your package was made" not in browser.get(here).content.decode()
    assert "Package 2" in browser.get(here).content.decode()
    for none_of_them in ("9", "pier", "0", "99999"):
        answer = browser.post(f"{here}/package", {"number": none_of_them})
        assert answer.status_code == 404
    with acting_as(Station.PIPELINE.context):
        assert Entry.objects.filter(event=Event.PACKAGE_FETCHED).count() == 3


def test_whoever_has_it_no_more_or_was_sent_it_afterwards_is_not_told(referral, detective):
    report = referral.report
    return_report(referral.reference, note="Not ours.", by=detective)
    translate(report)
    with acting_as(Station.PIPELINE.context):
        assert referrals_to_tell(report.pk, actor=Station.PIPELINE) == []
    with pytest.raises(ReferralStateError):
        tell_of_translation(referral.reference, by=Station.PIPELINE)
    valley = make.agency_by_code("valley-police")
    make.referral(report, to=valley, by=make.analyst())
    with acting_as(Station.PIPELINE.context):
        assert referrals_to_tell(report.pk, actor=Station.PIPELINE) == []
