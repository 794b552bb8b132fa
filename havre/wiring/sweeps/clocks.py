"""The clocks that ring on one page, whatever they ring for. Safe to repeat."""

from havre.audit.rules import Station
from havre.cases.abroad.actions import ring_exchange
from havre.cases.abroad.reads import clocks_to_ring
from havre.plumbing.context import acting_as
from havre.referrals.inbox.actions import raise_alarm
from havre.referrals.inbox.reads import alarms_to_raise
from havre.referrals.notified.actions import ring_for_notification, silence_notification
from havre.referrals.notified.reads import notifications_to_ring, notifications_to_silence


def ring_what_is_late() -> None:
    """Ring for referrals, exchanges with other countries and notifications that wait too long."""
    by = Station.PIPELINE
    with acting_as(by.context):
        referrals, exchanges = alarms_to_raise(actor=by), clocks_to_ring(actor=by)
        unread, read = notifications_to_ring(actor=by), notifications_to_silence(actor=by)
    for due in referrals:
        raise_alarm(due, by=by)
    for exchange in exchanges:
        ring_exchange(exchange, by=by)
    for notification in unread:
        ring_for_notification(notification, by=by)
    for reference in read:
        silence_notification(reference, by=by)
