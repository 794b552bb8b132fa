"""The ways by which people are called: what fails is seen, what goes out holds nothing told."""

import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override

from havre.agencies.rules.permits import Compartment
from havre.audit.rules import Event
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.triage.paging.actions import (
    acknowledge_page,
    set_reach,
)
from havre.triage.paging.couriers import couriers
from havre.triage.paging.models import Page
from havre.triage.paging.outside import mail_settings
from havre.triage.paging.reads import paging_policy, reach_of, webhook_secret
from havre.triage.paging.rules.ladder import PageState
from havre.triage.paging.rules.policy import CURRENT, load_paging_policy
from havre.triage.paging.rules.ways import Letter, NotCarriedError, Way, may_be_called
from havre.wiring.commands.paging import (
    NO_MAIL,
    NO_SMS,
    NO_WEBHOOKS,
    NOBODY,
    paging_findings,
)
from havre.wiring.sweeps.paging import call_people
from tests import make
from tests.on_duty import (
    MINUTE,
    NOW,
    SECOND,
    TURN,
    built,
    calls,
    events_of,
    house,
    pages,
    reached,
    told,
)

__all__ = ["built", "house"]

# ------------------------------------------------------------------ ways that fail


def test_whoever_named_no_way_is_passed_over_at_once_and_it_is_seen(house):
    set_reach(email="", phone="", webhook="", new_secret=False, by=house.first)
    told()

    assert house.called(NOW) == ["second"]
    assert [(call.officer_id, call.way, call.failed_as) for call in calls()] == [
        (house.first.pk, "", "no-way"),
        (house.second.pk, "email", ""),
    ]


def test_a_page_that_nobody_can_take_is_missed_at_once_and_tried_again(house):
    for officer in (house.first, house.second, house.supervisor, house.coordinator):
        set_reach(email="", phone="", webhook="", new_secret=False, by=officer)
    told()

    assert house.called(NOW) == []
    assert pages()[0].state is PageState.MISSED
    reached(house.supervisor, "supervisor")
    assert house.called(NOW + TURN) == ["supervisor"]


def test_a_way_that_fails_is_tried_again_and_then_given_up_for_the_next_one(house):
    report = told()
    house.mail.fails_as = "http-503"
    moment = NOW
    for wait in paging_policy().retries:
        assert house.called(moment) == []
        moment += wait
    house.called(moment)
    (given_up,) = [call for call in calls() if call.officer_id == house.first.pk]
    assert given_up.failed_as == "http-503"
    assert given_up.given_up_at == moment
    assert moment < NOW + TURN, "the next one is called before the first one's minutes are over"
    assert [call.officer_id for call in calls()] == [house.first.pk, house.second.pk]
    assert Event.PAGE_FAILED in events_of(report)

    house.mail.fails_as = ""
    assert house.called(moment) == ["second"]


def test_one_way_that_works_is_enough(house):
    reached(house.first, "first", phone="+12045550142")
    house.mail.fails_as = "TimeoutError"
    told()
    house.called(NOW)

    assert [letter.to for letter in house.sms.letters] == ["+12045550142"]
    states = {call.way: bool(call.sent_at) for call in calls()}
    assert states == {"email": False, "sms": True}


def test_a_fault_of_one_courier_holds_up_no_other_letter(house):
    def falls_over(_letter):
        raise ValueError

    reached(house.first, "first", phone="+12045550142")
    told()
    with clock_set_to(NOW):
        call_people({Way.EMAIL: house.mail, Way.SMS: falls_over})

    assert house.mail.to() == ["first"]
    assert {call.way: call.failed_as for call in calls()} == {"email": "", "sms": "ValueError"}


def test_many_pages_at_once_are_one_letter(house):
    reports = [told() for _ in range(7)]
    with clock_set_to(NOW):
        call_people({Way.EMAIL: house.mail})

    (letter,) = house.mail.letters
    assert set(letter.references) == {report.reference for report in reports}
    assert "and 2 more" in letter.text
    house.mail.to()
    told(at=NOW + 10 * SECOND)
    assert house.called(NOW + 10 * SECOND) == [], "a person gets a letter a minute at most"
    assert house.called(NOW + paging_policy().gather) == ["first"]


# ------------------------------------------------------------------ what a letter holds, and walls


def test_a_letter_holds_a_number_and_an_address_in_both_languages_and_nothing_else(house):
    report = told()
    house_address = "http://localhost:8000"
    with clock_set_to(NOW):
        call_people({Way.EMAIL: house.mail})

    (letter,) = house.mail.letters
    assert letter.subject == "Havre: you are called / Havre\u00a0: on vous appelle"
    assert letter.text == (
        f"IMMEDIATE: {report.reference}.\nSign in and acknowledge: {house_address}/en/pages\n\n"
        f"IMMÉDIAT\u00a0: {report.reference}.\n"
        f"Ouvrez une session et accusez réception\u00a0: {house_address}/fr/appels"
    )


