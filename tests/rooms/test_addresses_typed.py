"""Section 2 without a program: a provider's people report addresses at the console."""

import json
import re

import pytest
from django.test import Client

from havre.agencies.actions import change_provider
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.actions import open_report
from havre.intake.law.models import AddressReport
from havre.intake.models import Report
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.receipts.actions import report_typed
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests import make
from tests.rooms.test_console import an_engineer
from tests.signing_in import signed_in
from tests.wires.wire import a_provider

EVERYTHING = Context(actor="test", scope=Scope.WORK)
TYPED = "https://example.com/lantern\r\n\r\n  192.0.2.7  \r\n"
PLACES = ["https://example.com/lantern", "192.0.2.7"]
AT = "/en/report-addresses"


@pytest.fixture
def wire(db):
    make.directory()
    return a_provider("harbor-chat")


@pytest.fixture
def engineer(wire):
    return an_engineer(wire, "p.roy")


def browser(engineer) -> Client:
    return signed_in(engineer, Client(HTTP_HOST="localhost"))


def kept() -> tuple[int, int]:
    with acting_as(EVERYTHING):
        return Report.objects.count(), AddressReport.objects.count()


def repeats() -> list[bool]:
    """Of each line that tells of a report, whether it had come before; all of one report."""
    with acting_as(EVERYTHING):
        found = list(Entry.objects.filter(event=Event.ADDRESSES_REPORTED).order_by("id"))
        assert {line.about for line in found} == {str(Report.objects.get().pk)}
    return [bool(line.details.get("is_repeat")) for line in found]


def token_on(page: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def test_what_is_typed_goes_to_the_desk_and_the_receipt_comes_at_once(wire, engineer):
    analyst, ours = make.analyst(), browser(engineer)
    token = token_on(ours.get(AT).content.decode())
    told = ours.post(AT, {"addresses": TYPED, "token": token}, follow=True)
    with acting_as(EVERYTHING):
        row = AddressReport.objects.select_related("report").get()
        line = Entry.objects.filter(event=Event.ADDRESSES_REPORTED).get()
    assert told.redirect_chain == [(f"/en/receipts/{row.incident_number}", 302)]
    assert "The addresses are reported. This is the receipt." in told.content.decode()
    opened = open_report(row.report.reference, by=analyst).submission
    assert [given.value for given in opened.incidents[0].identifiers] == PLACES
    assert (line.actor, line.details["addresses"]) == (engineer.signature, 2)
    program = wire.client.get(
        f"/mra/receipts/{row.incident_number}", HTTP_AUTHORIZATION=wire.basic
    ).json()
    assert program["receipt"]["provider_identifier"] == "harbor-chat"


def test_the_same_page_twice_is_one_report_and_another_page_is_another(engineer):
    ours = browser(engineer)
    token = token_on(ours.get(AT).content.decode())
    first, again = (ours.post(AT, {"addresses": TYPED, "token": token}) for _ in range(2))
    assert (first.status_code, first.url) == (302, again.url)
    assert kept() == (1, 1)
    assert repeats() == [False, True]
    other = ours.post(AT, {"addresses": "192.0.2.9", "token": token})
    assert other.status_code == 422
    assert "sent before with other addresses" in other.content.decode()
    assert kept() == (1, 1)
    fresh = token_on(ours.get(AT).content.decode())
    assert ours.post(AT, {"addresses": TYPED, "token": fresh}).url != first.url
    assert kept() == (2, 2)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write one address at least."),
        ("192.0.2.7\nHe wrote to me", "Line 2 is no address."),
        ("pier\n192.0.2.7\nexample.com/x", "Lines 1, 3 are no addresses."),
        ("\n".join(["192.0.2.7"] * 1001), "At most 1000 addresses at once: these are 1001."),
        ("https://example.com/" + "a" * 2083, "Line 1 is no address."),
    ],
)
def test_what_is_no_address_is_refused_by_its_line_and_nothing_is_kept(engineer, typed, said):
    ours = browser(engineer)
    answer = ours.post(AT, {"addresses": typed, "token": "t"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert kept() == (0, 0)


def test_a_test_account_reports_nothing(db):
    make.directory()
    wire = a_provider("pier-test")
    change_provider(wire.provider, environment="test", by=Station.SET_UP)
    ours = browser(an_engineer(wire, "t.roy"))
    page = ours.get("/fr/signaler-des-adresses").content.decode()
    assert "essai ne signale rien selon l" in page
    assert "<textarea" not in page
    ours.post(AT, {"addresses": TYPED, "token": "t"})
    assert kept() == (0, 0)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (AT, "account is closed here. No new report is taken"),
        ("/fr/signaler-des-adresses", "Le compte de votre entreprise est fermé ici."),
    ],
)
def test_a_closed_account_is_told_so_and_reports_nothing(wire, engineer, page, said):
    ours = browser(engineer)
    token = token_on(ours.get(page).content.decode())
    change_provider(wire.provider, is_active=False, by=Station.SET_UP)

    shown, sent = ours.get(page), ours.post(page, {"addresses": TYPED, "token": token})

    assert (shown.status_code, sent.status_code, kept()) == (200, 422, (0, 0))
    for answer in (shown, sent):
        assert said in answer.content.decode()
        assert "<textarea" not in answer.content.decode()
    assert ours.get("/en/receipts").status_code == 200
    with pytest.raises(WireRefusal, match="closed"):
        report_typed(("192.0.2.7",), token="t", by=engineer)
    change_provider(wire.provider, is_active=True, by=Station.SET_UP)
    assert ours.post(page, {"addresses": TYPED, "token": token}).status_code == 302


def test_a_program_that_heard_no_answer_sends_again_and_gets_the_same_receipt(wire):
    def send(addresses: list[str], key: str = "sent-7", **more: str):
        return wire.client.post(
            "/mra/addresses",
            json.dumps({"addresses": addresses}),
            content_type="application/json",
            HTTP_AUTHORIZATION=wire.basic,
            HTTP_IDEMPOTENCY_KEY=key,
            **more,
        )

    first, again = send(PLACES), send(PLACES)
    assert (first.status_code, first.json()) == (201, again.json())
    assert kept() == (1, 1)
    assert repeats() == [False, True]
    assert (send(PLACES[:1]).status_code, kept()) == (422, (1, 1))
    assert send(PLACES[:1])["Content-Type"] == "application/problem+json"
    assert send(PLACES, "sent-8").json() != first.json()
    assert kept() == (2, 2)
