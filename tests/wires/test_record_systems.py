"""The door of agencies' record systems: keys, looks, acts, repeats, and what it says of itself."""

import io
import json
import re
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Role
from havre.agencies.staff.actions import close_officer
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing import clock
from havre.plumbing.apis.cursors import cursor_of
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from havre.referrals.actions import open_referral
from havre.referrals.models import Outcome, Remark
from havre.referrals.records.actions import forget_repeats, issue_system_key, revoke_system_key
from havre.referrals.records.contract import contract_document
from havre.referrals.records.models import Repeat, SystemKey
from havre.referrals.records.rules import KEY, REPEATS_KEPT
from tests import make
from tests.house.callers import undone
from tests.signing_in import signed_in

SHOWN = re.compile(r"havre_[0-9a-f]{48}")


@dataclass
class System:
    """A record system with its key, and the referrals that wait for its agency."""

    key: str
    row: SystemKey
    detective: Officer
    supervisor: Officer
    stranger: Officer
    mine: str
    second: str
    theirs: str

    def get(self, path: str, **headers: str) -> HttpResponse:
        client = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {self.key}")
        return client.get(f"/records/v1/{path}", **headers)

    def post(self, path: str, body: object, *, once: str | None = None) -> HttpResponse:
        client = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {self.key}")
        return client.post(
            f"/records/v1/{path}",
            json.dumps(body),
            content_type="application/json",
            HTTP_IDEMPOTENCY_KEY=once or secrets.token_hex(8),
        )


@pytest.fixture(scope="module")
def whole(lasting_block) -> System:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    harbor = make.directory()
    valley = make.agency("valley-police", regions=("ON",))
    analyst, detective = make.analyst(), make.officer(harbor)
    sent = [make.referral(make.report(), to=to, by=analyst) for to in (harbor, harbor, valley)]
    row, key = issue_system_key("Files", officer=detective.username, by=detective)
    return System(
        key=key,
        row=row,
        detective=detective,
        supervisor=make.officer(harbor, Role.AGENCY_SUPERVISOR),
        stranger=make.officer(valley),
        mine=sent[0].reference,
        second=sent[1].reference,
        theirs=sent[2].reference,
    )


@pytest.fixture
def system(whole) -> Iterator[System]:
    with undone():
        yield whole


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.filter(event=event))


def told(response: HttpResponse, status: int = 200) -> dict:
    assert response.status_code == status, response.content
    assert len(response["Request-ID"]) == 32
    assert response["Cache-Control"] == "no-store"
    return json.loads(response.content)


def test_the_inbox_is_listed_page_by_page_and_shows_nobody_else_s(system, monkeypatch):
    monkeypatch.setattr("havre.referrals.inbox.listing.INBOX_ROWS", 1)
    first = told(system.get("referrals"))
    second = told(system.get(f"referrals?after={first['next']}"))
    listed = [row["reference"] for page in (first, second) for row in page["referrals"]]
    assert (sorted(listed), second["next"]) == (sorted([system.mine, system.second]), None)
    row = first["referrals"][0]
    assert (row["state"], row["isUnread"], row["clock"]) == ("sent", True, "answer")
    assert told(system.get("referrals?state=closed"))["referrals"] == []
    assert len(lines(Event.INBOX_READ)) == 3
    for place in (
        "0_\x00_1.000000_" + "a" * 32,
        "0_\ud800_1.000000_" + "a" * 32,
        "pier",
        "0_A_nan_0",
    ):
        assert told(system.get(f"referrals?after={cursor_of(place)}"), 422)["code"] == "invalid"
    for wrong in ("?after=pier", "?state=sunken", "?sort=up"):
        assert told(system.get(f"referrals{wrong}"), 422)["code"] == "invalid"


def test_one_referral_carries_the_police_json_of_its_package_and_no_reporter(system):
    whole = told(system.get(f"referrals/{system.mine}"))
    assert whole["referral"]["state"] == "opened"
    answer = system.get(f"referrals/{system.mine}/package")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert json.loads(archive.read("police.json")) == whole["report"]
    again = system.get(f"referrals/{system.mine}/package")
    assert again.content == answer.content
    first = system.get(f"referrals/{system.mine}/package?number=1")
    assert first.content == answer.content
    names = [each["Content-Disposition"].partition("filename=")[2] for each in (again, first)]
    assert names == [f'"{system.mine}.zip"', f'"{system.mine}-1.zip"']
    told(system.get(f"referrals/{system.mine}/package?number=2"), 404)
    told(system.get(f"referrals/{system.mine}/package?number=pier"), 422)
    for hidden in ("Robin Example", "555-0142", "2045550142"):
        assert hidden not in json.dumps(whole)
    assert "dock.master@example.com" in json.dumps(whole["report"])
    opened = lines(Event.REFERRAL_OPENED)
    assert [line.actor for line in opened] == [f"key:{system.row.pk}"]
    assert len(lines(Event.PACKAGE_FETCHED)) == 3