def test_an_analyst_sees_no_page_of_a_compartment_they_do_not_hold(house):
    told(compartment=Compartment.TRAFFICKING)
    told()

    with acting_as(house.first.context):
        assert Page.objects.count() == 1
    with acting_as(house.coordinator.context):
        assert Page.objects.count() == 2
    hidden = next(page for page in pages() if page.compartment == Compartment.TRAFFICKING)
    with clock_set_to(NOW), pytest.raises(Page.DoesNotExist):
        acknowledge_page(hidden.pk, by=house.first)
    with clock_set_to(NOW), pytest.raises(Page.DoesNotExist):
        acknowledge_page(uuid4(), by=house.first)


def test_every_step_stands_in_the_log(house):
    report = told()
    house.called(NOW)
    with clock_set_to(NOW + MINUTE):
        acknowledge_page(pages()[0].pk, by=house.first)

    told_of = [event for event in events_of(report) if event.startswith("page.")]
    assert told_of == [
        Event.PAGE_WRITTEN,
        Event.PAGE_CALLED,
        Event.PAGE_SENT,
        Event.PAGE_ACKNOWLEDGED,
    ]


# ------------------------------------------------------------------ rules, and the wires themselves


def test_the_policy_is_read_and_nonsense_is_refused(tmp_path):
    policy = load_paging_policy()
    assert [policy.next_try(tries) for tries in range(1, len(policy.retries) + 2)] == [
        *policy.retries,
        None,
    ]
    for wrong in ("acknowledge_minutes = 0", "acknowledge_minutes = 'soon'", "retry_seconds = []"):
        told_so = CURRENT.read_text().replace(
            "acknowledge_minutes = 5" if "ack" in wrong else "retry_seconds = [15, 30, 60, 120]",
            wrong,
        )
        (tmp_path / "paging.toml").write_text(told_so)
        with pytest.raises(ValueError, match=wrong.partition(" ")[0]):
            load_paging_policy(tmp_path / "paging.toml")


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://pager.example.com/call", True),
        ("https://pager.example.com:8443/call", False),
        ("http://pager.example.com/call", False),
        ("https://other.example.com/call", False),
        ("https://pager.example.com@other.example.com/", False),
        ("https://pager.example.com:port/", False),
        ("http://127.0.0.1:9999/call", True),
        ("file:///etc/passwd", False),
    ],
)
def test_a_webhook_leads_only_to_hosts_that_were_named(address, may):
    hosts = frozenset({"pager.example.com", "127.0.0.1:9999"})

    assert may_be_called(address, hosts=hosts) is may


