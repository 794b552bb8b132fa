"""Questions about notifications: a provider's own, a police service's, and clocks that end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.agencies.models import Agency, Officer, Provider
from havre.agencies.rules.permits import Permit
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor
from havre.intake.law.reads import legal_today
from havre.intake.law.rules.regimes import REGIMES, REMINDER, Version
from havre.intake.notifications.models import Notification, Opening
from havre.intake.notifications.rules import recipients_by
from havre.plumbing import clock
from havre.plumbing.context import acting_as

ROWS = 50
ON_THE_INBOX = 10
POLICE = (AgencyKind.POLICE, AgencyKind.NATIONAL_CENTRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationsPage:
    """A page of notifications, the latest first."""

    rows: tuple[Notification, ...]
    chosen: int
    unread: int
    next: str


def version_for(provider: Provider) -> Version | None:
    """The law that a provider's notification falls under today; None where none of ours does."""
    regime = REGIMES.get(provider.regime)
    return regime.on(clock.now().astimezone(regime.zone).date()) if regime else None


def police_services(provider: Provider) -> list[Agency]:
    """Whom a provider may notify here: police services whose people open such letters."""
    found = Officer.objects.filter(is_active=True, agency__kind__in=POLICE).select_related("agency")
    open_to = {one.agency.code: one.agency for one in found if one.may(Permit.NOTIFICATION_READ)}
    codes = recipients_by(version_for(provider), tuple(sorted(open_to)))
    return [open_to[code] for code in codes]


def sent_by_provider(*, after: str = "", actor: Actor) -> NotificationsPage:
    """What a provider sent, the latest first; `after` is what the page before gave as `next`."""
    own = Notification.objects.visible_to(actor)
    return _page(own, own, after=after, unread=0)


def inbox_page(officer: Officer, *, which: str = "", after: str = "") -> NotificationsPage:
    """What a police service was told, the latest first; `which` is "unread" or everything."""
    own = Notification.objects.visible_to(officer)
    unread = own.filter(opening=None)
    chosen = unread if which == "unread" else own
    return _page(own, chosen, after=after, unread=unread.count())


def unread_notifications(officer: Officer) -> list[Notification]:
    """What nobody of an officer's police service has read yet, the oldest first."""
    if not officer.may(Permit.NOTIFICATION_READ):
        return []
    own = Notification.objects.visible_to(officer).filter(opening=None)
    return list(own.order_by("delivered_at", "id")[:ON_THE_INBOX])


def notifications_unread_at(moment: datetime, *, actor: Actor) -> list[Notification]:
    """What was delivered by then, is still preserved and was read by nobody, the oldest first."""
    own = Notification.objects.visible_to(actor)
    unread = own.filter(opening=None, ended_at=None, delivered_at__lte=moment)
    return list(unread.select_related("agency").defer("body").order_by("delivered_at", "id"))


def notifications_read(references: Iterable[str], *, actor: Actor) -> list[Notification]:
    """Which of these notifications, by reference, somebody has read."""
    told = Notification.objects.visible_to(actor).filter(reference__in=references)
    return list(told.exclude(opening=None).defer("body").order_by("delivered_at", "id"))


def is_unread_by(agency: UUID, *, actor: Actor) -> bool:
    """Whether a notification waits for an agency that nobody there has read."""
    return Notification.objects.visible_to(actor).filter(agency=agency, opening=None).exists()


def has_notifications(officer: Officer) -> bool:
    """Whether an officer's police service was ever notified, and this one may read it."""
    return (
        officer.may(Permit.NOTIFICATION_READ) and Notification.objects.visible_to(officer).exists()
    )


def notification_by_reference(reference: str, *, actor: Actor) -> Notification:
    """One notification. Raises Notification.DoesNotExist, alike for foreign and missing."""
    with acting_as(actor.context):
        found = Notification.objects.visible_to(actor).select_related("agency", "provider")
        return found.get(reference=reference)


def notification_by_id(pk: UUID, *, actor: Actor) -> Notification:
    """One notification. Raises Notification.DoesNotExist."""
    return Notification.objects.visible_to(actor).select_related("agency").get(pk=pk)


def notification_sent_as(pk: UUID, *, actor: Actor) -> Notification | None:
    """The notification that an earlier sending of the same made, if any."""
    found = Notification.objects.visible_to(actor).select_related("agency")
    return found.filter(pk=pk).first()


def opening_of(notification: Notification, *, actor: Actor) -> Opening | None:
    """Who read it first; None before that."""
    found = Opening.objects.visible_to(actor).filter(notification=notification)
    return found.select_related("by").first()


def notifications_to_remind(*, actor: Actor) -> list[UUID]:
    """Those whose provider has not been reminded, and whose end is near."""
    running = Notification.objects.visible_to(actor).filter(reminded_at=None, ended_at=None)
    near = running.filter(until__lte=legal_today() + REMINDER)
    return list(near.order_by("until").values_list("pk", flat=True))


def notifications_to_end(*, actor: Actor) -> list[UUID]:
    """Those whose last day of preservation is over."""
    running = Notification.objects.visible_to(actor).filter(ended_at=None)
    over = running.filter(until__lt=legal_today())
    return list(over.order_by("until").values_list("pk", flat=True))


def _page(
    own: QuerySet[Notification], chosen: QuerySet[Notification], *, after: str, unread: int
) -> NotificationsPage:
    behind = chosen
    if last := own.filter(reference=after).first():
        at = last.delivered_at
        behind = chosen.filter(Q(delivered_at__lt=at) | Q(delivered_at=at, pk__lt=last.pk))
    found = list(behind.select_related("agency", "opening__by")[: ROWS + 1])
    return NotificationsPage(
        rows=tuple(found[:ROWS]),
        chosen=chosen.count(),
        unread=unread,
        next=found[ROWS - 1].reference if len(found) > ROWS else "",
    )
