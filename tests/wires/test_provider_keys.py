"""Keys of providers: issued, overlapping, revoked, by command and by page; and what they may do."""

import argparse
import re
from datetime import timedelta

import pytest
from django.test import Client

from havre.agencies.actions import change_provider, issue_key, revoke_keys
from havre.agencies.models import Provider, ProviderKey
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.intake.providers.wires.ispws_answer import Code
from havre.plumbing import clock
from havre.wiring.commands.providers import add_providers, run_providers
from havre.wiring.commands.up import UpRefusedError
from tests import make
from tests.signing_in import signed_in
from tests.wires.wire import REPORT, Wire, a_provider

pytestmark = pytest.mark.django_db
KEY = re.compile(r"\b[0-9a-f]{48}\b")


def opens(wire: Wire, password: str) -> bool:
    return Wire(wire.provider, password).get("status").code == 0


def test_an_old_key_opens_the_door_until_its_overlap_is_over():
    wire = a_provider()
    fresh = issue_key(wire.provider, overlap=timedelta(days=2), by=Station.SET_UP)
    assert opens(wire, fresh)
    assert opens(wire, wire.password)
    with clock.clock_set_to(clock.now() + timedelta(days=2, seconds=1)):
        assert opens(wire, fresh)
        assert not opens(wire, wire.password)


def test_a_third_key_does_not_lengthen_the_first_ones_end():
    wire = a_provider()
    issue_key(wire.provider, overlap=timedelta(hours=1), by=Station.SET_UP)
    issue_key(wire.provider, overlap=timedelta(days=7), by=Station.SET_UP)
    with clock.clock_set_to(clock.now() + timedelta(hours=2)):
        assert not opens(wire, wire.password)


def test_whoever_is_closed_here_is_told_so_by_what_was_asked_and_a_wrong_key_learns_nothing():
    wire = a_provider()
    number = wire.submit()
    change_provider(wire.provider, is_active=False, by=Station.SET_UP)
    asked = {
        "status": wire.get("status"),
        "submit": wire.post("submit", REPORT),
        "upload": wire.upload(number, b"pier"),
        "fileinfo": wire.post("fileinfo", b"<fileDetails/>"),
        "finish": wire.finish(number),
        "retract": wire.post("retract", f"id={number}".encode()),
    }
    assert {name: said.code for name, said in asked.items()} == {
        "status": Code.NOT_AUTHORIZED,
        "submit": Code.NOT_AUTHORIZED_TO_SUBMIT,
        **dict.fromkeys(("upload", "fileinfo", "finish", "retract"), Code.NOT_AUTHORIZED_TO_UPDATE),
    }
    assert {said.response.status_code for said in asked.values()} == {403}
    assert "closed here" in asked["submit"].description
    problem = wire.client.get("/api/v1/status", HTTP_AUTHORIZATION=wire.basic)
    assert (problem.status_code, problem.json()["code"]) == (403, "forbidden")
    law = wire.client.get("/mra/receipts/S-0000-0000", HTTP_AUTHORIZATION=wire.basic)
    assert law.status_code == 403
    assert Wire(wire.provider, "wrong").get("status").code == Code.AUTHENTICATION_REQUIRED
    change_provider(wire.provider, is_active=True, by=Station.SET_UP)
    assert wire.finish(number).code == 0


def test_no_overlap_ends_the_old_key_at_once_and_too_long_a_one_is_refused():
    wire = a_provider()
    fresh = issue_key(wire.provider, overlap=timedelta(0), by=Station.SET_UP)
    assert (opens(wire, fresh), opens(wire, wire.password)) == (True, False)
    with pytest.raises(ValueError, match="0 to 30 days"):
        issue_key(wire.provider, overlap=timedelta(days=31), by=Station.SET_UP)


def test_a_revoked_provider_comes_in_no_more_until_it_is_given_a_key():
    wire = a_provider()
    assert revoke_keys(wire.provider, by=Station.SET_UP) == 1
    assert not opens(wire, wire.password)
    assert opens(wire, issue_key(wire.provider, by=Station.SET_UP))
    assert revoke_keys(wire.provider, by=Station.SET_UP) == 1


