"""What may go out of the house: mail, SMS and webhooks, as the environment says."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from havre.plumbing.outward.calls import WAIT_SECONDS

MAIL_SCHEMES = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


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
