"""What a person translated goes to whoever was given the report, cut as the words it is of."""

import json
import zipfile
from io import BytesIO

import pytest
from django.db import connection

from havre.audit.rules import Station
from havre.identifiers.models import Mention
from havre.identifiers.rules.submissions import (
    TRANSLATION,
    find_in_submission,
    find_with_translations,
)
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral
from havre.referrals.packages.actions import fetch_package
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.rules import Translated
from havre.triage.interpreting.sheets.actions import claim_sheet, finish_sheet, read_sheets
from havre.triage.interpreting.sheets.rules import Writing
from havre.wiring.route import walk
from tests import make

FOREIGN = "Він пише мені щодня. Його номер 204-555-0199. Хоче побачитися біля пристані."
SAID = (
    "He writes to me every day. His number is 204-555-0199. I am Robin Example,"
    " my phone number is 204-555-0142."
)


@pytest.fixture
def detective(db):
    return make.officer(make.directory())


@pytest.fixture
def referral(detective):
    """A report in Ukrainian that an interpreter translated, referred afterwards."""
    reader, report = make.interpreter("uk"), make.report(FOREIGN)
    (sheet,) = read_sheets(by=reader).offered
    claim_sheet(sheet.pk, by=reader)
    written = Writing(english=SAID, unsure="Robin Example, or another name?")
    finish_sheet(sheet.pk, writing=written, by=reader)
    walk(report.pk)
    return make.referral(report, to=detective.agency, by=make.analyst())


def test_an_addressee_reads_the_translation_without_the_reporter(referral, detective):
    (given,) = open_referral(referral.reference, by=detective).translations

    assert "He writes to me every day" in given.told.text
    assert "204-555-0199" in given.told.text
    for own in ("204-555-0142", "Robin Example"):
        assert own not in given.told.text + given.told.unsure
    page = make.browser(detective).get(f"/en/referrals/{referral.reference}").content.decode()
    assert "Translation from Ukrainian into English" in page
    assert "Пише" not in page.partition("He writes to me")[2].partition("</blockquote>")[0]
    assert 'lang="uk"' in page
    assert "204-555-0142" not in page


def test_a_package_holds_the_translation_as_a_member_of_its_own(referral, detective):
    packed = zipfile.ZipFile(BytesIO(fetch_package(referral.reference, by=detective)))

    (told,) = json.loads(packed.read("translations.json"))
    assert (told["from"], told["to"]) == ("uk", "en")
    assert told["translated_by"].startswith("Interpreter")
    assert "204-555-0199" in told["text"]
    assert "204-555-0142" not in told["text"] + told["not_sure_of"]
    assert "Robin" not in told["text"] + told["not_sure_of"]
    assert "translations.json" in json.loads(packed.read("manifest.json"))["members"]
    assert "translation" not in packed.read("police.json").decode()


def test_without_a_translation_a_package_has_no_such_member(detective):
    sent = make.referral(make.report(), to=detective.agency, by=make.analyst())
    packed = zipfile.ZipFile(BytesIO(fetch_package(sent.reference, by=detective)))
    assert "translations.json" not in packed.namelist()


def test_another_agency_reads_no_translation(referral):
    other = make.officer(make.agency_by_code("valley-police"))
    with acting_as(other.context), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM interpreting_translation")
        assert cursor.fetchone() == (0,)


def test_what_the_desk_wrote_down_after_the_referral_reaches_its_addressee(referral, detective):
    told = Translated(text="He waits at the pier.", who="No. 214")
    languages = {"from_language": "uk", "to_language": "en"}
    write_translation(referral.report.reference, **languages, told=told, by=make.analyst())
    texts = [one.told.text for one in open_referral(referral.reference, by=detective).translations]
    assert "He waits at the pier." in texts


def test_whose_an_identifier_is_may_be_told_by_the_translation_alone(referral):
    with acting_as(Station.PIPELINE.context):
        found = Mention.objects.filter(record__report=referral.report_id, kind=Kind.PHONE)
        roles = {(one.role, one.field == TRANSLATION) for one in found}
    assert (PersonRole.SUSPECT, True) in roles


def test_what_the_words_themselves_tell_is_not_said_to_stand_in_the_translation():
    told = make.submission("Write to pier.nine@example.com about boats.", people=())
    texts = ["Write to pier.nine@example.com or to quay.two@example.com about boats."]
    found = {one.value: one.field for one in find_with_translations(told, texts)}
    assert found == {
        "pier.nine@example.com": "incidents.0.narrative",
        "quay.two@example.com": TRANSLATION,
    }
    assert find_with_translations(told, []) == find_in_submission(told)
