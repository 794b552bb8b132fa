"""What was held back of a split report stays so: in copies of it, in its rows, and when merged."""

from threading import Thread
from time import sleep

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havre.audit.rules import Station
from havre.identifiers.actions import note_mentions
from havre.identifiers.models import Mention
from havre.intake.models import Incident
from havre.intake.rules.submission import GivenIdentifier, Moment, Person, PersonRole
from havre.intake.splits.models import Part
from havre.plumbing.context import acting_as
from havre.referrals.alike.actions import attach_alike
from havre.referrals.alike.reads import standing_referrals
from havre.referrals.models import Referral
from havre.referrals.rules.guards import IncidentNotOpenError, OneIncidentHeldError
from havre.referrals.rules.sending import WholeBecause
from havre.referrals.sending.actions import supplement_referral
from havre.triage.actions import claim_report
from havre.triage.alike.actions import Chosen
from havre.triage.alike.rules.standing import NothingSentError
from havre.triage.models import Suggestion
from havre.triage.reviews.models import Review
from havre.triage.splitting.actions import merge_report
from havre.triage.splitting.models import IncidentScore
from havre.triage.splitting.rules import NotWaitingError
from tests import make
from tests.database import admin_connection
from tests.pages import assert_sound
from tests.splitting import PIER, QUAY, analyst, harbor, send, split_in_two, valley

__all__ = ["analyst", "harbor", "valley"]  # fixtures

STORY = (
    "I am 12 and Quay asked me to meet him on Saturday at the library in Winnipeg, the one beside"
    " the old pier where the green boats are painted every spring by the people of the harbor."
    " Somebody else, Pier, sells old pictures of boats in Toronto."
)

ANEW = 'name="is_anew"'


def told(*people: Person):
    return make.report(STORY, people=people or (QUAY, PIER, make.REPORTER))


@pytest.fixture
def report(analyst):
    return told()


@pytest.fixture
def parts(report, analyst):
    return split_in_two(report, by=analyst)


def rows_of(report) -> set[tuple[str, tuple[int, ...]]]:
    with acting_as(Station.PIPELINE.context):
        found = Mention.objects.filter(record__report=report, kind="email")
        return {(one.role, tuple(one.parts)) for one in found}


def test_a_copy_told_whole_is_not_added_to_one_incident(report, parts, analyst, harbor, valley):
    sent = send(report, 2, harbor, by=analyst)
    copy = told()
    with acting_as(analyst.context):
        assert standing_referrals(copy, actor=analyst) == []
    with pytest.raises(NothingSentError):
        attach_alike(
            copy.reference,
            chosen=Chosen(references=(copy.reference,)),
            earlier=sent.reference,
            reason="One text.",
            by=analyst,
        )
    with pytest.raises(OneIncidentHeldError):
        supplement_referral(copy, earlier=sent.reference, reason="One man.", by=analyst)

    desk, here = make.browser(analyst), f"/en/reports/{copy.reference}"
    page = desk.get(here).content
    assert_sound(page)
    assert "Add to it instead." not in page.decode()
    assert ANEW in page.decode()
    typed = {"earlier": sent.reference, "reason": "One man."}
    refused = desk.post(f"{here}/supplement", typed, follow=True).content.decode()
    assert "has one incident of a split report alone" in refused
    assert "it tells of this one incident alone" in page.decode()
    with acting_as(analyst.context):
        assert not Referral.objects.filter(report=copy).exists()

    whole = send(report, 3, valley, by=analyst, whole=WholeBecause.ONE_STORY)
    with acting_as(analyst.context):
        assert standing_referrals(copy, actor=analyst) == [whole]
    assert whole.reference in desk.get(here).content.decode()


def test_of_a_split_report_one_incident_alone_is_added_to_what_an_agency_has(
    report, analyst, harbor
):
    earlier = told(QUAY, make.REPORTER)
    sent = send(earlier, 1, harbor, by=analyst)
    desk, here = make.browser(analyst), f"/en/reports/{report.reference}"
    assert "Add to it instead." in desk.get(here).content.decode()

    split_in_two(report, by=analyst)

    page = desk.get(here).content
    assert_sound(page)
    assert "Add this incident to it" in page.decode()
    assert ANEW in page.decode()
    for number in (None, 1, 9):
        with pytest.raises((IncidentNotOpenError, Incident.DoesNotExist)):
            supplement_referral(
                report, earlier=sent.reference, reason="One man.", incident=number, by=analyst
            )
    typed = {"earlier": sent.reference, "reason": "One man."}
    refused = desk.post(f"{here}/supplement", typed)
    assert refused.status_code == 422
    assert "The report is split. Choose one of its incidents" in refused.content.decode()
    with acting_as(analyst.context):
        assert not Referral.objects.filter(report=report).exists()

    done = desk.post(f"{here}/supplement", typed | {"incident": "2"}, follow=True)
    assert "It was added to what the agency has." in done.content.decode()
    with acting_as(analyst.context):
        added = Referral.objects.get(report=report)
        assert (added.incident.number, added.supplements_id) == (2, sent.pk)


