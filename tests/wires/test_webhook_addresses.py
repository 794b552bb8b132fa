"""Where a webhook may lead: into the open Internet, never into a network of ours."""

import socket
import ssl

import pytest

from havre.plumbing.outward.calls import NotPostedError, post
from havre.plumbing.outward.networks import is_public, may_lead_to


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://records.example.com/in", True),
        ("https://records.example.com:8443/in?to=files", True),
        ("https://8.8.8.8/", True),
        ("http://records.example.com/in", False),
        ("http://127.0.0.1/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://10.1.2.3/", False),
        ("https://169.254.169.254/latest", False),
        ("https://[::ffff:10.0.0.1]/", False),
        ("https://localhost/", False),
        ("https://records.internal/", False),
        ("https://me:word@records.example.com/", False),
        ("https://records.example.com/#part", False),
        ("https://records.example.com:port/", False),
        ("https:///in", False),
        ("ftp://records.example.com/", False),
    ],
)
def test_a_webhook_leads_into_the_open_internet_alone(address, may):
    assert may_lead_to(address, is_own_house=False) is may


def test_a_house_of_one_s_own_may_call_itself():
    for address in ("http://127.0.0.1:9/in", "https://localhost/", "https://10.1.2.3/"):
        assert may_lead_to(address, is_own_house=True)
    assert not may_lead_to("http://records.example.com/", is_own_house=True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("2002:808:808::", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fd00::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),
        ("records", False),
    ],
)
def test_an_address_that_hides_another_is_as_public_as_that_one(address, public):
    assert is_public(address) is public


def test_the_address_that_was_looked_at_is_the_one_that_is_called_under_its_name(monkeypatch):
    reached, names = [], []

    class Sock:
        def close(self):
            pass

    def connect(address, *_more):
        reached.append(address)
        return Sock()

    class Context:
        def wrap_socket(self, _plain, *, server_hostname):
            names.append(server_hostname)
            raise ssl.SSLCertVerificationError

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(ssl, "create_default_context", Context)
    with pytest.raises(NotPostedError, match="SSLCertVerificationError"):
        post("https://records.example.com/in", b"{}", headers={}, only_public=True)
    assert (reached, names) == ([("8.8.8.8", 443)], ["records.example.com"])
