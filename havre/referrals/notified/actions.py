"""A police service hears of a notification; so do others when nobody reads it.

All of them hear that it waits, since when and under which number; nothing of what it says, and not
which provider it is from.
"""

from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.intake.notifications.models import Notification
from havre.intake.notifications.reads import notification_by_id, notifications_read
from havre.referrals.inbox.others import ring_for, silence
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_without_referral
from havre.referrals.notified.reads import UnreadNotification
from havre.referrals.rules.states import OtherClock


@action(Event.NOTIFICATION_TOLD)
def tell_notified(pk: UUID, *, by: Station) -> None:
    """Note news for the police service that was notified, unless somebody read it already."""
    row = notification_by_id(pk, actor=by)
    is_unread = not notifications_read([row.reference], actor=by)
    if is_unread:
        tell_without_referral(row.agency_id, NewsKind.PROVIDER_NOTIFIED)
    record(Event.NOTIFICATION_TOLD, about_kind="notification", about=pk, by=by, is_unread=is_unread)


@action(Event.ALARM_RAISED)
def ring_for_notification(unread: UnreadNotification, *, by: Station) -> None:
    """Ring for a notification that nobody has read in time. Safe to repeat."""
    row = unread.notification
    ring_for(
        row.reference,
        agency=row.agency,
        which=OtherClock.NOTIFIED,
        due=unread.due,
        level=unread.level,
    )
    record(
        Event.ALARM_RAISED,
        about_kind="notification",
        about=row.pk,
        by=by,
        clock=OtherClock.NOTIFIED,
        level=unread.level,
    )


@action(Event.ALARM_ENDED)
def silence_notification(row: Notification, *, by: Station) -> None:
    """Ring no more for a notification: somebody has read it."""
    silence(row.reference, which=OtherClock.NOTIFIED)
    record(Event.ALARM_ENDED, about_kind="notification", about=row.pk, by=by)
