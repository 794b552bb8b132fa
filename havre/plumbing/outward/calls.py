"""Calls that go out of the house. No redirect is followed, and nothing waits without an end."""

import socket
import ssl
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from havre.plumbing.outward.networks import is_public

WAIT_SECONDS = 10
# However slowly an answer drips in, nothing is waited for longer than this.
WHOLE_SECONDS = 20
MOST_ANSWER_BYTES = 65_536
WELL = range(200, 300)


class NotPostedError(Exception):
    """The other side did not take it, or did not answer; the message is a code.

    `was_sent`: whether it may have arrived, though no answer came.
    """

    def __init__(self, code: str, *, was_sent: bool = False) -> None:
        super().__init__(code)
        self.was_sent = was_sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One request. A body in parts says how long it is, so that it is sent as it is read."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Iterable[bytes] = b""
    whole_seconds: float = WHOLE_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said, whatever its status. The names of its headers are in small."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def post(url: str, body: bytes, *, headers: Mapping[str, str], only_public: bool = False) -> None:
    """Send one request. Raises NotPostedError unless the answer is of the 200s."""
    answer = call(Outgoing(url=url, body=body, headers=headers), only_public=only_public)
    if answer.status not in WELL:
        msg = f"http-{answer.status}"
        raise NotPostedError(msg, was_sent=True)


def call(asked: Outgoing, *, only_public: bool) -> Answer:
    """Send one request and give the answer. Raises NotPostedError when none came.

    With `only_public` the name is resolved here, and what lies inside our network, or nowhere, is
    not called: the address that was looked at is the one that is called, whatever DNS says next.
    """
    parts = urlsplit(asked.url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    was_sent = False
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=WAIT_SECONDS)
        alarm = Timer(asked.whole_seconds, _hang_up, [connection])
        alarm.start()
        try:
            if only_public:
                connection.sock = _public_socket(parts)
            else:
                connection.connect()
            was_sent = True
            return _exchange(connection, asked, parts)
        finally:
            alarm.cancel()
            connection.close()
    except (OSError, HTTPException, ValueError) as error:
        raise NotPostedError(type(error).__name__, was_sent=was_sent) from error


def _exchange(connection: HTTPConnection, asked: Outgoing, parts: SplitResult) -> Answer:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # Whoever refuses a long body early hangs up before it has come, and says why.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request(asked.method, path, asked.body, dict(asked.headers))
    response = connection.getresponse()
    told = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, told, response.read(MOST_ANSWER_BYTES))


def _public_socket(parts: SplitResult) -> socket.socket:
    """A socket to a host whose every address is public. Raises NotPostedError."""
    host, is_secret = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_secret else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(is_public(each) for each in addresses):
        msg = "address-not-public"
        raise NotPostedError(msg)
    plain = socket.create_connection((addresses[0], port), WAIT_SECONDS)
    if not is_secret:
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _hang_up(connection: HTTPConnection) -> None:
    """End a call from another thread: whoever reads from it gets an error."""
    with suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
