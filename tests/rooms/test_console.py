"""A provider's own console: what it sent, how good that was, and what it must keep."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from havre.agencies.actions import add_officer
from havre.agencies.models import Officer
from havre.agencies.rules.permits import Role, WrongPlaceError
from havre.agencies.staff.actions import change_officer
from havre.agencies.staff.reads import keeper_of
from havre.agencies.staff.rules import OfficerRefusedError, Refusal, roles_given_by
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.console.actions import read_duties, read_report, read_reports
from havre.intake.console.rules import FieldTold, Week, worst_first
from havre.intake.console.wording import LAWS, WHY
from havre.intake.law.actions import end_preservation, remind_of_the_end
from havre.intake.law.rules.regimes import REGIMES
from havre.intake.models import Filing
from havre.intake.providers.rules.quality import WHY as WHY_IN_ENGLISH
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from tests import make
from tests.house.callers import undone
from tests.signing_in import PASSWORD, signed_in
from tests.wires.wire import REPORT, Wire, a_provider

KEY = re.compile(r"\b[0-9a-f]{48}\b")


@dataclass
class Street:
    ours: Wire
    theirs: Wire
    engineer: Officer
    browser: Client
    finished: int
    open: int
    foreign: int


def an_engineer(wire: Wire, name: str) -> Officer:
    return add_officer(
        name,
        name="Pat Roy",
        agency=make.the_tipline(),
        role=Role.PROVIDER_ENGINEER,
        password=PASSWORD,
        provider=wire.provider,
        by=Station.SET_UP,
    )


@pytest.fixture(scope="module")
def whole(lasting_block) -> Street:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    make.directory()
    ours, theirs = a_provider("pier-chat"), a_provider("quay-chat")
    numbers = [wire.submit() for wire in (ours, ours, theirs)]
    assert ours.finish(numbers[0]).code == theirs.finish(numbers[2]).code == 0
    engineer = an_engineer(ours, "p.roy")
    browser = signed_in(engineer, Client(HTTP_HOST="localhost"))
    return Street(ours, theirs, engineer, browser, *numbers)


@pytest.fixture
def street(whole) -> Iterator[Street]:
    with undone():
        yield whole


def shown(street: Street, address: str, status: int = 200) -> str:
    answer = street.browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_engineer_sees_the_own_reports_whatever_their_state_and_nobody_else_s(street):
    page, card, _ = read_reports(by=street.engineer)
    assert [row.filing.number for row in page.rows] == [street.open, street.finished]
    assert (card.counts["finished"], card.counts["open"], card.counts["expired"]) == (1, 1, 0)
    html = shown(street, "/fr/mes-signalements")
    assert str(street.finished) in html
    assert str(street.foreign) not in html
    assert "2258A" in html


def test_the_choice_narrows_and_what_does_not_read_is_no_choice(street):
    assert str(street.open) not in shown(street, "/en/my-reports?state=finished")
    assert str(street.finished) not in shown(street, f"/en/my-reports?sought={street.open}")
    for nothing in (street.foreign, "pier", "9" * 25):
        assert "No report fits" in shown(street, f"/en/my-reports?sought={nothing}")
    assert str(street.open) in shown(street, "/en/my-reports?state=sunken")


def test_a_page_of_the_list_begins_behind_the_last_row_of_the_page_before(street, monkeypatch):
    monkeypatch.setattr("havre.intake.console.reads.ROWS", 1)
    first, _, _ = read_reports(by=street.engineer)
    assert (first.chosen, first.next) == (2, str(street.open))
    second, _, _ = read_reports(after=first.next, by=street.engineer)
    assert ([row.filing.number for row in second.rows], second.next) == ([street.finished], "")


def test_one_report_tells_its_reference_its_clock_and_what_is_missing(street):
    found = read_report(street.finished, by=street.engineer)
    assert found.state.reference.startswith("R-")
    assert found.clock is not None
    html = shown(street, f"/en/my-reports/{street.finished}")
    assert "An Internet address is what a subscriber is found by." in html
    shown(street, f"/en/my-reports/{street.foreign}", 404)
    shown(street, "/en/my-reports/99999999999999999999999", 404)


def test_every_missing_field_is_counted_and_the_worst_stands_first(street):
    _, card, _ = read_reports(by=street.engineer)
    told = {one.field: one for one in card.fields}
    assert told["ipCaptureEvent"].missing == 1
    assert told["content"].missing + told["file"].missing < 2
    assert card.fields[0].missing_percent == 100
    assert card.weeks[0].reports == 1
    assert card.score == card.weeks[0].rounded


def test_of_no_finished_report_nothing_is_counted_as_missing(street):
    fresh = signed_in(an_engineer(a_provider("new-chat"), "n.roy"), Client(HTTP_HOST="localhost"))
    html = fresh.get("/en/my-reports").content.decode()
    assert "An Internet address is what a subscriber is found by." in html
    assert "0 of 0" not in html


def test_clocks_stand_with_their_reminders_and_their_ends(street):
    page = read_duties(by=street.engineer)
    assert [row.number for row in page.rows] == [street.finished]
    (row,) = page.rows
    assert (row.reminded_at, row.ended_at) == (None, None)
    with clock.clock_set_to(clock.now() + timedelta(days=18)):
        remind_of_the_end(row.pk, by=Station.PIPELINE)
    assert "Ends within five days." in shown(street, "/en/preservation")
    assert set(LAWS) == set(REGIMES)
    assert "L.C. 2011, ch. 4, art. 4" in shown(street, "/fr/conservation")
    with clock.clock_set_to(clock.now() + timedelta(days=23)):
        end_preservation(row.pk, by=Station.PIPELINE)
    assert "Destroy what you would not keep" in shown(street, "/en/preservation?state=over")
    assert "No clock fits" in shown(street, "/en/preservation")


def test_a_document_is_checked_with_all_its_faults_and_nothing_is_kept(street):
    with acting_as(street.ours.provider.context):
        before = Filing.objects.count()
    bad = REPORT.decode().replace("2026-11-01", "2099-11-01").replace("Harbor Chat<", "<", 1)
    html = street.browser.post("/en/check-document", {"document": bad}).content.decode()
    assert "It would be refused" in html
    assert "incidentDateTime" in html
    good = street.browser.post("/fr/verifier-document", {"document": REPORT.decode()})
    assert "ipCaptureEvent" in good.content.decode()
    assert street.browser.post("/en/check-document", {"document": ""}).status_code == 422
    with acting_as(street.ours.provider.context):
        assert Filing.objects.count() == before
    with acting_as(Station.PIPELINE.context):
        lines = list(Entry.objects.filter(event=Event.DOCUMENT_CHECKED))
    assert len(lines) == 2
    assert "dock_master" not in repr([line.details for line in lines])


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (REPORT.decode().replace("2026-11-01", "2099-11-01"), "doit être dans le passé"),
        ('{"incidentSummary": {"incidentDateTime": "2099-11-01T10:00:00Z"}}', "dans le passé"),
        ('{"incidentSummary": {}, "pier": 1}', "/incidentSummary/incidentType"),
        ('{"fileViewedByEsp": "perhaps"}', "/fileViewedByEsp"),
        ('{"incidentSummary": ', "ligne 1"),
    ],
)
def test_faults_stand_in_the_reader_s_language_whatever_door_the_document_is_for(
    street, document, said
):
    answer = street.browser.post("/fr/verifier-document", {"document": document})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert said in html
    assert "must be in the past" not in html
    assert "Start tag expected" not in html


def test_a_report_in_json_is_checked_with_its_score(street):
    given = {
        "incidentSummary": {
            "incidentType": "Online Enticement of Children for Sexual Acts",
            "incidentDateTime": "2026-01-15T14:30:00-05:00",
        },
        "reporter": {"reportingPerson": {"firstName": "Pat", "email": ["desk@example.com"]}},
    }
    html = street.browser.post("/en/check-document", {"document": json.dumps(given)})
    assert "It would be taken" in html.content.decode()
    assert "An Internet address is what a subscriber is found by." in html.content.decode()
    told = json.dumps({"fileViewedByEsp": True, "originalFileName": "pier.txt"})
    assert (
        "It would be taken"
        in street.browser.post("/en/check-document", {"document": told}).content.decode()
    )


def test_an_engineer_makes_a_new_key_that_ends_the_older_ones(street):
    html = street.browser.post("/en/keys", {"days": "0"}).content.decode()
    (key,) = KEY.findall(html)
    assert Wire(street.ours.provider, key).get("status").code == 0
    assert street.ours.get("status").code == 2000
    assert street.theirs.get("status").code == 0
    assert not KEY.findall(shown(street, "/en/keys"))
    assert street.browser.post("/en/keys", {"days": "31"}).status_code == 422


def rows(officer: Officer, table: str) -> set[object]:
    with acting_as(officer.context), connection.cursor() as cursor:
        cursor.execute(f"SELECT to_json(t)::text FROM {table} t")
        return {row for (row,) in cursor.fetchall()}


@pytest.mark.parametrize(
    "table", ["intake_filing", "intake_report", "law_preservation", "evidence_recordkey"]
)
def test_the_second_wall_shows_an_engineer_the_own_provider_s_rows_alone(street, table):
    other = an_engineer(street.theirs, "q.roy")
    ours, theirs = rows(street.engineer, table), rows(other, table)
    assert ours.isdisjoint(theirs)
    if table != "evidence_recordkey":
        assert ours
        assert theirs


@pytest.mark.parametrize("table", ["triage_queueitem", "triage_suggestion", "intake_message"])
def test_the_second_wall_shows_an_engineer_nothing_of_the_desk(street, table):
    assert rows(street.engineer, table) == set()


def test_nobody_but_an_engineer_is_of_a_provider(street):
    with pytest.raises(WrongPlaceError, match="an engineer is of a provider"):
        make.officer(make.the_tipline(), Role.PROVIDER_ENGINEER)
    with pytest.raises(IntegrityError, match="an_engineer_has_a_provider"), transaction.atomic():
        Officer.objects.filter(pk=street.engineer.pk).update(role=Role.SUPERVISOR)


def test_an_administrator_adds_an_engineer_and_gives_nobody_else_that_role(street):
    admin = make.officer(make.the_tipline(), Role.PLATFORM_ADMIN)
    browser = signed_in(admin, Client(HTTP_HOST="localhost"))
    typed = {"name": "Robin Roy", "username": "r.roy", "language": "fr"}
    at = "/en/providers/pier-chat/people"
    made = browser.post(at, typed)
    assert "One-time password of Robin Roy" in made.content.decode()
    added = Officer.objects.get(username="r.roy")
    assert (added.provider, added.context.agency) == (street.ours.provider, "")
    assert added.one_time_until is not None
    again = browser.post(at, typed)
    assert again.status_code == 422
    assert "Somebody signs in by this name already" in again.content.decode()
    assert Role.PROVIDER_ENGINEER not in roles_given_by(keeper_of(admin))
    for officer, role in ((added, Role.SUPERVISOR), (admin, Role.PROVIDER_ENGINEER)):
        with pytest.raises(OfficerRefusedError) as refused:
            change_officer(officer.pk, role=role, language="en", by=Station.SET_UP)
        assert refused.value.refusal in {Refusal.WRONG_PLACE, Refusal.LAST_ADMIN}


def test_every_field_that_police_want_has_its_reason_in_both_languages():
    assert {field: str(said) for field, said in WHY.items()} == WHY_IN_ENGLISH


def test_one_missing_report_is_never_rounded_down_to_none():
    assert FieldTold(field="email", missing=1, reports=1000).missing_percent == 1
    assert FieldTold(field="email", missing=0, reports=0).missing_percent == 0
    few, many = (FieldTold(field=str(n), missing=n, reports=9) for n in (1, 2))
    assert worst_first([few, many]) == (many, few)
    assert Week(monday=clock.now().date(), reports=1, score=None).rounded is None
