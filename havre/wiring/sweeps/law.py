"""What the clocks of the law ask for: providers are reminded, and told when it is over."""

from havre.audit.rules import Station
from havre.intake.law.actions import end_preservation, remind_of_the_end
from havre.intake.law.reads import to_end, to_remind
from havre.intake.notifications.actions import end_notification_clock, remind_of_notification
from havre.intake.notifications.reads import notifications_to_end, notifications_to_remind
from havre.plumbing.context import acting_as


def keep_legal_clocks() -> None:
    """Remind providers of the end of their duties, and tell them of those that are over."""
    by = Station.PIPELINE
    with acting_as(by.context):
        near, over = to_remind(actor=by), to_end(actor=by)
        told_near, told_over = notifications_to_remind(actor=by), notifications_to_end(actor=by)
    for report in near:
        remind_of_the_end(report, by=by)
    for report in over:
        end_preservation(report, by=by)
    for notification in told_near:
        remind_of_notification(notification, by=by)
    for notification in told_over:
        end_notification_clock(notification, by=by)
