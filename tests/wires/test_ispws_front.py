"""The server's own way to the doors of the wire answers as the framework's handler does."""

import io

import pytest
from django.core.signals import request_started
from django.test import RequestFactory

from havre.wiring.wsgi import Handler, application
from tests.wires.wire import REPORT, Wire, a_provider

pytestmark = pytest.mark.real_commits
OF_ITS_OWN = {"Request-ID"}


@pytest.fixture
def wire() -> Wire:
    return a_provider()


@pytest.fixture
def began():
    """How many requests the framework was told of."""
    seen = []

    def note(**_facts):
        seen.append(1)

    request_started.connect(note)
    yield seen
    request_started.disconnect(note)


def environ(path: str, body: bytes = b"", **headers: str) -> dict:
    made = RequestFactory().generic("POST", path, body, "text/xml", **headers).environ
    return made | {"wsgi.input": io.BytesIO(body)}


def answered(run, told: dict) -> tuple[str, dict[str, str], bytes]:
    heard = []
    body = b"".join(run(told, lambda status, headers: heard.append((status, headers))))
    ((status, headers),) = heard
    return status, dict(headers), body


@pytest.mark.parametrize(
    ("path", "with_key", "status"),
    [
        ("/ispws/submit", True, "200 OK"),
        ("/ispws/submit", False, "401 Unauthorized"),
        ("/ispws/status", True, "200 OK"),
    ],
)
def test_the_answer_is_the_same_with_every_header(wire, began, path, with_key, status):
    shown = {"HTTP_AUTHORIZATION": wire.basic} if with_key else {}
    ours = answered(application, environ(path, REPORT, **shown))
    assert began == []
    theirs = answered(Handler(), environ(path, REPORT, **shown))
    assert began == [1]

    assert ours[0] == theirs[0] == status
    assert set(ours[1]) == set(theirs[1])
    assert all(ours[1][name] == theirs[1][name] for name in set(ours[1]) - OF_ITS_OWN)
    assert ours[2] == theirs[2]


def test_a_host_that_is_not_ours_and_every_other_address_go_the_whole_way(wire, began):
    status, _headers, body = answered(
        application, environ("/ispws/submit", REPORT, HTTP_HOST="elsewhere.example.com")
    )
    assert status.startswith("400")
    assert b"responseCode" not in body
    status, _headers, body = answered(application, environ("/ispws/made-up", REPORT))
    assert status.startswith("404")
    assert b"responseCode" in body
    assert began == [1, 1]