def test_what_is_another_s_and_what_is_missing_look_alike(system):
    for path in ("", "/package"):
        foreign = told(system.get(f"referrals/{system.theirs}{path}"), 404)
        assert foreign == told(system.get(f"referrals/R-0000-0000{path}"), 404)
    for path, body in (("accept", {}), ("questions", {"text": "Which?"})):
        foreign = told(system.post(f"referrals/{system.theirs}/{path}", body), 404)
        assert foreign == told(system.post(f"referrals/R-0000-0000/{path}", body), 404)


def test_a_system_takes_a_referral_and_says_what_came_of_it_in_one_call(system):
    assert told(system.post(f"referrals/{system.mine}/accept", {}), 201) == {
        "reference": system.mine,
        "state": "accepted",
    }
    said = {
        "disposition": "insufficient",
        "insufficiency": "cgnat-no-port",
        "usefulness": 2,
        "missingFields": ["port", "time"],
        "note": "No port.",
    }
    assert told(system.post(f"referrals/{system.mine}/outcomes", said), 201)["state"] == "closed"
    with acting_as(system.detective.context):
        outcome = Outcome.objects.get()
    assert (outcome.by, outcome.missing_fields) == (system.detective, ["port", "time"])
    whole = told(system.get(f"referrals/{system.mine}"))
    assert whole["outcomes"][0]["insufficiency"] == "cgnat-no-port"
    page = signed_in(system.detective).get(f"/en/referrals/{system.mine}").content.decode()
    assert "Referral accepted" in page
    assert ", Files</span>" in page


def test_what_contradicts_itself_is_refused_with_its_place_and_nothing_is_kept(system):
    told(system.post(f"referrals/{system.mine}/accept", {}), 201)
    at = f"referrals/{system.mine}/outcomes"
    for body, place in (
        ({"disposition": "victim-identified"}, "/count"),
        ({"disposition": "sunk"}, "/disposition"),
        ({"disposition": "arrest", "missingFields": ["sail"]}, "/missingFields/0"),
        ({"disposition": "arrest", "useful": 3}, "/useful"),
        ({}, "/disposition"),
    ):
        problem = told(system.post(at, body), 422)
        assert [error["pointer"] for error in problem["errors"]] == [place]
    with acting_as(system.detective.context):
        assert not Outcome.objects.exists()
        assert Repeat.objects.count() == 1
    assert told(system.post(f"referrals/{system.mine}/accept", {}), 409)["state"] == "accepted"


def test_a_system_returns_a_referral_and_is_told_no_more_of_it(system):
    at = f"referrals/{system.mine}/return"
    wrong = {"note": "Not ours.", "suggestedAgency": "nobody"}
    assert told(system.post(at, wrong), 422)["errors"][0]["pointer"] == "/suggestedAgency"
    right = {"note": "Not ours.", "suggestedAgency": "valley-police"}
    assert told(system.post(at, right), 201)["state"] == "returned"
    over = told(system.get(f"referrals/{system.mine}"))
    assert (over["report"], over["reason"], over["referral"]["state"]) == (None, None, "returned")
    told(system.get(f"referrals/{system.mine}/package"), 404)


def test_the_same_request_again_is_done_once_and_answered_as_at_first(system):
    at, body = f"referrals/{system.mine}/questions", {"text": "Which library?"}
    first = system.post(at, body, once="q-1")
    again = system.post(at, body, once="q-1")
    assert told(first, 201) == told(again, 201)
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    other = told(system.post(at, {"text": "Which pier?"}, once="q-1"), 422)
    assert other["code"] == "idempotency-key-reused"
    with acting_as(system.detective.context):
        assert Remark.objects.count() == 1
    plain = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {system.key}")
    lacking = plain.post(f"/records/v1/{at}", "{}", content_type="application/json")
    assert told(lacking, 422)["errors"][0]["pointer"] == "/text"
    lacking = plain.post(f"/records/v1/{at}", json.dumps(body), content_type="application/json")
    assert told(lacking, 422)["errors"][0]["header"] == "Idempotency-Key"
    with clock.clock_set_to(clock.now() + REPEATS_KEPT + timedelta(minutes=1)):
        assert forget_repeats(by=Station.PIPELINE) == 1


def test_a_key_of_another_agency_repeats_nothing_of_this_one(system):
    told(system.post(f"referrals/{system.mine}/accept", {}, once="k"), 201)
    _row, theirs = issue_system_key("F", officer=system.stranger.username, by=system.stranger)
    system_key, system.key = system.key, theirs
    try:
        told(system.post(f"referrals/{system.theirs}/accept", {}, once="k"), 201)
    finally:
        system.key = system_key