def test_nobody_merges_what_a_colleague_has_in_hand_or_is_deciding(report, parts, analyst):
    colleague = make.analyst()
    claim_report(report.reference, by=colleague)
    with pytest.raises(NotWaitingError):
        merge_report(report.reference, by=analyst)
    with acting_as(analyst.context):
        assert Part.objects.standing().count() == 2

    with CaptureQueriesContext(connection) as asked:
        merge_report(report.reference, by=colleague)
    assert held_in(asked)[:2] == ["triage_queueitem", "splits_part"]


def held_in(asked: CaptureQueriesContext) -> list[str]:
    """Which rows were held, in that order, of those that whoever decides on a report holds."""
    held = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
    tables = ("triage_queueitem", "splits_part")
    return [table for sql in held for table in tables if f'OF "{table}"' in sql]


def test_whoever_sends_an_incident_holds_the_same_in_the_same_order(parts, report, analyst, harbor):
    """Else one who refers and one who closes could wait for each other."""
    with CaptureQueriesContext(connection) as asked:
        send(report, 2, harbor, by=analyst)
    assert held_in(asked)[:2] == ["triage_queueitem", "splits_part"]


def waits_for_a_lock() -> bool:
    with admin_connection() as admin:
        found = admin.execute(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s",
            [connection.settings_dict["NAME"]],
        )
        return found.fetchone() is not None


@pytest.mark.real_commits
def test_nobody_sends_an_incident_that_is_merged_at_that_moment(report, parts, analyst, harbor):
    refused = []

    def refer() -> None:
        try:
            send(report, 2, harbor, by=analyst)
        except IncidentNotOpenError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    meanwhile = Thread(target=refer)
    with acting_as(analyst.context):
        merge_report(report.reference, by=analyst)
        meanwhile.start()
        while meanwhile.is_alive() and not waits_for_a_lock():
            sleep(0.01)
    meanwhile.join()

    assert len(refused) == 1
    with acting_as(analyst.context):
        assert not Referral.objects.filter(report=report).exists()


def test_a_value_of_two_incidents_tells_each_only_whose_it_is_there(analyst, harbor):
    at_home = GivenIdentifier(
        kind="ip", value="203.0.113.7", port=4000, at=Moment(at="2026-03-01T10:00:00+00:00")
    )
    child = Person(role=PersonRole.VICTIM, identifiers=QUAY.identifiers)
    suspect = Person(
        role=PersonRole.SUSPECT, names=("Quay Example",), identifiers=(*QUAY.identifiers, at_home)
    )
    report = told(suspect, child, make.REPORTER)

    split_in_two(report, by=analyst)

    assert {("suspect", (2,)), ("victim", (3,))} <= rows_of(report)
    before = rows_of(report)
    with acting_as(Station.PIPELINE.context):
        note_mentions(report.pk, by=Station.PIPELINE)
    assert rows_of(report) == before
    send(report, 3, harbor, by=analyst)
    detective = make.officer(harbor)
    with acting_as(detective.context):
        seen = Mention.objects.visible_to(detective).filter(kind__in=("email", "ip"))
        assert set(seen.values_list("role", "port")) == {("victim", None)}


def test_an_incident_without_a_suggestion_is_not_read_by_those_of_the_whole(
    report, parts, analyst, harbor, monkeypatch
):
    monkeypatch.setattr("havre.triage.reviews.drawing.is_drawn", lambda *_, **__: True)
    with acting_as(Station.PIPELINE.context):
        assert Suggestion.objects.filter(report=report).exists()
        IncidentScore.objects.filter(incident=parts[1].incident).update(suggested=[])

    send(report, 3, harbor, by=analyst)

    with acting_as(Station.PIPELINE.context):
        assert Review.objects.get().known["suggested"] == []
