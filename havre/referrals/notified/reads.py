"""Questions about notifications that nobody of a police service reads."""

from dataclasses import dataclass
from datetime import datetime

from havre.audit.rules import Actor
from havre.intake.notifications.models import Notification
from havre.intake.notifications.reads import notifications_read, notifications_unread_at
from havre.intake.notifications.rules import COORDINATOR_AFTER, SUPERVISOR_AFTER
from havre.plumbing import clock
from havre.referrals.inbox.others import ringing_until
from havre.referrals.models import Alarm
from havre.referrals.rules.states import Level, OtherClock

AFTER = {Level.SUPERVISOR: SUPERVISOR_AFTER, Level.COORDINATOR: COORDINATOR_AFTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadNotification:
    """A notification that nobody has read, who must hear of it, and since which moment."""

    notification: Notification
    level: Level
    due: datetime


def notifications_to_ring(*, actor: Actor) -> list[UnreadNotification]:
    """What nobody has read in time, and does not ring at that level yet."""
    now = clock.now()
    unread = notifications_unread_at(now - min(AFTER.values()), actor=actor)
    rings = ringing_until([one.reference for one in unread])
    late = [
        UnreadNotification(notification=one, level=level, due=one.delivered_at + after)
        for one in unread
        for level, after in AFTER.items()
    ]
    return [
        one for one in late if one.due <= now and (one.notification.reference, one.due) not in rings
    ]


def notifications_to_silence(*, actor: Actor) -> list[Notification]:
    """Those that ring though somebody has read them."""
    ringing = Alarm.objects.visible_to(actor).filter(which=OtherClock.NOTIFIED, answered_at=None)
    return notifications_read(set(ringing.values_list("reference", flat=True)), actor=actor)
