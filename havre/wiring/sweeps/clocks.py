"""The clocks that ring on one page, whatever they ring for. Safe to repeat."""

from functools import partial
from typing import TYPE_CHECKING

from havre.audit.rules import Station
from havre.cases.abroad.actions import ring_exchange
from havre.cases.abroad.reads import clocks_to_ring
from havre.plumbing.context import acting_as
from havre.referrals.inbox.actions import raise_alarm
from havre.referrals.inbox.reads import alarms_to_raise
from havre.referrals.notified.actions import ring_for_notification, silence_notification
from havre.referrals.notified.reads import notifications_to_ring, notifications_to_silence

if TYPE_CHECKING:
    from collections.abc import Callable


def ring_what_is_late() -> None:
    """Ring for referrals, exchanges with other countries and notifications that wait too long.

    One that fails holds back no other. Raises an ExceptionGroup of what failed, at the end.
    """
    by = Station.PIPELINE
    with acting_as(by.context):
        rings: list[Callable[[], None]] = [
            *(partial(raise_alarm, one, by=by) for one in alarms_to_raise(actor=by)),
            *(partial(ring_exchange, one, by=by) for one in clocks_to_ring(actor=by)),
            *(
                partial(ring_for_notification, one, by=by)
                for one in notifications_to_ring(actor=by)
            ),
            *(
                partial(silence_notification, one, by=by)
                for one in notifications_to_silence(actor=by)
            ),
        ]
    failures = []
    for ring in rings:
        try:
            ring()
        except Exception as failure:  # noqa: BLE001 - raised below, with whatever else failed
            failures.append(failure)
    if failures:
        msg = "clocks that did not ring"
        raise ExceptionGroup(msg, failures)