@dataclass
class Taken:
    """What a small server on the loopback address was sent."""

    url: str
    status: int = 200
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Taken]:
    taken = Taken("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.requests.append((dict(self.headers), body))
            self.send_response(taken.status)
            if taken.status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        taken.url = f"http://127.0.0.1:{listening.server_port}/call"
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield taken
        listening.shutdown()
        thread.join()


A_LETTER = Letter(
    to="+12045550142",
    subject="Havre",
    text="R-0000-0000",
    address="https://havre.example.com/en/pages",
    references=("R-0000-0000",),
    secret=b"tide",
)


def test_a_webhook_is_signed_over_its_moment_and_its_body(server, monkeypatch):
    monkeypatch.setenv("HAVRE_WEBHOOK_HOSTS", server.url.split("/")[2])
    with clock_set_to(NOW):
        couriers()[Way.WEBHOOK](replace(A_LETTER, to=server.url))

    ((headers, body),) = server.requests
    moment = str(int(NOW.timestamp()))
    expected = hmac.new(b"tide", moment.encode() + b"." + body, "sha256").hexdigest()
    assert headers["Havre-Signature"] == f"t={moment},v1={expected}"
    assert json.loads(body) == {
        "address": A_LETTER.address,
        "references": ["R-0000-0000"],
        "text": "R-0000-0000",
    }


def test_a_webhook_whose_host_is_allowed_no_more_is_not_called(server, monkeypatch):
    monkeypatch.setenv("HAVRE_WEBHOOK_HOSTS", "elsewhere.example.com")

    with pytest.raises(NotCarriedError, match="host-not-allowed"):
        couriers()[Way.WEBHOOK](replace(A_LETTER, to=server.url))
    assert server.requests == []


def test_the_sms_gateway_gets_the_text_and_the_number_with_its_key(server, monkeypatch):
    told_so = {"URL": server.url, "KEY": "gull", "FROM": "Havre"}
    for name, value in told_so.items():
        monkeypatch.setenv(f"HAVRE_SMS_{name}", value)
    couriers()[Way.SMS](A_LETTER)

    ((headers, body),) = server.requests
    assert headers["Authorization"] == "Bearer gull"
    assert json.loads(body) == {"from": "Havre", "text": "R-0000-0000", "to": "+12045550142"}


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_answer_that_is_no_yes_is_a_failure(server, monkeypatch, status):
    server.status = status
    monkeypatch.setenv("HAVRE_SMS_URL", server.url)

    with pytest.raises(NotCarriedError, match=f"http-{status}"):
        couriers()[Way.SMS](A_LETTER)
    assert len(server.requests) == 1, "a redirect is not followed"


def test_a_gateway_that_is_not_there_is_a_failure(monkeypatch):
    monkeypatch.setenv("HAVRE_SMS_URL", "http://127.0.0.1:1/")

    with pytest.raises(NotCarriedError, match="ConnectionRefusedError"):
        couriers()[Way.SMS](A_LETTER)


def test_mail_goes_out_with_both_languages(mailoutbox):
    couriers()[Way.EMAIL](replace(A_LETTER, to="first@example.com"))

    assert [(mail.to, mail.body) for mail in mailoutbox] == [(["first@example.com"], "R-0000-0000")]


def test_a_mail_server_is_read_from_its_address():
    def read(address: str) -> dict[str, object]:
        return mail_settings({"HAVRE_MAIL_URL": address})

    told_so = read("smtp://gull:a%40b@mail.example.com")
    assert (told_so["EMAIL_HOST"], told_so["EMAIL_PORT"]) == ("mail.example.com", 587)
    assert told_so["EMAIL_HOST_PASSWORD"] == "a@b"
    assert told_so["EMAIL_USE_TLS"]
    assert read("smtps://mail.example.com")["EMAIL_PORT"] == 465
    assert not read("smtp+plain://relay.example.com")["EMAIL_USE_TLS"]
    assert mail_settings({}) is None
    with pytest.raises(ValueError, match="HAVRE_MAIL_URL"):
        read("https://mail.example.com")


def test_check_config_says_which_ways_are_missing_and_refuses_none_at_all(monkeypatch):
    monkeypatch.setenv("HAVRE_PUBLIC_HOST", "havre.example.com")
    for name in ("HAVRE_MAIL_URL", "HAVRE_SMS_URL", "HAVRE_WEBHOOK_HOSTS"):
        monkeypatch.delenv(name, raising=False)

    found = {one.sentence: one.holds for one in paging_findings()}
    assert found == {NO_MAIL: True, NO_SMS: True, NO_WEBHOOKS: True, NOBODY: False}
    monkeypatch.setenv("HAVRE_SMS_URL", "http://sms.example.com")
    assert [one.holds for one in paging_findings()] == [True, False, True]
    monkeypatch.setenv("HAVRE_SMS_URL", "https://sms.example.com")
    assert all(one.holds for one in paging_findings())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_officer_says_how_to_be_reached_and_takes_a_page_on_their_own_pages(
    house, language, monkeypatch
):
    monkeypatch.setenv("HAVRE_WEBHOOK_HOSTS", "pager.example.com")
    browser = make.browser(house.first)
    with override(language):
        at, list_of_pages = reverse("reach"), reverse("pages")
    said = {"email": "", "phone": "204 555 0142", "webhook": "https://pager.example.com/me"}
    page = browser.post(at, said, follow=True).content.decode()
    secret = re.search(r'<code class="mono">([0-9a-f]{64})</code>', page)[1]
    with acting_as(house.first.context):
        reach = reach_of(house.first)
    assert (reach.phone, webhook_secret(reach).hex()) == ("+12045550142", secret)
    again = browser.post(at, {**said, "new_secret": "on"}, follow=True).content.decode()
    assert secret not in again
    wrong = browser.post(at, {**said, "phone": "12", "webhook": "https://192.0.2.1/"})
    assert wrong.status_code == 422
    assert wrong.content.decode().count('class="field wrong"') == 2

    report = told()
    house.called(NOW)
    (page,) = pages()
    with override(language):
        take = reverse("acknowledge_page", kwargs={"page_id": page.pk})
        report_page = reverse("report_page", kwargs={"reference": report.reference})
    assert take in browser.get(list_of_pages).content.decode()
    assert take in browser.get(report_page).content.decode()
    done = browser.post(take, {"from": "report"})
    assert done["Location"] == report_page
    assert take not in browser.get(report_page).content.decode()
    assert browser.post(take)["Location"] == list_of_pages
    assert pages()[0].acknowledged_by_id == house.first.pk
