"""What a reporter told later and was put to no incident stays here, also where all was sent."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from havre.audit.rules import Station
from havre.cases.watches.actions import read_alerts
from havre.identifiers.models import Mention
from havre.identifiers.rules.words import Kind
from havre.intake.models import Message
from havre.links.reads import linked_to
from havre.links.watches.actions import Terms, add_watch
from havre.links.watches.reads import today
from havre.links.watches.rules import Authority, Purpose, Tells
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral
from havre.referrals.packages.actions import fetch_package
from havre.referrals.records.actions import issue_system_key
from havre.referrals.rules.sending import WholeBecause
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.models import Translation
from havre.triage.interpreting.rules import Translated
from havre.wiring.route import walk
from tests import make
from tests.splitting import (
    analyst,
    go_on,
    harbor,
    passages,
    put,
    receipt,
    report,
    send,
    suspect,
    tell,
    valley,
)

__all__ = ["analyst", "harbor", "receipt", "report", "valley"]  # fixtures
HERS = "hers.alone@example.com"
OF_FIELDS = {"case.jsonld", "identifiers.csv"}
TOLD = f"Quay wrote again from second.quay@example.com. He knows {HERS} too."


@pytest.fixture
def whole(report, analyst, harbor):
    """Quay's incident went to the harbor, with the whole story."""
    return send(report, 2, harbor, by=analyst, whole=WholeBecause.ONE_STORY)


@pytest.fixture
def officer(whole, harbor):
    return make.officer(harbor)


def put_quay(report, *, by) -> None:
    put(report, {passages(report, by=by)["Quay"]: {2}}, by=by)


def translated(report, *, by) -> None:
    told = Translated(text=f"Il connaît aussi {HERS}.", who="No. 214")
    languages = {"from_language": "en", "to_language": "fr"}
    write_translation(report.reference, told=told, by=by, **languages)
    go_on(report)


def in_the_rows(officer, table) -> int:
    with acting_as(officer.context), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_whoever_has_the_whole_story_reads_no_passage_that_was_put_to_none(
    report, whole, officer, analyst, receipt
):
    tell(report, receipt, TOLD)
    put_quay(report, by=analyst)
    _row, key = issue_system_key("Files", officer=officer.username, by=officer)
    system = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {key}")
    browser = make.browser(officer)
    packed = zipfile.ZipFile(io.BytesIO(fetch_package(whole.reference, by=officer)))
    seen = {
        "opened": repr(open_referral(whole.reference, by=officer)),
        "page": browser.get(f"/en/referrals/{whole.reference}").content.decode(),
        "records": system.get(f"/records/v1/referrals/{whole.reference}").content.decode(),
        **{
            name: packed.read(name).decode()
            for name in ("police.json", "case.jsonld", "identifiers.csv")
        },
    }
    for where, text in seen.items():
        assert HERS not in text, where
        assert "He knows" not in text, where
        if where not in OF_FIELDS:
            assert "second.quay@example.com" in text, where
            assert "old pictures of boats" in text, where


def test_nor_does_it_find_an_identifier_of_it_in_a_row_a_search_a_link_or_an_alert(
    whole, officer, analyst, receipt, valley
):
    report = whole.report
    other = make.report("Boats.", people=(suspect("Anna Example", HERS),))
    make.referral(other, to=whole.to_agency, by=analyst)
    why = {"purpose": Purpose.INVESTIGATION, "authority": Authority.DUTY, "tells": Tells.AGENCY}
    terms, watcher = Terms(until=today() + timedelta(days=60), **why), make.officer(valley)
    add_watch(HERS, kind=Kind.EMAIL, terms=terms, by=watcher)
    tell(report, receipt, TOLD)
    put_quay(report, by=analyst)
    walk(report.pk)
    assert not [one for one in read_alerts(by=watcher).page.hits if one.report_id == report.pk]
    with acting_as(Station.PIPELINE.context):
        rows = Mention.objects.filter(record__report=report.pk, kind="email")
        fields = [one.field for one in rows if one.field.startswith("message.")]
    assert len(fields) == 1, "the desk has a row of it"
    with acting_as(officer.context):
        mine = Mention.objects.visible_to(officer).filter(record__report=report.pk, kind="email")
        assert len(mine) == 1
        assert linked_to(report.pk, actor=officer) == []


def test_a_translation_of_a_word_waits_here_while_a_passage_of_it_does(
    report, whole, officer, analyst, receipt
):
    tell(report, receipt, TOLD)
    put_quay(report, by=analyst)
    translated(report, by=analyst)
    assert open_referral(whole.reference, by=officer).translations == ()
    assert in_the_rows(officer, "interpreting_translation") == 0, "the second wall says the same"
    with acting_as(officer.context):
        assert not Translation.objects.visible_to(officer).exists()
        assert not Mention.objects.visible_to(officer).filter(field="translation").exists()
    page = make.browser(officer).get(f"/en/referrals/{whole.reference}").content.decode()
    assert HERS not in page


def test_put_to_incidents_in_full_a_word_and_its_translation_go_with_the_whole_story(
    report, whole, officer, analyst, receipt
):
    tell(report, receipt, TOLD)
    put(report, {name: {2} for name in passages(report, by=analyst).values()}, by=analyst)
    translated(report, by=analyst)
    opened = open_referral(whole.reference, by=officer)
    assert HERS in repr(opened.opened)
    assert len(opened.translations) == in_the_rows(officer, "interpreting_translation") == 1
    with acting_as(Station.PIPELINE.context):
        assert Message.objects.get(report=report).kept_because == ""


def test_what_the_reporter_said_of_themselves_there_is_cut_where_it_was_put(
    report, whole, officer, analyst, receipt
):
    tell(
        report, receipt, "My e-mail is sam.lake@example.com. Quay wrote from robin@example.com now."
    )
    put_quay(report, by=analyst)
    page = make.browser(officer).get(f"/en/referrals/{whole.reference}").content.decode()
    packed = zipfile.ZipFile(io.BytesIO(fetch_package(whole.reference, by=officer)))
    for text in (page, packed.read("police.json").decode()):
        assert "Quay wrote from" in text
        assert "sam.lake@example.com" not in text
