"""The server's own way to the doors of the wire answers as the framework's handler does."""

import io
import logging

import pytest
from django.core.signals import request_started
from django.db import OperationalError, connection
from django.test import RequestFactory

from havre.wiring.front.asked import Asked
from havre.wiring.headers import HEADERS
from havre.wiring.wsgi import Handler, application
from tests.database import admin_connection
from tests.wires.wire import REPORT, Wire, a_provider

pytestmark = pytest.mark.real_commits
OF_ITS_OWN = {"Request-ID"}
# The framework's parser raises ValueError: nothing is called so.
NO_TYPE = "text/xml; x*=nope''a"


@pytest.fixture
def wire() -> Wire:
    return a_provider()


@pytest.fixture
def logged(caplog):
    """What the framework's log of requests is told."""
    log = logging.getLogger("django.request")
    log.addHandler(caplog.handler)
    caplog.set_level("WARNING", logger=log.name)
    yield lambda: [one for one in caplog.records if one.name == log.name]
    log.removeHandler(caplog.handler)


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
    made = RequestFactory().generic("POST", path, body, "text/xml").environ
    return made | {"wsgi.input": io.BytesIO(body)} | headers


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


def test_a_connection_that_the_database_has_ended_is_left_before_anything_is_asked(wire):
    told = {"HTTP_AUTHORIZATION": wire.basic}
    assert answered(application, environ("/ispws/status", **told))[0] == "200 OK"
    with admin_connection() as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [server_process()])

    assert answered(application, environ("/ispws/status", **told))[0] == "200 OK"


def test_a_connection_whose_time_is_over_is_left(wire):
    told = {"HTTP_AUTHORIZATION": wire.basic}
    answered(application, environ("/ispws/status", **told))
    before = server_process()
    answered(application, environ("/ispws/status", **told))
    assert server_process() == before
    connection.close_at = 0

    assert answered(application, environ("/ispws/status", **told))[0] == "200 OK"
    assert server_process() != before


def test_the_log_is_told_of_a_refusal_as_by_the_framework(wire, logged):
    ours = answered(application, environ("/ispws/submit", REPORT))
    theirs = answered(Handler(), environ("/ispws/submit", REPORT))

    assert ours[0] == theirs[0] == "401 Unauthorized"
    first, second = ((one.getMessage(), one.levelname, one.status_code) for one in logged())
    assert first == second == ("Unauthorized: /ispws/submit", "WARNING", 401)


def test_what_goes_wrong_before_a_door_is_open_is_the_wire_s_own_server_error(
    wire, logged, monkeypatch
):
    def is_away(_environ):
        told = "it quotes He asked me to meet"
        raise OperationalError(told)

    monkeypatch.setattr("havre.wiring.front.machines.Asked", is_away)
    status, headers, body = answered(application, environ("/ispws/submit", REPORT))

    assert status == "500 Internal Server Error"
    assert b"<responseCode>1000</responseCode>" in body
    assert b"meet" not in body
    assert headers["Retry-After"] == "30"
    assert len(headers["Request-ID"]) == 32
    assert headers["Cache-Control"] == "no-store"
    assert HEADERS.items() <= headers.items()
    assert "Internal Server Error: /ispws/submit" in [one.getMessage() for one in logged()]


@pytest.mark.parametrize("path", ["/ispws/submit", "/api/v1/reports", "/en/report"])
def test_a_content_type_that_nobody_can_read_is_none(wire, path):
    told = {"HTTP_AUTHORIZATION": wire.basic, "CONTENT_TYPE": NO_TYPE}
    status, headers, _body = answered(application, environ(path, REPORT, **told))

    # The doors of documents say for themselves what they read; a form's asks for its token.
    assert not status.startswith("500")
    assert HEADERS.items() <= headers.items()


def test_what_a_form_brought_is_put_away_as_the_framework_does(wire, monkeypatch):
    closed = []
    monkeypatch.setattr(Asked, "close", lambda _request: closed.append(1))
    answered(application, environ("/ispws/status", HTTP_AUTHORIZATION=wire.basic))
    assert closed == [1]


def server_process() -> int:
    return connection.connection.info.backend_pid
