"""Webhooks of record systems: signed, tried again, listed, sent again, and never into a network."""

import json
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.plumbing.environment import CLONE
from havre.referrals.notices.models import News
from havre.referrals.notices.rules import KEPT
from havre.referrals.sending.actions import undo_referral
from havre.referrals.webhooks.actions import (
    TooManyEndpointsError,
    add_endpoint,
    forget_deliveries,
    rotate_secret,
    send_again,
    switch_endpoint,
)
from havre.referrals.webhooks.actions import send_test as ask_for_test
from havre.referrals.webhooks.models import Delivery, Endpoint
from havre.referrals.webhooks.rules import (
    MOST_ENDPOINTS,
    RETRIES,
    DeliveryState,
    next_try,
)
from havre.wiring.sweeps.webhooks import call_systems
from tests import make
from tests.house.callers import undone
from tests.pages import assert_sound

NOW = datetime(2026, 11, 29, 17, tzinfo=UTC)
DAY = timedelta(days=1)
WORK = Station.PIPELINE.context


@dataclass
class Desk:
    """A small record system on the loopback address, and what it was sent."""

    url: str = ""
    status: int = 204
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def took(self) -> list[tuple[dict[str, str], bytes]]:
        told, self.calls = self.calls, []
        return told


@dataclass
class Harbor:
    """A police force with a record system, and the desk that sends to it."""

    agency: Agency
    supervisor: Officer
    analyst: Officer

    def sent(self, *, to: Agency | None = None, at: datetime = NOW):
        with clock_set_to(at):
            return make.referral(make.report(), to=to or self.agency, by=self.analyst)


@pytest.fixture(scope="module")
def built(lasting_block) -> Harbor:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    agency = make.directory()
    return Harbor(agency, make.officer(agency, Role.AGENCY_SUPERVISOR), make.analyst())


@pytest.fixture
def harbor(built) -> Iterator[Harbor]:
    with undone():
        yield built


@pytest.fixture(scope="module")
def listening() -> Iterator[Desk]:
    desk = Desk()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            desk.calls.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(desk.status)
            if desk.status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        desk.url = f"http://127.0.0.1:{server.server_port}/in"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield desk
        server.shutdown()
        thread.join()


@pytest.fixture
def system(listening) -> Desk:
    listening.status, listening.calls = 204, []
    return listening


@pytest.fixture
def called(harbor, system) -> tuple[Endpoint, str]:
    """An endpoint of the force, and its secret."""
    with clock_set_to(NOW):
        return add_endpoint(system.url, by=harbor.supervisor)


def sweep(at: datetime = NOW) -> None:
    with clock_set_to(at):
        call_systems()


def deliveries() -> list[Delivery]:
    with acting_as(WORK):
        return list(Delivery.objects.order_by("id"))


def check_of_the_docs():
    """The lines that docs/records.md tells engineers to copy, as they stand."""
    (lines,) = re.findall(
        r"```python\n(.*?)```", (CLONE / "docs/records.md").read_text(), re.DOTALL
    )
    names: dict = {}
    exec(compile(lines, "records.md", "exec"), names)
    return names["is_from_havre"]


# ------------------------------------------------------------------ what is sent


def test_a_call_says_which_kind_of_thing_happened_to_which_referral_and_nothing_of_it(
    harbor, system, called
):
    referral = harbor.sent()
    sweep()

    ((headers, body),) = system.took()
    assert json.loads(body) == {
        "type": "referral.sent",
        "timestamp": "2026-11-29T17:00:00.000000Z",
        "data": {"referral": referral.reference},
    }
    assert headers["webhook-id"] == deliveries()[0].message
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert deliveries()[0].state is DeliveryState.SENT
    sweep(NOW + DAY)
    assert system.took() == [], "it is sent once"


def test_the_check_in_the_docs_knows_our_calls_and_no_others(harbor, system, called, monkeypatch):
    harbor.sent()
    sweep()
    ((headers, body),) = system.took()
    is_from_havre, (_endpoint, secret) = check_of_the_docs(), called
    monkeypatch.setattr(time, "time", NOW.timestamp)

    assert is_from_havre(secret, headers, body)
    assert not is_from_havre(secret, headers, body.replace(b"sent", b"SENT"))
    assert not is_from_havre(secret, {**headers, "webhook-id": "msg_0"}, body)
    assert not is_from_havre("whsec_" + "A" * 43 + "=", headers, body)
    monkeypatch.setattr(time, "time", lambda: NOW.timestamp() + 301)
    assert not is_from_havre(secret, headers, body), "nor an old one that is sent once more"


