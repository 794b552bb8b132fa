"""What our calls to record systems say of themselves, for the OpenAPI document of that door."""

import json
from datetime import UTC, datetime
from typing import Any

from havre.plumbing.apis.openapi import Body, Parameter, Webhook
from havre.referrals.notices.rules import NewsKind
from havre.referrals.webhooks.rules import TEST, body_of

EVENTS: dict[str, tuple[str, str]] = {
    NewsKind.SENT: ("referralSent", "A referral came to your agency"),
    NewsKind.ADDED: ("referralAddedTo", "The tipline added to a referral, or sent a supplement"),
    NewsKind.WORDS_CAME: ("wordsCame", "A reporter told more; the tipline reads it first"),
    NewsKind.CANCELLED: ("referralCancelled", "A referral was cancelled"),
    NewsKind.ANSWERED: ("questionAnswered", "The tipline answered what you asked"),
    NewsKind.PROVIDER_ANSWERED: ("providerAnswered", "The provider answered"),
    NewsKind.PROVIDER_LATE: ("providerLate", "The provider’s time to answer is over"),  # noqa: RUF001
    NewsKind.REMINDER: ("clockReminder", "A referral’s clock is near its end"),  # noqa: RUF001
    NewsKind.BREACHED: ("clockBreached", "A referral’s clock is over"),  # noqa: RUF001
    TEST: ("test", "Somebody pressed “Send a test”; nothing happened"),
}
EXAMPLE_OF, EXAMPLE_AT = "R-0000-0000", datetime(2026, 11, 29, 17, tzinfo=UTC)
SIGNATURE = "^v1,[A-Za-z0-9+/]+=*( v1,[A-Za-z0-9+/]+=*)*$"
HEADERS = (
    Parameter(
        name="webhook-id",
        where="header",
        schema={"type": "string", "maxLength": 100},
        description="Names this call, the same however often it is sent (Standard Webhooks).",
        required=True,
    ),
    Parameter(
        name="webhook-timestamp",
        where="header",
        schema={"type": "string", "pattern": "^[0-9]+$"},
        description="When it was sent, in seconds since 1970. Refuse what is older than 5 minutes.",
        required=True,
    ),
    Parameter(
        name="webhook-signature",
        where="header",
        schema={"type": "string", "pattern": SIGNATURE},
        description=(
            "HMAC-SHA256, in base64, of id, timestamp and body joined by dots, one for each secret"
            " that holds: “v1,” before each, a space between two."
        ),
        required=True,
    ),
)
ANSWERS = {
    "2XX": "Taken. Any of these within ten seconds.",
    "410": "Gone: this address is called no more.",
    "default": "Not taken, a redirect too: it is sent again, ten times in about three days.",
}


def calls() -> list[Webhook]:
    """Every call that we make, with its headers, its body and an example of it."""
    return [
        Webhook(
            event=str(event),
            name=name,
            summary=summary,
            parameters=HEADERS,
            body=Body(shape=_shape(str(event)), example=_example(str(event))),
            answers=ANSWERS,
        )
        for event, (name, summary) in EVENTS.items()
    ]


def _example(event: str) -> object:
    reference = "" if event == TEST else EXAMPLE_OF
    return json.loads(body_of(event, reference, at=EXAMPLE_AT))


def _shape(event: str) -> dict[str, Any]:
    reference = {"type": "string", "pattern": "^R-[0-9A-Z]{4}-[0-9A-Z]{4}$"}
    data: dict[str, Any] = {"type": "object", "additionalProperties": False}
    if event != TEST:
        data |= {"properties": {"referral": reference}, "required": ["referral"]}
    return {
        "type": "object",
        "properties": {
            "type": {"const": event},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": data,
        },
        "required": ["type", "timestamp", "data"],
        "additionalProperties": False,
    }
