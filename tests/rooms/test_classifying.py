"""What incidents are, by their reporters' word and by the desk's, side by side and counted."""

import io
import json
import zipfile

import pytest
from django.db import connection

from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.models import Incident
from havre.intake.rules.submission import Happening
from havre.oversight.actions import read_measures
from havre.plumbing.context import acting_as
from havre.referrals.classifying.actions import classify_incident, read_kinds
from havre.referrals.packages.actions import fetch_package
from tests import make
from tests.pages import assert_sound

WHY = "The words tell of a threat."


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


def classify(report, happening: Happening = Happening.THREAT, *, by, reason: str = WHY):
    told = {"incident": 1, "happening": happening, "reason": reason}
    return classify_incident(report.reference, **told, by=by)


def reported(report, *, by) -> str:
    with acting_as(by.context):
        return Incident.objects.get(report=report).happening


def test_both_words_stand_beside_each_other_and_the_reporter_s_stays(analyst):
    report = make.report()
    before = reported(report, by=analyst)
    first = classify(report, Happening.PICTURES, by=analyst)

    second = classify(report, by=make.analyst())

    (both,) = read_kinds(report.reference, by=analyst).kinds
    assert [each.row for each in both.said] == [second, first]
    assert both.latest.reason == WHY
    assert not both.agrees
    assert reported(report, by=analyst) == before
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.filter(event=Event.INCIDENT_CLASSIFIED).order_by("id").last()
    assert line.details["happening"] == "threat"
    assert WHY not in str(line.details)


def test_a_word_is_sealed_and_nobody_alters_it(analyst):
    classify(make.report(), by=analyst)
    with acting_as(analyst.context), connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM classifying_classification")
        assert b"threat" not in bytes(cursor.fetchone()[0])
        cursor.execute("UPDATE classifying_classification SET happening = 'other'")
        assert cursor.rowcount == 0


def test_an_incident_that_is_not_there_is_not_classified(analyst):
    report = make.report()
    with pytest.raises(Incident.DoesNotExist):
        classify_incident(
            report.reference, incident=2, happening=Happening.THREAT, reason=WHY, by=analyst
        )


def test_a_referral_carries_the_desk_s_word_and_keeps_the_reporter_s(analyst, harbor):
    report, detective = make.report(), make.officer(harbor)
    word = reported(report, by=analyst)
    classify(report, by=analyst)
    referral = make.referral(report, to=harbor, by=analyst)
    classify(report, Happening.PICTURES, by=analyst)

    archive = zipfile.ZipFile(io.BytesIO(fetch_package(referral.reference, by=detective)))

    told = json.loads(archive.read("police.json"))["reportedInformation"]
    assert told["incidentSummary"]["incidentType"] == "threat"
    assert f"as reported: {word}" in [each["value"] for each in _also(told)]
    with acting_as(detective.context), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM classifying_classification")
        assert cursor.fetchone() == (0,)
    page = make.browser(detective).get(f"/en/referrals/{referral.reference}").content.decode()
    assert "What the tipline takes it to be" in page
    assert WHY not in page


def _also(told) -> list[dict[str, str]]:
    found = told["additionalInformations"]
    return found["additionalInformations"] if isinstance(found, dict) else found


def test_the_measures_count_how_often_the_two_agree(analyst):
    supervisor = make.officer(the_tipline(), Role.SUPERVISOR)
    same, other = make.report(), make.report()
    classify(same, by=analyst)
    classify(same, Happening(reported(same, by=analyst)), by=analyst)
    classify(other, by=analyst)

    decisions = read_measures(days=30, by=supervisor).decisions

    assert (decisions.agreed.part, decisions.agreed.whole) == (1, 2)
    ((_said, taken, count),) = decisions.agreement.pairs
    assert (str(taken), count) == ("a threat", 1)
    page = make.browser(supervisor).get("/en/measures").content
    assert_sound(page)
    assert "Of 2 incidents that the desk classified" in page.decode()


def test_the_desk_classifies_on_a_page_that_says_what_is_missing(analyst):
    report = make.report()
    desk, here = make.browser(analyst), f"/en/reports/{report.reference}"

    assert_sound(desk.get(f"{here}/classification").content)
    faulty = desk.post(f"{here}/classification", {"incident": "2", "happening": "", "reason": ""})
    assert faulty.status_code == 422
    for words in ("Choose an incident of this report.", "Choose what it is."):
        assert words in faulty.content.decode()
    typed = {"incident": "1", "happening": "threat", "reason": WHY}
    shown = desk.post(f"{here}/classification", typed, follow=True).content.decode()
    assert WHY in shown
    assert "As the desk takes it" in shown
