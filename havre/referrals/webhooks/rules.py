"""Webhooks as Standard Webhooks has them: what is signed, and when a delivery is tried again."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from enum import StrEnum

SECRET_PREFIX = "whsec_"  # noqa: S105 - says what a secret is, and is none
# So long a delivery waits after each try that failed, three days in all; then it is given up.
RETRIES = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
OVERLAP, LONGEST_OVERLAP = timedelta(days=7), timedelta(days=30)
MOST_ENDPOINTS = 5
# What an answer of 410 means: never call this address again.
GONE = "http-410"
TEST = "test"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    FAILED = "failed"
    GIVEN_UP = "given-up"
    SENT = "sent"
    WAITING = "waiting"


def next_try(tries: int) -> timedelta | None:
    """How long to wait after so many tries that failed; None when no other follows."""
    return RETRIES[tries - 1] if tries <= len(RETRIES) else None


def body_of(kind: str, reference: str, *, at: datetime) -> bytes:
    """What is sent: what kind of thing happened, when, and to which referral. Nothing of it."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    data = {"referral": reference} if reference else {}
    return json.dumps({"type": kind, "timestamp": moment, "data": data}).encode()


def shown_secret(secret: bytes) -> str:
    """A secret as whoever checks signatures is shown it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def headers_of(message: str, body: bytes, *, secrets: list[bytes], now: datetime) -> dict[str, str]:
    """The three headers of Standard Webhooks: one signature for each secret that holds now."""
    moment = str(int(now.timestamp()))
    signed = b".".join((message.encode(), moment.encode(), body))
    signatures = (hmac.digest(secret, signed, "sha256") for secret in secrets)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Havre-Webhooks/1",
        "webhook-id": message,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(
            f"v1,{base64.b64encode(each).decode()}" for each in signatures
        ),
    }
