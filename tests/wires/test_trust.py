"""A provider's key bound to certificates and networks: it opens the door from there alone."""

import base64
import hashlib
from urllib.parse import quote

import pytest
from django.test import override_settings

from havre.agencies.actions import change_provider
from havre.agencies.rules.trust import (
    BEGIN,
    END,
    Caller,
    caller_of,
    certificates_in,
    fingerprint_of,
    lets_in,
    networks_in,
)
from havre.audit.rules import Station
from tests.wires.wire import a_provider, another

DER = b"an invented certificate of the pier" * 9
PEM = f"{BEGIN}\n{base64.encodebytes(DER).decode()}{END}\n"
OURS = hashlib.sha256(DER).hexdigest()
NEXT = "ab" * 32
COLONS = ":".join(OURS[at : at + 2] for at in range(0, 64, 2)).upper()
PROXIES = ("192.0.2.1", "198.51.100.0/24")


@pytest.mark.parametrize("shown", [OURS, OURS.upper(), COLONS, PEM, quote(PEM)])
def test_a_certificate_is_known_however_the_front_writes_it(shown):
    assert fingerprint_of(shown) == OURS


@pytest.mark.parametrize("shown", ["", "(null)", OURS[:-1], f"{OURS}0", "g" * 64, BEGIN + END])
def test_what_is_no_certificate_is_none(shown):
    assert fingerprint_of(shown) == ""


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        ("203.0.113.9", "192.0.2.77", Caller(address="203.0.113.9")),
        ("192.0.2.1", "203.0.113.9", Caller(address="203.0.113.9", certificate=OURS)),
        ("192.0.2.1", "10.0.0.1, 203.0.113.9", Caller(address="203.0.113.9", certificate=OURS)),
        (
            "192.0.2.1",
            "203.0.113.9, 198.51.100.7",
            Caller(address="203.0.113.9", certificate=OURS),
        ),
        ("192.0.2.1", "", Caller(address="192.0.2.1", certificate=OURS)),
        ("", "203.0.113.9", Caller()),
    ],
)
def test_headers_are_believed_from_our_own_fronts_alone(peer, forwarded, caller):
    assert caller_of(peer, forwarded=forwarded, shown=OURS, proxies=PROXIES) == caller


@pytest.mark.parametrize(
    ("caller", "certificates", "networks", "may"),
    [
        (Caller(), [], [], True),
        (Caller(certificate=OURS), [OURS], [], True),
        (Caller(certificate=OURS), [NEXT, OURS], [], True),
        (Caller(certificate=OURS), [NEXT], [], False),
        (Caller(), [OURS], [], False),
        (Caller(address="192.0.2.9"), [], ["192.0.2.0/24"], True),
        (Caller(address="::ffff:192.0.2.9"), [], ["192.0.2.0/24"], True),
        (Caller(address="2001:db8::9"), [], ["192.0.2.0/24", "2001:db8::/32"], True),
        (Caller(address="192.0.3.9"), [], ["192.0.2.0/24"], False),
        (Caller(address="unknown"), [], ["0.0.0.0/0"], False),
        (Caller(address="192.0.2.9"), [OURS], ["192.0.2.0/24"], False),
        (Caller(address="192.0.2.9", certificate=OURS), [OURS], ["192.0.3.0/24"], False),
    ],
)
def test_whatever_is_bound_must_fit_and_what_is_not_known_does_not(
    caller, certificates, networks, may
):
    assert lets_in(caller, certificates=certificates, networks=networks) is may


def test_what_is_typed_is_read_or_refused_whole():
    assert certificates_in(f"{COLONS}\n\n{PEM}{NEXT}") == sorted([OURS, NEXT])
    assert networks_in("192.0.2.7\n2001:DB8::/32 ") == ["192.0.2.7/32", "2001:db8::/32"]
    for typed in (f"{OURS}\nhello", BEGIN, "\n".join(f"{n:064x}" for n in range(11))):
        with pytest.raises(ValueError, match="certificates"):
            certificates_in(typed)
    for typed in ("192.0.2.7/24", "the pier", "\n".join(f"10.0.0.{n}" for n in range(51))):
        with pytest.raises(ValueError, match=r"network|bits|appear"):
            networks_in(typed)


@override_settings(PROXIES=("127.0.0.1",))
def test_a_bound_key_opens_no_door_from_elsewhere_and_is_answered_as_a_wrong_one(db):
    wire = a_provider()
    bound = {"certificates": [NEXT, OURS], "networks": ["203.0.113.0/24"]}
    change_provider(wire.provider, **bound, by=Station.SET_UP)
    good = {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_CLIENT_CERTIFICATE": quote(PEM)}
    elsewhere = {**good, "HTTP_X_FORWARDED_FOR": "203.0.114.9"}
    bare = {**good, "HTTP_X_CLIENT_CERTIFICATE": ""}
    outside = {**good, "REMOTE_ADDR": "203.0.113.9"}

    assert wire.post("status", **good).code == 0
    wrong = wire.post("status", **good, HTTP_AUTHORIZATION="Basic eDp5")
    for shown in (elsewhere, bare, outside):
        refused = wire.post("submit", b"<report/>", **shown)
        assert (refused.code, refused.response.status_code) == (2000, 401)
        assert refused.response.content == wrong.response.content
        other = wire.client.get("/api/v1/reports", HTTP_AUTHORIZATION=wire.basic, **shown)
        assert other.status_code == 401, "nor any other of its doors"
    change_provider(wire.provider, certificates=[], networks=[], by=Station.SET_UP)
    assert wire.post("status").code == 0


@override_settings(PROXIES=("127.0.0.1",))
def test_a_key_that_opened_before_opens_no_door_from_elsewhere_either(db):
    wire = a_provider()
    change_provider(wire.provider, networks=["203.0.113.0/24"], by=Station.SET_UP)
    here = {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    elsewhere = {"HTTP_X_FORWARDED_FOR": "203.0.114.9"}
    for _again in range(2):
        assert wire.post("submit", another(), **here).code == 0

    refused = wire.post("submit", another(), **elsewhere)

    assert (refused.code, refused.response.status_code, refused.report) == (2000, 401, None)
    assert wire.post("submit", another(), **here).code == 0
