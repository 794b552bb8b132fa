"""What the law makes of a provider's report: a receipt, a reminder, a notice to destroy."""

from uuid import UUID

import rfc8785

from havre.agencies.models import Provider
from havre.agencies.rules.providers import Environment
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.intake.actions import Delivery, receive_report
from havre.intake.law.models import AddressReport, Preservation
from havre.intake.law.rules.addresses import is_network_address
from havre.intake.law.rules.receipts import Receipt
from havre.intake.law.signing import signature_of
from havre.intake.models import Report
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.reads import report_by_reference
from havre.intake.rules.receipts import REFERENCE_BYTES, reference_of
from havre.intake.rules.submission import (
    Channel,
    GivenIdentifier,
    Happening,
    Incident,
    LegalBasis,
    Submission,
)
from havre.plumbing import clock, ids


@action(Event.ADDRESSES_REPORTED)
def report_addresses(addresses: tuple[str, ...], *, by: Provider) -> AddressReport:
    """Take a report under section 2: the addresses go to the desk, the provider gets a receipt.

    Nothing is kept but the addresses, who reported them, and when. Raises WireRefusal for a test
    account.
    """
    if by.environment == Environment.TEST:
        reason = "a test account reports nothing under section 2"
        raise WireRefusal(Code.NOT_AUTHORIZED_TO_SUBMIT, reason)
    delivery = Delivery(
        submission=_submission(addresses),
        source=rfc8785.dumps({"addresses": list(addresses)}),
        zone=clock.LEGAL_ZONE.key,
        provider=by,
    )
    received = receive_report(delivery, by=by)
    row = _with_receipt(report_by_reference(received.reference, actor=by), by)
    row.save(force_insert=True)
    record(
        Event.ADDRESSES_REPORTED,
        about_kind="report",
        about=row.report_id,
        by=by,
        incident_number=row.incident_number,
        addresses=len(addresses),
    )
    return row


@action(Event.PRESERVATION_REMINDED)
def remind_of_the_end(report: UUID, *, by: Station) -> None:
    """Note that a provider is reminded that its duty to preserve ends soon. Safe to repeat."""
    clocks = Preservation.objects.visible_to(by).filter(pk=report, reminded_at=None)
    noted = clocks.update(reminded_at=clock.now())
    record(
        Event.PRESERVATION_REMINDED, about_kind="report", about=report, by=by, is_first=bool(noted)
    )


@action(Event.PRESERVATION_ENDED)
def end_preservation(report: UUID, *, by: Station) -> None:
    """Note that a duty to preserve is over: the provider destroys what it would not keep anyway."""
    clocks = Preservation.objects.visible_to(by).filter(pk=report, ended_at=None)
    noted = clocks.update(ended_at=clock.now())
    record(Event.PRESERVATION_ENDED, about_kind="report", about=report, by=by, is_first=bool(noted))


def _with_receipt(report: Report, by: Provider) -> AddressReport:
    receipt = Receipt(
        incident_number="S" + reference_of(ids.random_bytes(REFERENCE_BYTES))[1:],
        provider_name=by.name,
        provider_identifier=by.code,
        received_at=clock.now(),
    )
    return AddressReport(
        id=ids.uuid7(),
        report=report,
        provider=by,
        incident_number=receipt.incident_number,
        provider_name=by.name,
        received_at=receipt.received_at,
        signature=signature_of(receipt),
    )


def _submission(addresses: tuple[str, ...]) -> Submission:
    given = tuple(
        GivenIdentifier(
            kind="ip" if is_network_address(address) else "url",
            value=address,
            legal_basis=LegalBasis.STATUTORY_REPORT,
        )
        for address in addresses
    )
    return Submission(
        channel=Channel.MRA_ADDRESSES,
        language="en",
        incidents=(Incident(happening=Happening.SAW_ONLINE, identifiers=given),),
        legal_basis=LegalBasis.STATUTORY_REPORT,
    )
