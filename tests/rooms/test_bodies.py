"""Request bodies, however a server hands them over."""

import http.client
import threading
from io import BytesIO
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from havre.plumbing.body import (
    PART_BYTES,
    BodyCutShortError,
    BodyTooLargeError,
    body_parts,
    whole_body,
)
from havre.plumbing.environment import EnvironmentRefusedError, upload_bytes

WHOLE = bytes(range(256)) * 3_000


def environ(body: bytes, *, told: object = None, terminated: bool = False) -> dict[str, object]:
    length = {} if told is None else {"CONTENT_LENGTH": str(told)}
    return {"wsgi.input": BytesIO(body), "wsgi.input_terminated": terminated} | length


@pytest.mark.parametrize("terminated", [True, False])
def test_a_body_with_a_length_comes_whole_in_small_parts(terminated):
    parts = list(
        body_parts(environ(WHOLE, told=len(WHOLE), terminated=terminated), most_bytes=len(WHOLE))
    )
    assert b"".join(parts) == WHOLE
    assert max(map(len, parts)) <= PART_BYTES
    assert len(parts) == 3


def test_a_body_in_chunks_comes_whole_from_a_server_that_ends_it():
    assert whole_body(environ(WHOLE, terminated=True), most_bytes=len(WHOLE)) == WHOLE


@pytest.mark.parametrize("told", [None, "", "0", "harbor"])
def test_a_body_without_a_length_is_empty_where_the_server_does_not_end_it(told):
    assert whole_body(environ(WHOLE, told=told), most_bytes=10) == b""


def test_what_follows_a_body_is_not_read():
    asked = environ(WHOLE + b"the next request", told=len(WHOLE))
    assert whole_body(asked, most_bytes=len(WHOLE)) == WHOLE
    assert asked["wsgi.input"].read() == b"the next request"


def test_a_body_that_says_it_is_too_large_is_refused_unread():
    asked = environ(WHOLE, told=len(WHOLE))
    with pytest.raises(BodyTooLargeError, match="larger than 1000 bytes"):
        whole_body(asked, most_bytes=1_000)
    assert asked["wsgi.input"].tell() == 0


def test_a_body_in_chunks_that_grows_too_large_is_refused_where_it_does():
    asked = environ(WHOLE * 10, terminated=True)
    with pytest.raises(BodyTooLargeError):
        whole_body(asked, most_bytes=len(WHOLE))
    assert asked["wsgi.input"].tell() <= len(WHOLE) + 1


def test_a_body_that_breaks_off_is_refused():
    with pytest.raises(BodyCutShortError, match="1 of 768001 bytes"):
        whole_body(environ(WHOLE, told=len(WHOLE) + 1, terminated=True), most_bytes=10**6)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_) -> None:
        """Say nothing."""


def test_a_plain_server_of_the_standard_library_hands_bodies_over_too():
    def counting(asked, start):
        count = len(whole_body(asked, most_bytes=len(WHOLE)))
        start("200 OK", [("Content-Type", "text/plain")])
        return [str(count).encode()]

    with make_server("127.0.0.1", 0, counting, handler_class=Quiet) as server:
        one = threading.Thread(target=server.handle_request)
        one.start()
        asking = http.client.HTTPConnection("127.0.0.1", server.server_port)
        asking.request("POST", "/", WHOLE)
        assert asking.getresponse().read() == str(len(WHOLE)).encode()
        asking.close()
        one.join()


def test_how_large_an_upload_may_be_comes_from_the_environment():
    assert upload_bytes({}) == 4096 * 1024 * 1024
    assert upload_bytes({"HAVRE_UPLOAD_MB": " 20 "}) == 20 * 1024 * 1024


@pytest.mark.parametrize("told", ["0", "-1", "many"])
def test_a_cap_that_cannot_be_meant_is_refused_with_what_to_write(told):
    with pytest.raises(EnvironmentRefusedError, match="whole number of megabytes"):
        upload_bytes({"HAVRE_UPLOAD_MB": told})
