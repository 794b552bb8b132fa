"""Our calls are as the OpenAPI document says; and a key keeps one pace at all processes."""

import ast
import json
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from havre.plumbing import clock
from havre.plumbing.apis.problems import ProblemError
from havre.plumbing.environment import CLONE
from havre.referrals.notices.rules import BEYOND_INBOX, NewsKind
from havre.referrals.records.pace import forget_what_was_taken, keep_pace, take_on_account
from havre.referrals.records.rules import Pace, seconds_to_wait
from havre.referrals.webhooks.rules import TEST, body_of, headers_of

HOUSE = CLONE / "havre"
# A notification of section 3 waits in the inbox, and is no referral.
CALLED = set(NewsKind) - BEYOND_INBOX - {NewsKind.PROVIDER_NOTIFIED}


def told_to_agencies(path: Path) -> set[str]:
    """The kinds of news that a file passes to `tell_agency`, by name."""
    tree = ast.parse(path.read_text())
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    told = [n for n in calls if isinstance(n.func, ast.Name) and n.func.id == "tell_agency"]
    if not told:
        return set()
    # Some choose between kinds before they call: every kind that the file names counts.
    return set(re.findall(r"NewsKind\.([A-Z_]+)", path.read_text()))


def hooks() -> dict[str, dict]:
    document = json.loads(Client().get("/records/v1/openapi.json").content)
    return {event: one["post"] for event, one in document["webhooks"].items()}


def test_every_event_that_is_sent_stands_in_the_document_and_no_other(db):
    sent = set().union(*(told_to_agencies(path) for path in HOUSE.rglob("*.py")))
    assert {NewsKind[name] for name in sent} == CALLED
    assert set(hooks()) == {str(NewsKind[name]) for name in sent} | {TEST}


def test_the_page_for_engineers_names_the_same_events():
    table = (CLONE / "docs/records.md").read_text().partition("| `type` |")[2].partition("\n\n")[0]
    named = {name for line in table.splitlines() for name in re.findall(r"`([a-z.-]+)`", line)}
    assert named - {"data"} == {str(kind) for kind in CALLED} | {TEST}


@pytest.mark.parametrize("event", [*sorted(CALLED), TEST])
def test_a_call_is_as_its_document_says(db, event):
    said = hooks()[event]
    media = said["requestBody"]["content"]["application/json"]
    example = media["example"]
    assert (example["type"], media["schema"]["properties"]["type"]) == (event, {"const": event})
    assert set(example) == set(media["schema"]["required"])
    data = media["schema"]["properties"]["data"]
    assert set(example["data"]) == set(data.get("required", ()))
    for value in example["data"].values():
        assert re.fullmatch(data["properties"]["referral"]["pattern"], value)
    headers = {one["name"]: one["schema"] for one in said["parameters"]}
    now = clock.now()
    body = body_of(event, "R-0000-0000", at=now)
    sent = headers_of("msg_1", body, secrets=[b"a", b"b"], now=now)
    signed = {name for name in sent if name.startswith("webhook-")}
    assert signed == set(headers)
    for name in signed:
        assert re.fullmatch(headers[name].get("pattern", ".*"), sent[name])
    assert {"2XX", "410", "default"} == set(said["responses"])
    assert said["security"] == []


# --------------------------------------------------------------------------------- one pace


def lets_in(key) -> bool:
    try:
        keep_pace(key)
    except ProblemError:
        return False
    return True


def set_on(key, by: timedelta) -> None:
    """Set on the clock of a key's count: ahead of the database's, nothing fills it."""
    with connection.cursor() as cursor:
        later = "UPDATE records_pace SET filled_at = filled_at + %s WHERE key = %s"
        cursor.execute(later, [by, key])


def test_two_processes_keep_one_pace_for_a_key(db, settings):
    """Another process has nothing on account, and finds the same count."""
    settings.RECORDS_PER_SECOND, key = 0.5, uuid4()
    assert lets_in(key)
    set_on(key, timedelta(hours=1))
    forget_what_was_taken()
    assert lets_in(key)
    forget_what_was_taken()
    assert not lets_in(key)
    assert lets_in(uuid4()), "another key has a pace of its own"


def test_a_process_lets_in_fewer_than_one_lease_beyond_the_count(db, settings):
    settings.RECORDS_PER_SECOND, key, let_in = 10, uuid4(), 0
    pace = Pace.of(10)
    for _request in range(100):
        let_in += lets_in(key)
        if not _request:
            set_on(key, timedelta(hours=1))
        if not _request % 3:
            forget_what_was_taken()
    assert let_in <= pace.burst + pace.lease


def test_a_process_lets_in_what_it_took_and_no_more(db, settings):
    settings.RECORDS_PER_SECOND, key = 10, uuid4()
    assert lets_in(key)
    set_on(key, timedelta(hours=1))
    assert 1 + sum(lets_in(key) for _request in range(60)) == Pace.of(10).burst


def test_the_database_is_asked_once_for_several_requests(db, settings):
    settings.RECORDS_PER_SECOND, key = 10, uuid4()
    with CaptureQueriesContext(connection) as asked:
        assert all(lets_in(key) for _request in range(20))
    assert len(asked) == 4


def test_the_count_fills_again_by_the_database_s_clock_and_not_beyond_a_stretch(db):
    pace, key = Pace.of(10), uuid4()
    assert take_on_account(key, pace)[0] == pace.lease
    set_on(key, timedelta(hours=1))
    for _lease in range(7):
        assert take_on_account(key, pace)[0] == pace.lease
    assert take_on_account(key, pace) == (0, 0)
    set_on(key, -timedelta(hours=1, seconds=1))
    assert take_on_account(key, pace)[0] == pace.lease
    set_on(key, -timedelta(hours=1))
    assert take_on_account(key, pace)[1] == pytest.approx(pace.burst - pace.lease)


def test_to_count_writes_nothing_to_disk(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'records_pace'")
        assert cursor.fetchone() == ("u",)


def test_how_long_to_wait_is_told_in_whole_seconds():
    slow, fast = Pace.of(0.5), Pace.of(10)
    assert [seconds_to_wait(left, slow) for left in (0.0, 0.5, 0.99)] == [2, 1, 1]
    assert seconds_to_wait(0.0, fast) == 1
    assert (slow.lease, fast.lease, slow.burst) == (1, 5, 2)