def test_a_key_of_one_provider_opens_nothing_under_another_s_name():
    wire, other = a_provider(), a_provider("example-games")
    assert not opens(wire, other.password)


def test_the_database_holds_no_key():
    wire = a_provider()
    digest = ProviderKey.objects.get(provider=wire.provider).digest
    assert len(bytes(digest)) == 32
    assert wire.password.encode() not in bytes(digest)


def run(*words: str) -> None:
    parser = argparse.ArgumentParser()
    add_providers(parser)
    run_providers(parser.parse_args(words))


def test_the_command_adds_issues_revokes_and_lists(capsys):
    run("add", "pier-chat", "--name", "Pier Chat", "--test")
    said = capsys.readouterr().out
    (first,) = KEY.findall(said)
    assert "does not discharge" in said
    assert "21 days of preservation" in said
    assert "21 jours de conservation" in said
    assert said.count("18 USC 2258A") == 2
    assert len(KEY.findall(said)) == 1
    wire = Wire.of("pier-chat", first)
    assert wire.get("status").code == 0
    run("issue", "pier-chat", "--overlap-days", "0")
    (second,) = KEY.findall(capsys.readouterr().out)
    assert not opens(wire, first)
    assert opens(wire, second)
    run("set", "pier-chat", "--reading", "lenient", "--fault-status", "200")
    assert Provider.objects.get(code="pier-chat").reading == "lenient"
    run("revoke", "pier-chat")
    assert not opens(wire, second)
    run("list")
    assert "pier-chat" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("issue",), "Name the provider"),
        (("issue", "no-chat"), "No provider is called no-chat"),
        (("add", "example-chat"), "registered already"),
        (("issue", "example-chat", "--overlap-days", "99"), "0 to 30 days"),
    ],
)
def test_the_command_says_why_it_does_nothing(words, why):
    a_provider()
    with pytest.raises(UpRefusedError, match=why):
        run(*words)


@pytest.fixture
def admin() -> Client:
    make.directory()
    client = Client(HTTP_HOST="localhost")
    signed_in(make.officer(make.the_tipline(), Role.PLATFORM_ADMIN), client)
    return client


def test_an_administrator_adds_a_provider_and_is_shown_its_key_once(admin):
    asked = {"name": "Pier Chat", "provider": "pier-chat", "environment": "production"}
    shown = admin.post("/en/providers", asked).content.decode()
    (key,) = KEY.findall(shown)
    assert Wire.of("pier-chat", key).get("status").code == 0
    assert "does not discharge" in shown
    assert not KEY.findall(admin.get("/en/providers/pier-chat").content.decode())
    again = admin.post("/en/providers", asked)
    assert again.status_code == 422
    assert "Another provider has this name" in again.content.decode()


def test_an_administrator_rotates_revokes_and_changes_the_profile(admin):
    wire = a_provider()
    at = "/fr/fournisseurs/example-chat"
    (key,) = KEY.findall(admin.post(f"{at}/cle", {"days": "0"}).content.decode())
    assert (opens(wire, key), opens(wire, wire.password)) == (True, False)
    assert admin.post(f"{at}/cle", {"days": "31"}).status_code == 422
    profile = {"reading": "lenient", "fault_status": "200", "regime": "ca-mra", "contact": "Pat"}
    assert admin.post(at, profile).status_code == 302
    changed = Provider.objects.get(code="example-chat")
    assert (changed.reading, changed.fault_status, changed.is_active) == ("lenient", 200, False)
    assert admin.post(at, {**profile, "reading": "loudly"}).status_code == 422
    change_provider(changed, is_active=True, by=Station.SET_UP)
    assert opens(wire, key)
    admin.post(f"{at}/revoquer")
    assert not opens(wire, key)
    assert wire.get("status").code == Code.AUTHENTICATION_REQUIRED