def test_a_new_secret_and_the_old_one_sign_until_the_overlap_is_over(
    harbor, system, called, monkeypatch
):
    endpoint, old = called
    with clock_set_to(NOW):
        _endpoint, new = rotate_secret(endpoint.pk, overlap=DAY, by=harbor.supervisor)
        with pytest.raises(ValueError, match="overlap"):
            rotate_secret(endpoint.pk, overlap=31 * DAY, by=harbor.supervisor)
    is_from_havre, held = check_of_the_docs(), []
    for moment in (NOW, NOW + 2 * DAY):
        harbor.sent(at=moment)
        sweep(moment)
        ((headers, body),) = system.took()
        monkeypatch.setattr(time, "time", moment.timestamp)
        held.append([is_from_havre(secret, headers, body) for secret in (old, new)])

    assert held == [[True, True], [False, True]]


def test_only_its_own_agency_s_news_goes_to_an_endpoint_and_nothing_taken_back(
    harbor, system, called
):
    harbor.sent(to=agency_by_code("valley-police"))
    taken_back = harbor.sent()
    with clock_set_to(NOW):
        undo_referral(taken_back.reference, by=harbor.analyst)
    sweep()
    assert (system.took(), deliveries()) == ([], [])
    with acting_as(WORK):
        assert not News.objects.filter(passed_on_at=None).exists()


def test_what_happens_while_an_endpoint_is_off_is_not_sent_afterwards(harbor, system, called):
    endpoint, _secret = called
    with clock_set_to(NOW):
        switch_endpoint(endpoint.pk, is_on=False, by=harbor.supervisor)
    harbor.sent()
    sweep()
    with clock_set_to(NOW + DAY):
        switch_endpoint(endpoint.pk, is_on=True, by=harbor.supervisor)
    sweep(NOW + DAY)
    assert (system.took(), deliveries()) == ([], [])


# ------------------------------------------------------------------ what fails


def test_a_call_that_is_not_taken_is_tried_by_the_table_and_given_up(harbor, system, called):
    system.status = 503
    harbor.sent()
    moment = NOW
    for tried, wait in enumerate(RETRIES, start=1):
        sweep(moment)
        (one,) = deliveries()
        assert (one.tries, one.state, one.failed_as) == (tried, DeliveryState.FAILED, "http-503")
        sweep(moment + wait - timedelta(seconds=1))
        assert deliveries()[0].tries == tried, "not before its time"
        moment += wait
    sweep(moment)
    assert deliveries()[0].state is DeliveryState.GIVEN_UP
    ids = {headers["webhook-id"] for headers, _body in system.took()}
    assert len(ids) == 1, "it is the same call, however often"

    system.status = 204
    with clock_set_to(moment + DAY):
        send_again(deliveries()[0].pk, by=harbor.supervisor)
    sweep(moment + DAY)
    assert {headers["webhook-id"] for headers, _body in system.took()} == ids
    assert deliveries()[0].state is DeliveryState.SENT


def test_the_table_is_the_one_of_the_docs():
    told = [int(each.total_seconds()) for each in RETRIES]
    hours = [3600 * each for each in (2, 5, 10, 14, 20, 24)]
    assert told == [30, 300, 1800, *hours]
    assert [next_try(tries) for tries in (1, len(RETRIES), len(RETRIES) + 1)] == [
        RETRIES[0],
        RETRIES[-1],
        None,
    ]
    page = (CLONE / "docs/records.md").read_text()
    assert "30 seconds, 5 minutes, 30 minutes, then 2, 5, 10, 14, 20 and 24 hours" in page


def test_no_redirect_is_followed_and_gone_switches_off(harbor, system, called):
    system.status = 302
    harbor.sent()
    sweep()
    assert len(system.took()) == 1
    assert deliveries()[0].failed_as == "http-302"
    system.status = 410
    sweep(NOW + DAY)
    assert deliveries()[0].state is DeliveryState.GIVEN_UP
    with acting_as(WORK):
        assert not Endpoint.objects.get().is_on


