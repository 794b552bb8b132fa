"""What our public forms carry instead of a cookie: a token to send once, a ticket to come back.

The token makes a repeated sending harmless, and the receipt is derived from it, so that the same
form sent twice shows the same words. The ticket holds a receipt's secret, sealed, for half an hour.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from havre.intake.rules.receipts import lookup_id, receipt_key, secret_from_token
from havre.intake.rules.senders import PublicSender, ReceiptHolder
from havre.plumbing import clock, ids
from havre.plumbing.keys import KeyRefusedError, keys
from havre.plumbing.sealing import open_json, place, seal_json

TOKEN_BYTES = 16
TOKEN_HOLDS = timedelta(hours=6)
TICKET_HOLDS = timedelta(minutes=30)
# Nobody reads and answers the form faster; who does goes to quarantine, and is still read.
FASTEST_PERSON = timedelta(seconds=3)
_SIGNER = Signer(salt="havre.report-form")
_TICKET = place("form", "ticket", "come-back")
_OWN_SITES = frozenset({"none", "same-origin"})


@dataclass(frozen=True, slots=True)
class FormToken:
    """The token of one form, as it was handed out."""

    random: bytes
    minted_at: datetime

    @property
    def sender(self) -> PublicSender:
        """Whoever sends this form."""
        return PublicSender(hmac.digest(keys().pepper("token"), self.random, "sha256").hex())

    @property
    def secret(self) -> bytes:
        """The secret of the receipt that belongs to this form."""
        return secret_from_token(self.random, keys().pepper("receipt from token"))

    def is_hasty(self, now: datetime) -> bool:
        """Whether the form came back faster than a person answers."""
        return now - self.minted_at < FASTEST_PERSON


def minted_token() -> str:
    """A fresh token, signed."""
    minted = {"random": ids.random_bytes(TOKEN_BYTES).hex(), "at": clock.now().timestamp()}
    return _SIGNER.sign_object(minted)


def token_in(text: str) -> FormToken | None:
    """The token behind a form's hidden field; None when it is not ours, or too old."""
    try:
        minted = _SIGNER.unsign_object(text)
    except (BadSignature, ValueError, binascii.Error):
        return None
    token = FormToken(bytes.fromhex(minted["random"]), datetime.fromtimestamp(minted["at"], UTC))
    return token if clock.now() - token.minted_at <= TOKEN_HOLDS else None


def holder_of(secret: bytes) -> ReceiptHolder:
    """Whoever holds the words of this secret."""
    return ReceiptHolder(
        lookup=lookup_id(secret, keys().pepper("receipt lookup")).hex(),
        key=receipt_key(secret, keys().pepper("receipt key")),
    )


def ticket_for(secret: bytes) -> str:
    """A sealed, short-lived stand-in for the words, so that a page need not carry them."""
    until = int((clock.now() + TICKET_HOLDS).timestamp())
    sealed = seal_json(
        keys().pepper("come-back"), {"secret": secret.hex(), "until": until}, at=_TICKET
    )
    return base64.urlsafe_b64encode(sealed).decode()


def secret_in(ticket: str) -> bytes | None:
    """The secret in a ticket; None when it is not ours, or its half hour is over."""
    try:
        sealed = base64.urlsafe_b64decode(ticket.encode())
        told = open_json(keys().pepper("come-back"), sealed, at=_TICKET)
    except (KeyRefusedError, ValueError):
        return None
    return bytes.fromhex(told["secret"]) if clock.now().timestamp() <= told["until"] else None


def is_from_our_own_page(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours, as far as the browser says.

    "null" is what browsers say of a page that sends no referrer, as ours do.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN_SITES:
        return False
    origin = request.headers.get("Origin", "null")
    return origin in {"null", f"{request.scheme}://{request.get_host()}"}
