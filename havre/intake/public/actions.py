"""What whoever told us may still do with their report."""

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.actions import Delivery, open_by_receipt, receive_report, send_message
from havre.intake.models import Receipt
from havre.intake.reads import Received
from havre.intake.rules.senders import PublicSender, ReceiptHolder
from havre.plumbing import clock


@action(Event.REPORT_WITHDRAWN)
def withdraw_report(words: str, *, by: ReceiptHolder) -> None:
    """Take a report back: `words` say so to its readers, and the receipt opens nothing any more.

    What was told is not destroyed: a child in danger is still looked after, and a person decides.
    Raises Receipt.DoesNotExist for words that lead nowhere.
    """
    opened, holder = open_by_receipt(by=by)
    send_message(opened.report, words, receipt_key=holder.key, by=holder)
    Receipt.objects.filter(lookup=by.lookup).update(until=clock.now())
    record(Event.REPORT_WITHDRAWN, about_kind="report", about=opened.report.pk, by=by)


@action(Event.REPORT_TAKEN)
def take_report(delivery: Delivery, *, sender: PublicSender, by: Officer) -> Received:
    """File what an officer took down for somebody: the same report as by any other door.

    The same form sent twice is one report. The log says who took it down.
    """
    received = receive_report(delivery, by=sender)
    record(
        Event.REPORT_TAKEN,
        about_kind="report",
        about=received.reference,
        by=by,
        channel=str(delivery.submission.channel),
        is_first=received.is_first,
    )
    return received
