"""The provider's JSON door, request by request, beside the XML wire that it shares all with."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.test import override_settings

from havre.agencies.actions import change_provider
from havre.audit.rules import Station
from havre.intake.jsondoor.models import AnsweredRequest
from havre.intake.jsondoor.once import forget_old_answers
from havre.intake.jsondoor.said import OPERATIONS
from havre.intake.models import Filing, Report
from havre.intake.providers.lanes import lanes
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from havre.wiring.addresses.wire import ADDRESSES
from tests.wires.in_json import in_json
from tests.wires.json_door import REPORT, JsonWire, a_report
from tests.wires.wire import REPORT as XML_REPORT
from tests.wires.wire import a_provider

EVERYTHING = Context(actor="station:test", scope=Scope.WORK)


@pytest.fixture
def wire(db, settings, tmp_path):
    settings.VAULT = tmp_path
    return JsonWire(a_provider())


def filings() -> list[tuple[int, str]]:
    with acting_as(EVERYTHING):
        return list(Filing.objects.order_by("id").values_list("number", "state"))


def at_the_desk(number: int) -> dict[str, object]:
    with acting_as(EVERYTHING):
        report = Report.objects.get(pk=Filing.objects.get(number=number).pk)
    told = ("channel", "language", "incident_count", "person_count", "file_count", "legal_basis")
    also = ("subject_age_class", "compartment", "retention_class", "danger_now", "provider_id")
    return {name: getattr(report, name) for name in (*told, *also)}


def is_problem(answer, status: int, code: str) -> dict:
    told = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code), told
    assert len(answer["Request-ID"]) == 32
    return told


def test_a_report_is_opened_filled_described_and_finished(wire):
    opened = wire.post("reports", a_report()).json()
    number = opened["reportId"]
    assert (opened["state"], opened["files"], opened["quality"]["score"]) == ("open", 0, 22)
    kept = wire.post(
        f"reports/{number}/files?name=pier.txt", b"The pier.", CONTENT_TYPE="text/plain"
    )
    file = kept.json()
    assert (kept.status_code, file["size"]) == (201, 9)
    assert file["sha256"] == hashlib.sha256(b"The pier.").hexdigest()
    details = f"reports/{number}/files/{file['fileId']}/details"
    assert wire.post(details, {"fileViewedByEsp": True}).status_code == 201
    again = is_problem(wire.post(details, {"fileViewedByEsp": True}), 409, "conflict")
    assert again["responseCode"] == 4100
    finished = wire.post(f"reports/{number}/finish").json()
    assert (finished["state"], finished["fileIds"]) == ("finished", [file["fileId"]])
    assert finished["reference"].startswith("R-")
    assert finished["preserveUntil"]
    told = is_problem(wire.post(f"reports/{number}/finish"), 409, "conflict")
    assert (told["responseCode"], "supplement" in told["detail"]) == (5102, True)
    state = wire.get(f"reports/{number}").json()
    assert state == {name: said for name, said in finished.items() if name != "fileIds"}


def test_both_doors_see_the_same_report_and_either_ends_what_the_other_began(wire):
    number = wire.open()
    assert wire.wire.upload(number).code == 0
    assert wire.wire.finish(number).code == 0
    assert wire.get(f"reports/{number}").json()["state"] == "finished"
    begun = wire.wire.submit()
    assert wire.post(f"reports/{begun}/retract").json()["state"] == "retracted"
    assert wire.wire.finish(begun).code == 5101


def test_the_same_report_is_the_same_thing_at_the_desk_whichever_door_it_came_by(wire):
    by_xml = wire.wire.submit()
    by_json = wire.open(in_json(XML_REPORT))
    wire.wire.finish(by_xml)
    wire.post(f"reports/{by_json}/finish")
    assert at_the_desk(by_xml) == at_the_desk(by_json)
    first, second = (wire.get(f"reports/{number}").json() for number in (by_xml, by_json))
    assert first["quality"] == second["quality"]


def test_a_report_is_filed_whole_in_one_call_and_only_once(wire):
    report = a_report()
    answer = wire.post("reports?finish=true", report, HTTP_IDEMPOTENCY_KEY="pier-1")
    assert (answer.status_code, answer.json()["state"]) == (201, "finished")
    again = wire.post("reports?finish=true", report, HTTP_IDEMPOTENCY_KEY='"pier-1"')
    assert (again.status_code, again.content) == (201, answer.content)
    assert (again["Idempotent-Replayed"], "Idempotent-Replayed" in answer) == ("true", False)
    other = wire.post("reports?finish=true", a_report(), HTTP_IDEMPOTENCY_KEY="pier-1")
    is_problem(other, 422, "idempotency-key-reused")
    elsewhere = wire.post("reports", report, HTTP_IDEMPOTENCY_KEY="pier-1")
    is_problem(elsewhere, 422, "idempotency-key-reused")
    assert len(filings()) == 1


def test_a_report_in_one_call_needs_a_key_or_it_might_come_twice(wire):
    told = is_problem(wire.post("reports?finish=true", a_report()), 422, "invalid")
    assert told["errors"][0]["header"] == "Idempotency-Key"
    bad = wire.post("reports", a_report(), HTTP_IDEMPOTENCY_KEY="two words")
    assert is_problem(bad, 422, "invalid")["errors"][0]["header"] == "Idempotency-Key"
    assert filings() == []


def test_what_was_refused_is_not_kept_under_its_key(wire):
    bad = wire.post("reports", {}, HTTP_IDEMPOTENCY_KEY="pier-2")
    is_problem(bad, 422, "invalid")
    number = wire.open()
    finish = f"reports/{number + 1}/finish"
    is_problem(wire.post(finish, HTTP_IDEMPOTENCY_KEY="pier-2"), 404, "not-found")
    good = wire.post(f"reports/{number}/finish", HTTP_IDEMPOTENCY_KEY="pier-2")
    assert good.status_code == 200
    again = wire.post(f"reports/{number}/finish", HTTP_IDEMPOTENCY_KEY="pier-2")
    assert (again.status_code, again.content) == (200, good.content)


def test_a_file_sent_twice_with_its_key_is_one_file_also_after_the_end(wire):
    number = wire.open()
    where = f"reports/{number}/files?name=pier.txt"
    first = wire.post(where, b"The pier.", HTTP_IDEMPOTENCY_KEY="f-1")
    again = wire.post(where, b"The pier.", HTTP_IDEMPOTENCY_KEY="f-1")
    assert first.content == again.content
    is_problem(
        wire.post(where, b"Boats.", HTTP_IDEMPOTENCY_KEY="f-1"), 422, "idempotency-key-reused"
    )
    assert wire.get(f"reports/{number}").json()["files"] == 1
    wire.post(f"reports/{number}/finish")
    late = wire.post(where, b"The pier.", HTTP_IDEMPOTENCY_KEY="f-1")
    assert late.content == first.content


def test_a_key_is_each_provider_s_own_and_free_again_after_a_week(wire):
    other = JsonWire(a_provider("valley-chat"))
    report = a_report()
    answers = [one.post("reports", report, HTTP_IDEMPOTENCY_KEY="same") for one in (wire, other)]
    assert len({answer.json()["reportId"] for answer in answers}) == 2
    assert forget_old_answers(by=Station.PIPELINE) == 0
    with clock.clock_set_to(clock.now() + timedelta(days=8)):
        assert forget_old_answers(by=Station.PIPELINE) == 2
    with acting_as(EVERYTHING):
        assert not AnsweredRequest.objects.exists()


def test_a_supplement_adds_to_a_finished_report_of_one_s_own(wire):
    number = wire.open()
    early = is_problem(wire.post(f"reports/{number}/supplements", a_report()), 409, "conflict")
    assert early["responseCode"] == 4100
    wire.post(f"reports/{number}/finish")
    where = f"reports/{number}/supplements?finish=true"
    added = wire.post(where, a_report(), HTTP_IDEMPOTENCY_KEY="more").json()
    assert (added["supplementTo"], added["state"]) == (number, "finished")
    assert wire.get(f"reports/{number}").json()["supplements"] == [added["reportId"]]


def test_another_s_report_and_one_that_never_was_are_answered_alike(wire):
    other = JsonWire(a_provider("valley-chat"))
    theirs = other.open()
    for path in ("finish", "retract", "files", "supplements", "files/ab12/details"):
        foreign, missing = (
            wire.post(f"reports/{number}/{path}", {} if "details" in path else a_report())
            for number in (theirs, theirs + 1)
        )
        if path in {"finish", "retract"}:
            foreign, missing = (
                wire.post(f"reports/{number}/{path}") for number in (theirs, theirs + 1)
            )
        assert is_problem(foreign, 404, "not-found") == is_problem(missing, 404, "not-found")
    assert [row["reportId"] for row in wire.get("reports").json()["reports"]] == []
    is_problem(wire.get(f"reports/{10**19}"), 404, "not-found")


def test_the_list_is_turned_page_by_page_without_a_gap_while_reports_come_in(wire):
    numbers = [wire.open() for _ in range(5)]
    wire.post(f"reports/{numbers[0]}/retract")
    first = wire.get("reports?limit=2").json()
    assert [row["reportId"] for row in first["reports"]] == numbers[:2:-1]
    wire.open()
    second = wire.get(f"reports?limit=2&after={first['next']}").json()
    third = wire.get(f"reports?limit=2&after={second['next']}").json()
    read = [row["reportId"] for page in (second, third) for row in page["reports"]]
    assert (read, third["next"]) == (numbers[2::-1], None)
    gone = wire.get("reports?state=retracted").json()
    assert [row["reportId"] for row in gone["reports"]] == [numbers[0]]
    other = JsonWire(a_provider("valley-chat"))
    foreign = is_problem(other.get(f"reports?after={first['next']}"), 422, "invalid")
    assert foreign["errors"] == [
        {"parameter": "after", "detail": "must be `next` of the page before"}
    ]


def test_a_refusal_is_told_in_the_language_of_who_asks(wire):
    told = wire.post("reports", {}, HTTP_ACCEPT_LANGUAGE="fr-CA")
    assert "erreurs" in told.json()["title"]
    assert told.json()["errors"][0] == {"pointer": "/incidentSummary", "detail": "manque"}
    looked_at = wire.post("checks/report", {}, HTTP_ACCEPT_LANGUAGE="fr").json()
    assert looked_at["errors"][0] == {"pointer": "/incidentSummary", "detail": "manque"}
    asked = wire.get("reports?limit=0", HTTP_ACCEPT_LANGUAGE="fr").json()
    assert asked["errors"] == [{"parameter": "limit", "detail": "`int` >= 1 attendu"}]
    assert told["Content-Language"] == "fr"
    stranger = wire.get("status", HTTP_AUTHORIZATION="Basic AAAA", HTTP_ACCEPT_LANGUAGE="fr")
    assert "clé" in is_problem(stranger, 401, "unauthorized")["title"]
    assert stranger["WWW-Authenticate"].startswith("Basic")


def test_what_cannot_be_read_is_refused_and_nothing_is_kept(wire):
    twice = json.dumps(a_report()).replace('"reporter"', '"reporter": {}, "reporter"')
    is_problem(wire.post("reports", twice.encode()), 400, "malformed")
    is_problem(wire.post("reports", b"<report/>"), 400, "malformed")
    odd = is_problem(wire.post("reports", a_report(additionalInfo="a\x00b")), 422, "invalid")
    assert odd["errors"][0]["pointer"] == "/additionalInfo"
    is_problem(wire.post("reports", b" " * (8 * 1024 * 1024 + 1)), 413, "too-large")
    number = wire.open()
    is_problem(wire.post(f"reports/{number}/finish", b"x" * 2_000), 413, "too-large")
    with override_settings(UPLOAD_MOST_BYTES=5):
        is_problem(wire.post(f"reports/{number}/files", b"The pier."), 413, "too-large")
    assert filings() == [(number, "open")]


def test_a_full_lane_is_told_to_wait_as_on_the_wire(wire, monkeypatch):
    monkeypatch.setattr(lanes(), "by_provider", {})
    monkeypatch.setattr(lanes(), "burst", 1)
    monkeypatch.setattr(lanes(), "per_second", 0.5)
    assert wire.get("status").status_code == 200
    full = wire.post("reports", a_report())
    told = is_problem(full, 429, "too-many")
    assert (full["Retry-After"], told["responseCode"]) == ("2", 4000)
    assert filings() == []


def test_a_test_account_goes_the_whole_way_and_nothing_reaches_the_desk(wire):
    change_provider(wire.wire.provider, environment="test", by=Station.SET_UP)
    assert wire.get("status").json()["environment"] == "test"
    done = wire.post("reports?finish=true", a_report(), HTTP_IDEMPOTENCY_KEY="t")
    assert (done.json()["state"], "reference" in done.json()) == ("finished", False)
    with acting_as(EVERYTHING):
        assert not Report.objects.exists()


def test_who_wants_no_quality_is_told_none_but_may_ask(wire):
    change_provider(wire.wire.provider, wants_quality=False, by=Station.SET_UP)
    opened = wire.post("reports", a_report()).json()
    assert "quality" not in opened
    assert wire.get(f"reports/{opened['reportId']}").json()["quality"]["score"] == 22


def test_a_check_files_nothing_and_names_every_fault(wire):
    good = wire.post("checks/report", REPORT).json()
    assert (good["wouldBeTaken"], good["quality"]["score"]) == (True, 13)
    bad = wire.post("checks/report", {"victim": 1}).json()
    assert [one["pointer"] for one in bad["errors"]] == ["/victim", "/incidentSummary", "/reporter"]
    details = wire.post("checks/details", {"exifViewedByEsp": True}).json()
    assert details["errors"][0]["pointer"] == "/fileViewedByEsp"
    assert filings() == []


def test_the_openapi_document_says_every_door_and_every_door_stands_in_it(wire):
    said = wire.get("openapi.json", HTTP_AUTHORIZATION="").json()
    assert said["openapi"] == "3.1.0"
    doors = {
        str(one.pattern).strip("^$")
        for one in ADDRESSES
        if (one.name or "").startswith("json_") and one.name != "json_nothing"
    }
    assert len(said["paths"]) == len(doors)
    # Reports by two methods, uploads by two, and one upload by three.
    assert len(OPERATIONS) == len(doors) + 1 + 1 + 2
    text = json.dumps(said)
    refs = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert refs <= set(said["components"]["schemas"])
    assert "http://" not in text.replace("http://json-schema.org", "")


def test_notices_of_preservation_are_told(wire):
    done = wire.post("reports?finish=true", a_report(), HTTP_IDEMPOTENCY_KEY="n").json()
    assert wire.get("notices").json() == {"notices": []}
    assert done["preserveUntil"] > "2026"
    is_problem(wire.get("nothing-here"), 404, "not-found")
