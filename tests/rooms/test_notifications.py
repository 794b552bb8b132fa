"""What a provider tells a police service itself: whole or refused, and nobody else's to read."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from havre.agencies.actions import add_provider, change_provider
from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.providers import Environment
from havre.audit.rules import Station
from havre.evidence.custody import key_of
from havre.intake.notifications.actions import (
    NoRealAccountError,
    NoSuchServiceError,
    NotificationRefusedError,
    TokenUsedError,
    notify_police,
    open_notification,
    read_notifications,
    read_sent,
)
from havre.intake.notifications.models import Notification
from havre.intake.notifications.reads import police_services
from havre.intake.notifications.rules import (
    LIMITS,
)
from havre.intake.notifications.wires import NotWhole
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.scopes import Context, Scope
from havre.wiring.jobs import legal_clocks
from tests import make
from tests.house.callers import undone
from tests.rooms.test_console import an_engineer
from tests.rooms.test_notification_rules import BODY, WHOLE
from tests.signing_in import signed_in
from tests.wires.wire import Wire, a_provider

TABLES = ("notifications_notification", "notifications_opening")


@dataclass
class Street:
    wire: Wire
    engineer: Officer
    harbor: Agency
    detective: Officer
    valley: Officer
    told: Notification
    browser: Client


@pytest.fixture(scope="module")
def whole(lasting_block) -> Street:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    harbor = make.directory()
    detective = make.officer(harbor)
    valley = make.officer(Agency.objects.get(code="valley-police"))
    wire = a_provider("pier-chat")
    engineer = an_engineer(wire, "p.roy")
    told = notify_police(WHOLE, to=harbor.code, token="first", by=engineer)
    browser = signed_in(engineer, Client(HTTP_HOST="localhost"))
    return Street(wire, engineer, harbor, detective, valley, told, browser)


@pytest.fixture
def street(whole) -> Iterator[Street]:
    with undone():
        yield whole


def seen_by(context: Context) -> list[int]:
    """How many rows and keys of notifications the database itself shows somebody."""
    asked = [f"SELECT count(*) FROM {table}" for table in TABLES]
    asked.append(
        "SELECT count(*) FROM evidence_recordkey WHERE compartment = 'police-notification'"
    )
    counts = []
    with acting_as(context), connection.cursor() as cursor:
        for question in asked:
            cursor.execute(question)
            counts.append(cursor.fetchone()[0])
    return counts


def test_only_the_police_service_that_was_notified_opens_it(street):
    opened = open_notification(street.told.reference, by=street.detective)
    assert opened.contents == WHOLE
    assert opened.opening.by == street.detective
    again = open_notification(street.told.reference, by=make.officer(street.harbor))
    assert again.opening.by == street.detective
    assert [r.reference for r in read_notifications(by=street.detective).rows] == [
        street.told.reference
    ]
    assert read_notifications(which="unread", by=street.detective).rows == ()
    everything = tuple(Compartment)
    for other in (
        street.valley,
        make.analyst(compartments=everything),
        make.officer(make.the_tipline(), Role.SUPERVISOR, compartments=everything),
        make.officer(Agency.objects.get(code="national-centre"), Role.NATIONAL_COORDINATOR),
        # The coordinator's capacity sees nothing even at the very service that was notified.
        replace_scope(street.harbor, Scope.COORDINATOR),
    ):
        assert not Notification.objects.visible_to(other).exists()
        with pytest.raises(Notification.DoesNotExist), undone():
            open_notification(street.told.reference, by=other)


@dataclass
class InScope:
    context: Context
    signature: str = "officer:test"


def replace_scope(agency: Agency, scope: Scope) -> InScope:
    return InScope(Context(actor="officer:test", scope=scope, agency=str(agency.pk)))


def test_raw_sql_shows_a_notification_to_nobody_of_the_tipline(street):
    open_notification(street.told.reference, by=street.detective)
    every = ",".join(Compartment)
    tipline = str(make.the_tipline().pk)
    harbor = str(street.harbor.pk)
    assert seen_by(street.detective.context) == [1, 1, 1]
    assert seen_by(Station.PIPELINE.context) == [1, 1, 1]
    # Its provider: that it was delivered. No key, and nothing of who read it.
    assert seen_by(street.engineer.context) == [1, 0, 0]
    for scope, agency in (
        (Scope.TIPLINE, tipline),
        (Scope.TIPLINE, harbor),
        (Scope.COORDINATOR, harbor),
        (Scope.AUDITOR, tipline),
        (Scope.AGENCY, tipline),
        (Scope.AGENCY, str(street.valley.agency_id)),
        (Scope.PUBLIC, ""),
        (Scope.RECEIPT, ""),
        (Scope.PROVIDER, ""),
    ):
        context = Context(
            actor="officer:test", scope=scope, agency=agency, compartments=every, report=""
        )
        assert seen_by(context) == [0, 0, 0], (scope, agency)


def test_its_provider_cannot_open_what_it_sent(street):
    (row,) = read_sent(by=street.engineer).rows
    assert row.delivered_at == street.told.delivered_at
    with pytest.raises(KeyRefusedError), acting_as(street.engineer.context):
        key_of(row.pk, by=street.engineer)
    html = street.browser.get("/fr/avis-a-la-police").content.decode()
    assert row.reference in html
    assert WHOLE.material not in html


def test_the_same_token_notifies_once_and_another_provider_s_is_another(street):
    again = notify_police(WHOLE, to=street.harbor.code, token="first", by=street.wire.provider)
    assert again == street.told
    other = a_provider("quay-chat").provider
    assert notify_police(WHOLE, to=street.harbor.code, token="first", by=other) != street.told


def test_the_same_token_with_anything_else_is_refused_and_never_taken_for_delivered(street):
    before = seen_by(Station.PIPELINE.context)
    detective = make.officer(street.valley.agency)
    for contents, to in (
        (replace(WHOLE, material="Another picture."), street.harbor.code),
        (WHOLE, detective.agency.code),
    ):
        with pytest.raises(TokenUsedError, match=street.told.reference), undone():
            notify_police(contents, to=to, token="first", by=street.engineer)
    assert seen_by(Station.PIPELINE.context) == before


def test_what_is_not_whole_or_goes_nowhere_is_not_sent(street):
    before = seen_by(Station.PIPELINE.context)
    with pytest.raises(NotificationRefusedError, match="material: text-missing"):
        notify_police(
            replace(WHOLE, material=""), to=street.harbor.code, token="", by=street.engineer
        )
    # Nobody reads such letters at the national centre yet; nobody ever does at the tipline.
    codes = [one.code for one in police_services(street.wire.provider)]
    assert codes == ["harbor-police", "valley-police"]
    for nowhere in ("national-centre", "tipline", "no-police"):
        with pytest.raises(NoSuchServiceError):
            notify_police(WHOLE, to=nowhere, token="", by=street.engineer)
    for_tests = add_provider(
        "chat-test", name="T", password="0f" * 24, environment=Environment.TEST, by=Station.SET_UP
    )
    with pytest.raises(NoRealAccountError):
        notify_police(WHOLE, to=street.harbor.code, token="", by=for_tests)
    assert seen_by(Station.PIPELINE.context) == before


def test_the_clock_of_section_4_runs_and_its_notices_come_once(street):
    day = street.told.delivered_at.astimezone(clock.LEGAL_ZONE).date()
    assert street.told.until == day + timedelta(days=21)
    for after, state in ((15, (False, False)), (16, (True, False)), (22, (True, True))):
        with clock.clock_set_to(street.told.delivered_at + timedelta(days=after)):
            legal_clocks(0)
        (row,) = read_sent(by=street.engineer).rows
        assert (bool(row.reminded_at), bool(row.ended_at)) == state
    change_provider(street.wire.provider, regime="", by=Station.SET_UP)
    free = notify_police(WHOLE, to=street.harbor.code, token="", by=street.wire.provider)
    assert free.until is None


def test_a_page_of_the_list_begins_behind_the_last_row_of_the_page_before(street, monkeypatch):
    monkeypatch.setattr("havre.intake.notifications.reads.ROWS", 1)
    second = notify_police(WHOLE, to=street.harbor.code, token="", by=street.engineer)
    first_page = read_sent(by=street.engineer)
    assert (first_page.rows[0], first_page.next) == (second, second.reference)
    last = read_sent(after=first_page.next, by=street.engineer)
    assert (last.rows, last.next) == ((street.told,), "")


def test_a_form_says_what_is_missing_where_it_is_mended_and_sends_what_is_whole(street):
    typed = {
        **{name: BODY[name] for name in LIMITS},
        "token": "a",
        "to": "harbor-police",
        "offences": ["163.1(3)"],
        "discovered_on": "2026-01-05",
        "discovered_time": "14:30",
        "zone": "America/Winnipeg",
        "is_sure": "on",
    }
    address = "/en/police-notifications/new"
    page = street.browser.get(address).content.decode()
    assert "(e) How to reach your representative" in page
    for missing in ({}, typed | {"is_sure": ""}, typed | {"discovered_on": "2199-01-05"}):
        answer = street.browser.post(address, missing)
        assert answer.status_code == 422
    assert "This moment is still to come." in answer.content.decode()
    # Read from link to link, five fields that lack the same are told apart.
    empty = street.browser.post(address, {}).content.decode()
    assert ">(b) Its format: The regulation asks for this. Write a few words.</a>" in empty
    assert ">Choose the police service to notify.</a>" in empty
    answer = street.browser.post(address, typed, follow=True)
    assert "was delivered to Harbor Police" in answer.content.decode()
    newest = read_sent(by=street.engineer).rows[0]
    # Gone back to, changed and sent: it says that this was not sent, and sends it the next time.
    answer = street.browser.post(address, typed | {"material": "A film."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"This form was delivered before, as {newest.reference}." in page
    token = re.search('name="token" value="([^"]+)"', page)[1]
    again = typed | {"material": "A film.", "token": token}
    assert street.browser.post(address, again).status_code == 302
    assert read_sent(by=street.engineer).chosen == 3
    told = open_notification(newest.reference, by=street.detective).contents
    assert told.discovered_at.astimezone(UTC) == datetime(2026, 1, 5, 20, 30, tzinfo=UTC)


def test_it_stands_in_the_inbox_as_its_own_kind_with_a_paper(street):
    browser = make.browser(street.detective)
    assert street.told.reference in browser.get("/en/inbox").content.decode()
    page = browser.get(f"/fr/reception/fournisseurs/{street.told.reference}").content.decode()
    assert WHOLE.circumstances in page
    paper = browser.get(f"/fr/reception/fournisseurs/{street.told.reference}/papier")
    assert paper.content.startswith(b"%PDF-")
    assert "None is unread" in browser.get("/en/inbox").content.decode()


def test_a_program_notifies_and_learns_of_the_delivery_alone(street):
    def post(body: object, wire: Wire = street.wire):
        return wire.client.post(
            "/mra/notifications",
            json.dumps(body).encode(),
            content_type="application/json",
            HTTP_AUTHORIZATION=wire.basic,
        )

    answer = post(BODY | {"token": "t"})
    assert answer.status_code == 201
    assert set(answer.json()) == {"reference", "to", "delivered_at", "preserve_until"}
    assert post(BODY | {"token": "t"}).json() == answer.json()
    at = f"/mra/notifications/{answer.json()['reference']}"
    again = street.wire.client.get(at, HTTP_AUTHORIZATION=street.wire.basic)
    assert again.json() == answer.json()
    other = a_provider("quay-chat")
    assert other.client.get(at, HTTP_AUTHORIZATION=other.basic).status_code == 404
    refused = post(BODY | {"token": "t", "contact": "Ring the bell."})
    assert (refused.status_code, answer.json()["reference"] in refused.json()["reasons"][0]) == (
        422,
        True,
    )
    for odd in ("token", "material", "contact"):
        assert post(BODY | {odd: "\ud800"}).status_code == 422
    for odd in ({"transmission_data": {"type": "\x00"}}, {"token": "t", "material": "\ud800"}):
        assert post(BODY | odd).status_code == 422
    refused = post(BODY | {"to": "tipline"})
    assert (refused.status_code, refused.json()["title"]) == (422, NotWhole.title)
    refused = post(BODY | {"discovered_at": "2199-01-05T14:30:00Z", "contact": " "})
    assert len(refused.json()["reasons"]) == 2