def test_one_endpoint_that_is_dead_holds_up_no_other(harbor, system, called):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    with clock_set_to(NOW):
        add_endpoint(dead, by=harbor.supervisor)
    harbor.sent()
    sweep()
    assert len(system.took()) == 1
    assert sorted(one.failed_as for one in deliveries()) == ["", "ConnectionRefusedError"]


def test_an_agency_has_five_addresses_at_most(harbor, system, called):
    for _ in range(MOST_ENDPOINTS - 1):
        add_endpoint(system.url, by=harbor.supervisor)
    with pytest.raises(TooManyEndpointsError):
        add_endpoint(system.url, by=harbor.supervisor)


def test_every_call_stands_in_the_log_without_its_address(harbor, system, called):
    harbor.sent()
    sweep()
    system.status = 500
    with clock_set_to(NOW):
        ask_for_test(called[0].pk, by=harbor.supervisor)
    sweep()
    with acting_as(WORK):
        told = [(line.event, str(line.details)) for line in Entry.objects.order_by("id")]
    events = [event for event, _ in told if event.startswith(("delivery.", "webhook."))]
    assert events == [
        Event.WEBHOOK_SET,
        Event.DELIVERY_SENT,
        Event.DELIVERY_ASKED,
        Event.DELIVERY_FAILED,
    ]
    assert not any("127.0.0.1" in details for _event, details in told)
    with clock_set_to(NOW + KEPT + DAY):
        assert forget_deliveries(by=Station.PIPELINE) == 2


# ------------------------------------------------------------------ never into a network


def test_a_name_that_leads_into_a_network_is_not_called_however_it_looked_before(
    harbor, system, settings, monkeypatch
):
    settings.PUBLIC_HOST = "havre.example.com"
    looked_up = []

    def into_the_network(host, port, **_more):
        looked_up.append(host)
        public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", port))
        private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
        return [public, private]

    monkeypatch.setattr(socket, "getaddrinfo", into_the_network)
    port = system.url.rpartition(":")[2].partition("/")[0]
    with clock_set_to(NOW):
        add_endpoint(f"https://records.example.com:{port}/in", by=harbor.supervisor)
    harbor.sent()
    sweep()
    assert looked_up == ["records.example.com"]
    assert system.took() == []
    assert deliveries()[0].failed_as == "address-not-public"


def test_an_endpoint_that_may_be_called_no_more_is_not_called(harbor, system, called, settings):
    settings.PUBLIC_HOST = "havre.example.com"
    harbor.sent()
    sweep()
    assert system.took() == []
    assert deliveries()[0].failed_as == "address-not-allowed"


# ------------------------------------------------------------------ the pages


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_supervisor_keeps_the_webhooks_of_their_agency(harbor, system, language):
    at = {
        "en": "/en/record-systems/webhooks",
        "fr": "/fr/systemes-de-dossiers/appels-web",
    }[language]
    browser = make.browser(harbor.supervisor)
    wrong = browser.post(at, {"url": "http://records.example.com/"})
    assert (wrong.status_code, "field wrong" in wrong.content.decode()) == (422, True)
    shown = browser.post(at, {"url": system.url}).content.decode()
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/]{43}=", shown)
    with acting_as(WORK):
        one = f"{at}/{Endpoint.objects.get().pk}"
    change = f"{one}/{ {'en': 'change', 'fr': 'modifier'}[language] }"
    assert secret not in browser.get(one).content.decode(), "a secret is shown once"
    assert browser.post(change, {"what": "test"}).status_code == 302
    call_systems()
    ((headers, body),) = system.took()
    assert json.loads(body)["type"] == "test"
    assert check_of_the_docs()(secret, headers, body)
    page = browser.get(one).content
    assert {"en": "arrived", "fr": "arrivé"}[language] in assert_sound(page).text_content()
    new = browser.post(change, {"what": "rotate", "days": "7"}).content.decode()
    assert secret not in new
    assert "whsec_" in new
    assert browser.post(change, {"what": "rotate", "days": "99"}).status_code == 422
    assert browser.post(change, {"what": "off"}).status_code == 302
    assert_sound(browser.get(at).content)
