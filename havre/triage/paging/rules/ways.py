"""The ways by which a person is reached, and the letter that goes by them."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from havre.plumbing.outward.networks import HERE


class Way(StrEnum):
    """One way to reach a person. NONE: the person named none, or none works here."""

    EMAIL = "email"
    NONE = ""
    SMS = "sms"
    WEBHOOK = "webhook"


class NotCarriedError(Exception):
    """A letter did not go out; the code says why, and never what was in it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code[:60]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What goes to one person by one way: numbers and an address to sign in at, nothing else."""

    to: str
    subject: str
    text: str
    address: str
    references: tuple[str, ...]
    # What a webhook is signed with; empty for the other ways.
    secret: bytes = b""


class Courier(Protocol):
    """Carries letters by one way. Raises NotCarriedError."""

    def __call__(self, letter: Letter, /) -> None: ...


def may_be_called(address: str, *, hosts: frozenset[str]) -> bool:
    """Whether a webhook may lead there: to a host that whoever runs Havre has named.

    Anything else would let an officer make our server knock at doors inside its own network.
    """
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return False
    if parts.username or parts.password or f"{parts.hostname}{port}" not in hosts:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)


def webhook_body(letter: Letter) -> bytes:
    """The body of a webhook: the same numbers and address as in every other letter."""
    told = {"address": letter.address, "references": list(letter.references)}
    return json.dumps({**told, "text": letter.text}, ensure_ascii=False).encode()


def signature_of(body: bytes, *, secret: bytes, at: datetime) -> str:
    """The header that proves who sent a webhook: HMAC-SHA-256 over the moment and the body."""
    moment = str(int(at.timestamp()))
    digest = hmac.digest(secret, moment.encode() + b"." + body, "sha256").hex()
    return f"t={moment},v1={digest}"
