"""The section 2 channel: addresses in, a signed receipt out, and nothing else is kept."""

import base64
import json

import pytest
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from havre.agencies.actions import add_provider, change_provider
from havre.agencies.rules.providers import Environment
from havre.audit.rules import Station
from havre.evidence.custody import contact_key_of
from havre.evidence.models import Exhibit
from havre.evidence.vault import opened_exhibit
from havre.intake.actions import open_report
from havre.intake.law.models import AddressReport
from havre.intake.law.rules.addresses import NotOnlyAddresses, addresses_in
from havre.intake.models import Report
from havre.intake.rules.submission import Incident
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests import make
from tests.wires.test_ispws_refusals import rows_everywhere
from tests.wires.wire import Wire, a_provider

EVERYTHING = Context(actor="test", scope=Scope.WORK)
PLACES = ["https://example.com/pier", "192.0.2.17", "2001:db8::1"]
MARK = "harbor-bell-marker"


def report(wire: Wire, body: object, path: str = "/mra/addresses", **headers):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return wire.client.post(
        path, data, content_type="application/json", HTTP_AUTHORIZATION=wire.basic, **headers
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "must be JSON"),
        (b"[" * 100_000, "must be JSON"),
        (b'["https://example.com"]', "must be an object"),
        (b"{}", "addresses: must be a list"),
        (b'{"addresses": []}', "one address at least"),
        (b'{"addresses": "https://example.com"}', "must be a list"),
        (b'{"addresses": ["He asked me to meet."]}', "addresses[0]: must be a URL"),
        (b'{"addresses": ["https://example.com/a b"]}', "addresses[0]: must be a URL"),
        (b'{"addresses": ["https://\\ud800.example.com"]}', "addresses[0]: must be a URL"),
        (b'{"addresses": ["fe80::1%\\ud800"]}', "addresses[0]: must be a URL"),
        (b'{"addresses": [7]}', "addresses[0]: must be text"),
        (b'{"addresses": ["https://example.com"], "note": "x"}', "note: this channel takes"),
    ],
)
def test_whatever_is_no_address_is_refused_with_its_reason(body, reason):
    with pytest.raises(NotOnlyAddresses) as refused:
        addresses_in(body)
    assert reason in str(refused.value)


def test_every_reason_is_told_at_once_and_the_limits_hold():
    with pytest.raises(NotOnlyAddresses) as refused:
        addresses_in(b'{"note": 1, "who": 2, "addresses": ["a", "192.0.2.1", "b"]}')
    assert len(refused.value.reasons) == 4
    most = json.dumps({"addresses": ["192.0.2.1"] * 1000}).encode()
    assert len(addresses_in(most)) == 1000
    with pytest.raises(NotOnlyAddresses, match="at most 1000"):
        addresses_in(most.replace(b"]", b', "192.0.2.2"]'))
    with pytest.raises(NotOnlyAddresses, match="at most 2083"):
        addresses_in(json.dumps({"addresses": ["https://example.com/" + "a" * 2083]}).encode())


@pytest.mark.django_db
def test_the_receipt_holds_what_the_regulations_ask_and_can_be_checked_by_anybody():
    wire = a_provider()
    answer = report(wire, {"addresses": PLACES})
    told = answer.json()
    assert answer.status_code == 201
    assert set(told["receipt"]) == {
        "incident_number",
        "provider_name",
        "provider_identifier",
        "received_at",
    }
    assert told["receipt"]["provider_identifier"] == "example-chat"
    key = wire.client.get("/mra/key").json()["public_key"]
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    signature = base64.b64decode(told["signature"])
    public.verify(signature, rfc8785.dumps(told["receipt"]))
    changed = {**told["receipt"], "provider_name": "Somebody else"}
    with pytest.raises(InvalidSignature):
        public.verify(signature, rfc8785.dumps(changed))
    change_provider(wire.provider, name="Renamed", by=Station.SET_UP)
    at = f"/mra/receipts/{told['receipt']['incident_number']}"
    assert wire.client.get(at, HTTP_AUTHORIZATION=wire.basic).json() == told
    other = a_provider("example-games")
    foreign = wire.client.get(at, HTTP_AUTHORIZATION=other.basic)
    missing = wire.client.get("/mra/receipts/S-0000-0000", HTTP_AUTHORIZATION=other.basic)
    assert (foreign.status_code, foreign.content) == (404, missing.content)


@pytest.mark.django_db
def test_nothing_beyond_the_addresses_is_stored():
    make.directory()
    wire, analyst = a_provider(), make.analyst()
    answer = report(
        wire,
        {"addresses": PLACES},
        path=f"/mra/addresses?note={MARK}",
        HTTP_USER_AGENT=MARK,
        HTTP_X_NOTE=MARK,
        HTTP_REFERER=f"https://example.com/{MARK}",
        HTTP_COOKIE=f"note={MARK}",
    )
    assert answer.status_code == 201
    with acting_as(EVERYTHING), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            assert not [row for row in cursor.fetchall() if MARK in row[0]], table
        row = Report.objects.get()
        exhibit = Exhibit.objects.get()
        contact_free = row.contact is None
    opened = open_report(row.reference, by=analyst)
    told = opened.submission
    assert [given.value for given in told.incidents[0].identifiers] == PLACES
    assert [given.kind for given in told.incidents[0].identifiers] == ["url", "ip", "ip"]
    bare = Incident(
        happening=told.incidents[0].happening, identifiers=told.incidents[0].identifiers
    )
    assert told.incidents == (bare,)
    assert (told.people, told.files, told.extra, contact_free) == ((), (), (), True)
    assert (row.retention_class, row.legal_basis) == ("statutory-2y", "statutory-report")
    assert exhibit.size == len(rfc8785.dumps({"addresses": PLACES}))


@pytest.mark.django_db
def test_a_note_beside_the_addresses_is_refused_and_nothing_is_stored():
    wire = a_provider()
    before = rows_everywhere()
    answer = report(wire, {"addresses": PLACES, "note": MARK})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["reasons"] == [
        "note: this channel takes addresses only; nothing was stored"
    ]
    assert rows_everywhere() == before


@pytest.mark.django_db
def test_refusals_are_problem_documents():
    wire = a_provider()
    strange = Wire(wire.provider, "wrong")
    answer = report(strange, {"addresses": PLACES})
    assert (answer.status_code, answer.json()["status"]) == (401, 401)
    assert answer["WWW-Authenticate"].startswith("Basic")
    answer = wire.client.get("/mra/addresses", HTTP_AUTHORIZATION=wire.basic)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert report(wire, b" " * 4_200_000).status_code == 413


@pytest.mark.django_db
def test_a_test_account_reports_nothing_here():
    password = "0f" * 24
    add_provider(
        "chat-test", name="T", password=password, environment=Environment.TEST, by=Station.SET_UP
    )
    answer = report(Wire.of("chat-test", password), {"addresses": PLACES})
    assert answer.status_code == 403
    with acting_as(EVERYTHING):
        assert not AddressReport.objects.exists()


@pytest.mark.django_db
def test_the_source_of_the_report_is_the_addresses_alone():
    make.directory()
    wire, analyst = a_provider(), make.analyst()
    report(wire, {"addresses": PLACES[:1]})
    with acting_as(EVERYTHING):
        row = Report.objects.get()
    (source,) = open_report(row.reference, by=analyst).exhibits
    with acting_as(analyst.context):
        opened = b"".join(opened_exhibit(source, key=contact_key_of(row.pk, by=analyst)))
    assert json.loads(opened) == {"addresses": PLACES[:1]}
