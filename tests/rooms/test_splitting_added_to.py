"""What adds to a split report goes to who has its incident: one incident, or by one's word."""

import io
import zipfile

import pytest

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.models import Report
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral
from havre.referrals.models import Referral
from havre.referrals.packages.actions import fetch_package
from havre.referrals.rules.guards import OneIncidentHeldError
from havre.referrals.sending.actions import supplement_referral
from havre.triage.reads import item_of
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound
from tests.splitting import PIER, QUAY, STORY, analyst, harbor, send, split_in_two, valley
from tests.wires.wire import a_provider

__all__ = ["analyst", "harbor", "valley"]  # fixtures

WIRED = """<?xml version="1.0" encoding="UTF-8"?>
<report><incidentSummary>
<incidentType>Misleading Words or Digital Images on the Internet</incidentType>
<incidentDateTime>2026-11-01T10:00:00-05:00</incidentDateTime></incidentSummary>
<reporter><reportingPerson><firstName>Pat</firstName><email>desk@example.com</email>
</reportingPerson></reporter>
<additionalInfo>%s</additionalInfo></report>"""


def told() -> Report:
    return make.report(STORY, people=(QUAY, PIER, make.REPORTER))


def filed(wire, text) -> tuple[int, Report]:
    number = wire.submit((WIRED % text).encode())
    wire.finish(number)
    return number, newest()


def newest() -> Report:
    with acting_as(Station.PIPELINE.context):
        report = Report.objects.latest("id")
    walk(report.pk)
    return report


def added_by_wire(wire, number: int, text: str) -> Report:
    inside = (WIRED % text).partition("?>")[2]
    more = f"<supplement><reportId>{number}</reportId>{inside}</supplement>".encode()
    answer = wire.post("supplement", more)
    assert answer.code == 0
    assert wire.finish(answer.report).code == 0
    return newest()


def test_what_adds_to_a_report_that_went_out_whole_says_who_has_it(analyst, harbor):
    wire = a_provider()
    number, first = filed(wire, "Quay sells old pictures of boats.")
    make.referral(first, to=harbor, by=analyst)
    added_by_wire(wire, number, "Quay has another account.")
    queue = make.browser(analyst).get("/en/queue").content
    assert_sound(queue)
    said = "adds to a report that Harbor Police has since"
    assert said in " ".join(queue.decode().split())


def test_one_incident_is_added_to_one_incident_and_tells_nothing_of_the_sisters(
    analyst, harbor, valley
):
    first, second = told(), told()
    split_in_two(first, by=analyst)
    split_in_two(second, by=analyst)
    sent = send(first, 3, valley, by=analyst)

    added = supplement_referral(
        second, earlier=sent.reference, reason="One man.", incident=3, by=analyst
    )

    assert added.supplements == sent
    detective = make.officer(valley)
    opened = open_referral(added.reference, by=detective)
    packed = zipfile.ZipFile(io.BytesIO(fetch_package(added.reference, by=detective)))
    page = make.browser(detective).get(f"/en/referrals/{added.reference}").content
    assert_sound(page)
    everything = [packed.read(name).decode(errors="replace") for name in packed.namelist()]
    for text in (repr(opened.opened.submission), page.decode(), "\n".join(everything)):
        assert "pier@example.com" in text
        assert "quay@example.com" not in text
        assert "Saturday" not in text
    with acting_as(Station.PIPELINE.context):
        assert item_of(second.pk, actor=Station.PIPELINE).open_incidents == 1
        line = Entry.objects.get(event=Event.REFERRAL_ADDED_TO)
    assert (line.details["what"], line.details["alone"]) == ("report", False)


def test_what_is_whole_is_added_to_one_incident_by_a_person_s_word_alone(analyst, valley):
    first = told()
    split_in_two(first, by=analyst)
    sent = send(first, 3, valley, by=analyst)
    other = make.report("Pier has a new shop in Toronto.", people=(PIER, make.REPORTER))
    errand = {"earlier": sent.reference, "reason": "One man."}
    with pytest.raises(OneIncidentHeldError):
        supplement_referral(other, **errand, incident=1, by=analyst)
    with acting_as(Station.PIPELINE.context):
        assert not Referral.objects.filter(report=other).exists()

    added = supplement_referral(other, **errand, tells_of_it_alone=True, by=analyst)

    assert added.supplements == sent
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.get(event=Event.REFERRAL_ADDED_TO)
    assert line.details["alone"] is True


def test_a_provider_s_supplement_to_a_split_report_waits_and_says_what_it_adds_to(
    analyst, harbor, valley
):
    wire = a_provider()
    number, report = filed(wire, STORY)
    split_in_two(report, by=analyst)
    sent = send(report, 3, valley, by=analyst)
    send(report, 2, harbor, by=analyst)

    more = added_by_wire(wire, number, "Pier opened another shop in Toronto.")

    desk, here = make.browser(analyst), f"/en/reports/{more.reference}"
    queue = desk.get("/en/queue").content.decode()
    assert more.reference in queue
    assert "adds to a split report: belongs to no incident yet" in queue
    page = desk.get(here).content
    assert_sound(page)
    assert f"has incident 3 of report {report.reference}" in page.decode()
    assert f"has incident 2 of report {report.reference}" in page.decode()
    assert more.reference in desk.get(f"/en/reports/{report.reference}").content.decode()

    typed = {"earlier": sent.reference, "reason": "One shop."}
    refused = desk.post(f"{here}/supplement", typed, follow=True).content.decode()
    assert "has one incident of a split report alone" in refused
    done = desk.post(f"{here}/supplement", typed | {"tells_of_it_alone": "on"}, follow=True)
    assert "It was added to what the agency has." in done.content.decode()
    assert more.reference not in desk.get("/en/queue").content.decode()
    with acting_as(make.officer(valley).context):
        assert Referral.objects.get(report=more).supplements_id == sent.pk
    with acting_as(make.officer(harbor).context):
        assert not Referral.objects.filter(report=more).exists()


def test_another_provider_s_report_is_no_addition(analyst, valley):
    wire = a_provider()
    _number, report = filed(wire, STORY)
    split_in_two(report, by=analyst)
    send(report, 3, valley, by=analyst)
    _other, stands_alone = filed(wire, "Boats were seen in the harbor.")
    page = make.browser(analyst).get(f"/en/reports/{stands_alone.reference}").content.decode()
    assert "as an addition to an earlier report" not in page
    assert "adds to a split report" not in make.browser(analyst).get("/en/queue").content.decode()
