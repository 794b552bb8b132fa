"""What whoever told us may still do with their report."""

from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.actions import open_by_receipt, send_message
from havre.intake.models import Receipt
from havre.intake.rules.senders import ReceiptHolder
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
