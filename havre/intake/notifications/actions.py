"""A provider notifies a police service; that service reads it; its clock ends."""

import hmac
import json
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from havre.agencies.models import Agency, Officer, Provider
from havre.agencies.reads import provider_of
from havre.agencies.rules.providers import Environment
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.evidence.custody import agency_recipient, key_of, wrapped_key
from havre.intake.law.rules.regimes import REGIMES, preserved_until
from havre.intake.notifications.models import KEY_COMPARTMENT, Notification, Opening
from havre.intake.notifications.reads import (
    NotificationsPage,
    inbox_page,
    notification_by_id,
    notification_by_reference,
    notification_sent_as,
    opening_of,
    police_services,
    sent_by_provider,
    version_for,
)
from havre.intake.notifications.rules import Contents, Fault, as_tree, faults_of, from_tree
from havre.intake.rules.receipts import REFERENCE_BYTES, reference_of
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.keys import keys
from havre.plumbing.queue import defer
from havre.plumbing.sealing import new_data_key, open_json, place, seal_json

# The job that tells a police service that something was delivered to it.
TELL = "tell-notified"


class NotificationRefusedError(ValueError):
    """A notification that is not whole. `faults` names everything at once, with its field."""

    def __init__(self, faults: tuple[tuple[str, Fault], ...]) -> None:
        super().__init__(", ".join(f"{field}: {fault}" for field, fault in faults))
        self.faults = faults


class NoSuchServiceError(ValueError):
    """The notification was for a service that nobody may notify here."""


class TokenUsedError(ValueError):
    """The token came with another notification before. `reference` names that one."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class NoRealAccountError(ValueError):
    """A test account was about to notify real police."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedNotification:
    """A notification as the service that was notified reads it."""

    notification: Notification
    contents: Contents
    opening: Opening


@action(Event.NOTIFICATION_SENT)
def notify_police(
    contents: Contents, *, to: str, token: str, by: Officer | Provider
) -> Notification:
    """Tell a police service under section 3. Only its own people can open what is said.

    The same token gives the first notification again, if it is the same. Raises
    NoRealAccountError, NoSuchServiceError, NotificationRefusedError, TokenUsedError.
    """
    provider = by if isinstance(by, Provider) else provider_of(by)
    pk, said = uuid5(provider.pk, token) if token else ids.uuid7(), _digest_of(contents, to)
    row, is_first = notification_sent_as(pk, actor=by), False
    if row is None:
        agency = _service(to, provider)
        faults = faults_of(contents, version=version_for(provider), now=clock.now())
        if faults:
            raise NotificationRefusedError(faults)
        row, is_first = _delivered(pk, contents, provider, agency, said)
    if row.said not in {"", said}:
        raise TokenUsedError(row.reference)
    record(
        Event.NOTIFICATION_SENT,
        about_kind="notification",
        about=row.pk,
        by=by,
        to=str(row.agency_id),
        is_first=is_first,
    )
    return row


@action(Event.CONSOLE_READ)
def read_sent(*, after: str = "", by: Officer) -> NotificationsPage:
    """Look at what the own provider told police services: that it was delivered, and when."""
    page = sent_by_provider(after=after, actor=by)
    record(
        Event.CONSOLE_READ,
        about_kind="provider",
        about=str(by.provider_id),
        by=by,
        page="notifications",
        rows=len(page.rows),
    )
    return page


@action(Event.NOTIFICATIONS_READ)
def read_notifications(*, which: str = "", after: str = "", by: Officer) -> NotificationsPage:
    """Look at the list of what providers told the own police service."""
    page = inbox_page(by, which=which, after=after)
    record(
        Event.NOTIFICATIONS_READ,
        about_kind="notifications",
        about=by.agency_id,
        by=by,
        rows=len(page.rows),
    )
    return page


@action(Event.NOTIFICATION_OPENED)
def open_notification(reference: str, *, as_paper: bool = False, by: Officer) -> OpenedNotification:
    """Read what a provider told the own police service. Raises Notification.DoesNotExist."""
    row = notification_by_reference(reference, actor=by)
    contents = from_tree(open_json(key_of(row.pk, by=by), bytes(row.body), at=_place(row.pk)))
    opening = opening_of(row, actor=by)
    record(
        Event.NOTIFICATION_OPENED,
        about_kind="notification",
        about=row.pk,
        by=by,
        is_first=opening is None,
        as_paper=as_paper,
    )
    if opening is None:
        opening = Opening(notification=row, agency_id=by.agency_id, by=by, at=clock.now())
        opening.save(force_insert=True)
    return OpenedNotification(notification=row, contents=contents, opening=opening)


@action(Event.PRESERVATION_REMINDED)
def remind_of_notification(pk: UUID, *, by: Station) -> None:
    """Note that a provider is reminded that its duty to preserve ends soon. Safe to repeat."""
    rows = Notification.objects.visible_to(by).filter(pk=pk, reminded_at=None)
    _ring(pk, Event.PRESERVATION_REMINDED, noted=rows.update(reminded_at=clock.now()), by=by)


@action(Event.PRESERVATION_ENDED)
def end_notification_clock(pk: UUID, *, by: Station) -> None:
    """Note that a duty to preserve is over: the provider destroys what it would not keep anyway."""
    rows = Notification.objects.visible_to(by).filter(pk=pk, ended_at=None)
    _ring(pk, Event.PRESERVATION_ENDED, noted=rows.update(ended_at=clock.now()), by=by)


def _ring(pk: UUID, event: Event, *, noted: int, by: Station) -> None:
    record(event, about_kind="notification", about=pk, by=by, is_first=bool(noted))


def _service(code: str, provider: Provider) -> Agency:
    if provider.environment == Environment.TEST:
        raise NoRealAccountError
    for agency in police_services(provider):
        if agency.code == code:
            return agency
    raise NoSuchServiceError(code)


def _digest_of(contents: Contents, to: str) -> str:
    # In ASCII: what cannot be written down is refused later, with its field.
    tree = json.dumps({"to": to, **as_tree(contents)}, sort_keys=True)
    return hmac.digest(keys().pepper("notification"), tree.encode(), "sha256").hex()


def _delivered(
    pk: UUID, contents: Contents, provider: Provider, agency: Agency, said: str
) -> tuple[Notification, bool]:
    """Seal it under a key that is wrapped for that agency and for nobody else, and keep it.

    Gives it, and whether it is this one that was kept.
    """
    key, now, recipient = new_data_key(), clock.now(), agency_recipient(agency.pk)
    regime, version = REGIMES.get(provider.regime), version_for(provider)
    row = Notification(
        id=pk,
        reference="N" + reference_of(ids.random_bytes(REFERENCE_BYTES))[1:],
        provider=provider,
        provider_name=provider.name,
        agency=agency,
        body=seal_json(key, as_tree(contents), at=_place(pk)),
        said=said,
        delivered_at=now,
        regime=regime.code if regime else "",
        version=version.name if version else "",
        until=preserved_until(regime, now) if regime else None,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Pressed twice at once: the other one was first, and this one must not send it again.
        return notification_by_id(pk, actor=provider), False
    with acting_as(Station.PIPELINE.context):
        wrap = wrapped_key(pk, key, recipient=recipient, compartment=KEY_COMPARTMENT)
        wrap.save(force_insert=True)
    defer(TELL, queue="sweep", notification=str(pk))
    return row, True


def _place(pk: UUID) -> bytes:
    return place("notification", "body", pk)