def test_refusals_come_in_the_language_that_is_asked_for(system):
    english = told(system.get("referrals/R-0000-0000"), 404)
    french = told(system.get("referrals/R-0000-0000", HTTP_ACCEPT_LANGUAGE="fr-CA"), 404)
    assert english["title"] != french["title"]


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer pier", f"Bearer havre_{'0' * 48}"])
def test_without_a_key_nothing_opens(system, shown):
    client = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=shown)
    answer = client.get("/records/v1/referrals")
    assert (answer.status_code, "Bearer" in answer["WWW-Authenticate"]) == (401, True)
    signed = signed_in(system.detective, Client(HTTP_HOST="localhost"))
    assert signed.get("/records/v1/referrals").status_code == 401


def test_a_key_ends_when_it_is_revoked_or_followed_or_its_officer_is_gone(system):
    named = {"officer": system.detective.username, "by": system.detective}
    row, shown = issue_system_key("Files", overlap=timedelta(days=2), **named)
    told(system.get("referrals"))
    with clock.clock_set_to(clock.now() + timedelta(days=3)):
        told(system.get("referrals"), 401)
        system_key, system.key = system.key, shown
        told(system.get("referrals"))
    revoke_system_key(row.pk, by=system.supervisor)
    told(system.get("referrals"), 401)
    _row, system.key = issue_system_key("Files", **named)
    told(system.get("referrals"))
    close_officer(system.detective.pk, by=Station.SET_UP)
    told(system.get("referrals"), 401)
    system.key = system_key
    with pytest.raises(SystemKey.DoesNotExist):
        revoke_system_key(row.pk, by=system.stranger)
    with pytest.raises(ValueError, match="30 days"):
        issue_system_key("Files", overlap=timedelta(days=31), **named)


def test_a_supervisor_makes_a_key_that_is_shown_once_and_kept_nowhere(system):
    browser = signed_in(system.supervisor, Client(HTTP_HOST="localhost"))
    typed = {"name": "Case files", "officer": system.detective.username, "days": "7"}
    page = browser.post("/en/record-systems", typed).content.decode()
    (key,) = SHOWN.findall(page)
    assert KEY.fullmatch(key)
    again = browser.get("/fr/systemes-de-dossiers").content.decode()
    assert (key in again, f"…{key[-4:]}" in again) == (False, True)
    with acting_as(system.supervisor.context):
        made = SystemKey.objects.get(name="Case files")
        assert key not in repr(
            [vars(made), [vars(line) for line in lines(Event.SYSTEM_KEY_ISSUED)]]
        )
    for missing in ({}, {**typed, "officer": "nobody"}, {**typed, "days": "31"}):
        assert browser.post("/en/record-systems", missing).status_code == 422
    gone = browser.post(f"/en/record-systems/{made.pk}/revoke", follow=True)
    assert "opens nothing any more" in gone.content.decode()


def test_whoever_shows_no_key_finds_none_in_the_table(system):
    with acting_as(Context(actor="test", scope=Scope.PUBLIC)):
        assert not SystemKey.objects.exists()
    with acting_as(Context(actor="test", scope=Scope.PUBLIC, token=system.row.digest)):
        assert SystemKey.objects.get() == system.row
    with acting_as(system.stranger.context):
        assert not SystemKey.objects.exists()


def test_the_contract_names_every_door_and_what_it_refuses():
    document = json.loads(Client().get("/records/v1/openapi.json").content)
    assert document == json.loads(json.dumps(contract_document()))
    assert document["openapi"] == "3.1.0"
    acts = {path.rpartition("/")[2] for path, one in document["paths"].items() if "post" in one}
    done = {"accept", "return", "decline", "hand-over", "outcomes"}
    assert acts == {*done, "questions", "provider-questions"}
    for path, one in document["paths"].items():
        for name, operation in one.items():
            assert {"401", "405"} - {"401"} <= operation["responses"].keys()
            headers = [each["name"] for each in operation.get("parameters", [])]
            assert ("Idempotency-Key" in headers) is (name == "post"), path
    outcome = document["components"]["schemas"]["OutcomeBody"]
    assert outcome["additionalProperties"] is False
    assert set(outcome["properties"]) >= {"disposition", "missingFields", "usefulness"}


def test_a_detective_s_look_through_a_key_counts_as_the_first(system):
    told(system.get(f"referrals/{system.second}"))
    opened = open_referral(system.second, by=system.detective)
    assert opened.referral.opened_at < opened.referral.seen_at


def test_a_key_that_asks_too_fast_is_told_when_to_come_again_and_no_other_is(system, settings):
    settings.RECORDS_PER_SECOND = 0.5
    answers_for = system.detective.username
    _row, other = issue_system_key("Others", officer=answers_for, by=system.detective)
    answers = [system.get("referrals") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    problem = told(answers[-1], 429)
    assert (problem["code"], int(answers[-1]["Retry-After"])) == ("too-many", 2)
    assert "again in 2 s" in problem["detail"]
    before = len(lines(Event.INBOX_READ))
    accepted = system.post(f"referrals/{system.mine}/accept", {})
    assert accepted.status_code == 429
    assert len(lines(Event.REFERRAL_ACCEPTED)) == 0
    client = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {other}")
    assert client.get("/records/v1/referrals").status_code == 200
    assert len(lines(Event.INBOX_READ)) == before + 1
