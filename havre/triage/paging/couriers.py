"""Who carries letters: mail, an SMS gateway, a webhook. One that is not configured is not there."""

import json
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from havre.plumbing import clock
from havre.plumbing.outward.calls import NotPostedError, post
from havre.triage.paging.outside import SmsGateway, mail_sender, sms_gateway, webhook_hosts
from havre.triage.paging.rules.ways import (
    Courier,
    Letter,
    NotCarriedError,
    Way,
    may_be_called,
    signature_of,
    webhook_body,
)

JSON = "application/json; charset=utf-8"


def couriers() -> dict[Way, Courier]:
    """The ways that work in this house, each with who carries letters by it."""
    found: dict[Way, Courier] = {}
    if settings.CARRIES_MAIL:
        found[Way.EMAIL] = by_mail
    gateway = sms_gateway()
    if gateway:
        found[Way.SMS] = BySms(gateway)
    if webhook_hosts():
        found[Way.WEBHOOK] = by_webhook
    return found


def by_mail(letter: Letter) -> None:
    """By the mail server of this house; in development into a folder."""
    mail = EmailMessage(
        letter.subject, letter.text, mail_sender(), [letter.to], connection=get_connection()
    )
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        raise NotCarriedError(type(error).__name__) from error


class BySms:
    """By the gateway that is configured: the text alone, without a subject."""

    def __init__(self, gateway: SmsGateway) -> None:
        self.gateway = gateway

    def __call__(self, letter: Letter) -> None:
        told = {"from": self.gateway.sender, "text": letter.text, "to": letter.to}
        headers = {"Content-Type": JSON, "Authorization": f"Bearer {self.gateway.key}"}
        _post(self.gateway.url, json.dumps(told, ensure_ascii=False).encode(), headers)


def by_webhook(letter: Letter) -> None:
    """To an address of the officer's, signed, if its host is still among those allowed."""
    if not may_be_called(letter.to, hosts=webhook_hosts()):
        raise NotCarriedError("host-not-allowed")  # noqa: EM101 - a code
    body = webhook_body(letter)
    signature = signature_of(body, secret=letter.secret, at=clock.now())
    _post(letter.to, body, {"Content-Type": JSON, "Havre-Signature": signature})


def _post(url: str, body: bytes, headers: dict[str, str]) -> None:
    try:
        post(url, body, headers=headers)
    except NotPostedError as error:
        raise NotCarriedError(str(error)) from error
