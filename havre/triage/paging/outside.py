"""What goes out of the house: mail, SMS and webhooks. What may is set by the environment.

Nothing here follows a redirect, and nothing waits longer than WAIT_SECONDS.
"""

import os
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from havre.triage.paging.rules.ways import is_public

WAIT_SECONDS = 10
# However slowly an answer drips in, nothing is waited for longer than this.
WHOLE_SECONDS = 20
MAIL_SCHEMES = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
WELL = range(200, 300)


class NotPostedError(Exception):
    """The other side did not take it; the message is a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsGateway:
    """A gateway that takes {"from", "text", "to"} as JSON, with a bearer key."""

    url: str
    key: str
    sender: str


def mail_settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any] | None:
    """Django's settings for the mail server of HAVRE_MAIL_URL; None when none is set.

    Raises ValueError when the address cannot be used.
    """
    told = environ.get("HAVRE_MAIL_URL", "").strip()
    if not told:
        return None
    parts = urlsplit(told)
    if parts.scheme not in MAIL_SCHEMES or not parts.hostname:
        msg = "HAVRE_MAIL_URL must be smtp://…, smtps://… or, for a relay of yours, smtp+plain://…"
        raise ValueError(msg)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL_SCHEMES[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": WAIT_SECONDS,
    }


def mail_sender(environ: Mapping[str, str] = os.environ) -> str:
    """Who our mail comes from."""
    told = environ.get("HAVRE_MAIL_FROM", "").strip()
    return told or f"havre@{environ.get('HAVRE_PUBLIC_HOST', '').strip() or 'localhost'}"


def sms_gateway(environ: Mapping[str, str] = os.environ) -> SmsGateway | None:
    """The SMS gateway that is configured, or None."""
    url = environ.get("HAVRE_SMS_URL", "").strip()
    if not url:
        return None
    key, sender = (environ.get(name, "").strip() for name in ("HAVRE_SMS_KEY", "HAVRE_SMS_FROM"))
    return SmsGateway(url=url, key=key, sender=sender)


def webhook_hosts(environ: Mapping[str, str] = os.environ) -> frozenset[str]:
    """The hosts, some with a port, that officers may let webhooks lead to."""
    told = environ.get("HAVRE_WEBHOOK_HOSTS", "")
    return frozenset(each.strip().lower() for each in told.split(",") if each.strip())


def post(url: str, body: bytes, *, headers: Mapping[str, str], only_public: bool = False) -> None:
    """Send one request. Raises NotPostedError unless the answer is of the 200s.

    With `only_public` the name is resolved here, and what lies inside our network, or nowhere, is
    not called: the address that was looked at is the one that is called, whatever DNS says next.
    """
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=WAIT_SECONDS)
        if only_public:
            connection.sock = _public_socket(parts)
        alarm = Timer(WHOLE_SECONDS, _hang_up, [connection])
        alarm.start()
        try:
            connection.request("POST", path, body, dict(headers))
            status = connection.getresponse().status
        finally:
            alarm.cancel()
            connection.close()
    except (OSError, HTTPException, ValueError) as error:
        raise NotPostedError(type(error).__name__) from error
    if status not in WELL:
        msg = f"http-{status}"
        raise NotPostedError(msg)


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
