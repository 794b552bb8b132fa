"""Looks at receipts by a provider's people."""

import hashlib
import json

from havre.agencies.models import Officer, Provider
from havre.agencies.reads import provider_of
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.jsondoor.once import done_once
from havre.intake.law.actions import note_repeat, report_addresses
from havre.intake.law.models import AddressReport
from havre.intake.law.reads import address_report
from havre.intake.receipts.reads import ReceiptsPage, receipts_page


@action(Event.CONSOLE_READ)
def read_receipts(*, after: str = "", by: Officer) -> ReceiptsPage:
    """Look at the receipts of the own provider."""
    page = receipts_page(after=after, actor=by)
    _note(by, page="receipts")
    return page


@action(Event.CONSOLE_READ)
def read_receipt(incident_number: str, *, by: Officer) -> AddressReport:
    """Look at one receipt, or take it along. Raises AddressReport.DoesNotExist."""
    row = address_report(incident_number, actor=by)
    _note(by, page="receipt", incident_number=row.incident_number)
    return row


@action(Event.CONSOLE_READ)
def read_reporter(*, by: Officer) -> Provider:
    """Look at the page on which the own provider reports addresses: as whom it reports."""
    _note(by, page="addresses")
    return provider_of(by)


@action(Event.ADDRESSES_REPORTED)
def report_typed(addresses: tuple[str, ...], *, token: str, by: Officer) -> str:
    """Report what one of the provider's people typed; gives the incident number of the receipt.

    The same page sent twice is one report. Raises WireRefusal for a test account,
    and for one that is closed.
    """
    provider = provider_of(by)
    digest = hashlib.sha256("\n".join(addresses).encode()).hexdigest()
    key = hashlib.sha256(f"console/{token}".encode()).hexdigest()

    def work() -> tuple[int, object]:
        return 201, report_addresses(addresses, by=by).incident_number

    done = done_once(key, digest, work, by=provider)
    number = str(json.loads(done.body))
    if done.is_repeat:
        note_repeat(number, by=by)
    return number


def _note(by: Officer, **details: str) -> None:
    about = str(by.provider_id)
    record(Event.CONSOLE_READ, about_kind="provider", about=about, by=by, **details)
