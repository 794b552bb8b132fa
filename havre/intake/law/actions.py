"""What the law makes of a provider's report: a receipt, a reminder, a notice to destroy."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import rfc8785

from havre.agencies.models import Officer, Provider
from havre.agencies.reads import provider_of
from havre.agencies.rules.permits import Compartment
from havre.agencies.rules.providers import Environment
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.evidence.actions import destroy_keys
from havre.evidence.custody import INTAKE, key_of, wrapped_key
from havre.intake.actions import Delivery, receive_report
from havre.intake.jsondoor.once import Answer, done_once
from havre.intake.law.models import AddressReport, Deemed, IncidentNotice, Preservation
from havre.intake.law.reads import (
    DeemedPage,
    LegalDuties,
    address_report,
    deemed_by_id,
    deemed_page,
    incident_by_reference,
    legal_duties,
    legal_today,
    receipt_of,
    record_to_destroy,
)
from havre.intake.law.rules.addresses import is_network_address
from havre.intake.law.rules.deemed import DeemedFault, OtherLaw, fault_of
from havre.intake.law.rules.incidents import IncidentKind, IncidentWords, may_be_sent
from havre.intake.law.rules.receipts import Receipt
from havre.intake.law.sealed import incident_words, seal_incident
from havre.intake.law.signing import signature_of, told
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
from havre.plumbing.sealing import new_data_key

# The rule that lets a record go.
AUTHORITY = "SOR/2011-292, s. 5"


class DeemedRefusedError(ValueError):
    """A record of section 9 that is not whole: where, and why."""

    def __init__(self, field: str, fault: DeemedFault) -> None:
        super().__init__(f"{field}: {fault}")
        self.field, self.fault = field, fault


class WrongMomentError(ValueError):
    """A notice was sent before its incident was noticed, or tomorrow; or noticed tomorrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedIncident:
    """A notice of an incident with its words."""

    notice: IncidentNotice
    words: IncidentWords


@action(Event.ADDRESSES_REPORTED)
def report_addresses(addresses: tuple[str, ...], *, by: Officer | Provider) -> AddressReport:
    """Take a report under section 2: the addresses go to the desk, the provider gets a receipt.

    A provider's program reports, or one of its people at the console.

    Nothing is kept but the addresses, who reported them, and when. Raises WireRefusal for a test
    account, and for one that is closed.
    """
    provider = by if isinstance(by, Provider) else provider_of(by)
    if not provider.is_active:
        raise WireRefusal(Code.NOT_AUTHORIZED, "this account is closed here")
    if provider.environment == Environment.TEST:
        reason = "a test account reports nothing under section 2"
        raise WireRefusal(Code.NOT_AUTHORIZED_TO_SUBMIT, reason)
    delivery = Delivery(
        submission=_submission(addresses),
        source=rfc8785.dumps({"addresses": list(addresses)}),
        zone=clock.LEGAL_ZONE.key,
        provider=provider,
    )
    received = receive_report(delivery, by=by)
    row = _with_receipt(report_by_reference(received.reference, actor=by), provider)
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


@action(Event.ADDRESSES_REPORTED)
def report_by_program(addresses: tuple[str, ...], *, key: str, digest: str, by: Provider) -> Answer:
    """Take what a provider's program reports under section 2; the answer is the signed receipt.

    The same bytes with the same key are one report, and have the answer that they had. Raises
    WireRefusal as `report_addresses` does, ProblemError when the key came with other bytes.
    """

    def work() -> tuple[int, object]:
        row = report_addresses(addresses, by=by)
        return 201, told(receipt_of(row), bytes(row.signature))

    done = done_once(key, digest, work, by=by)
    if done.is_repeat:
        note_repeat(json.loads(done.body)["receipt"]["incident_number"], by=by)
    return done


@action(Event.ADDRESSES_REPORTED)
def note_repeat(incident_number: str, *, by: Officer | Provider) -> None:
    """Note that a report under section 2 was sent once more, and is one: its receipt was given."""
    row = address_report(incident_number, actor=by)
    record(
        Event.ADDRESSES_REPORTED,
        about_kind="report",
        about=row.report_id,
        by=by,
        incident_number=incident_number,
        is_repeat=True,
    )


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


@action(Event.DEEMED_NOTED)
def note_deemed(
    law: OtherLaw, *, is_standing: bool, reference: str, reported_on: date, by: Officer
) -> Deemed:
    """Keep a record that the own provider reported under another law. Raises DeemedRefusedError."""
    reference = reference.strip()
    fault = fault_of(
        is_standing=is_standing, reference=reference, reported_on=reported_on, today=legal_today()
    )
    if fault:
        raise DeemedRefusedError(*fault)
    row = Deemed(
        id=ids.uuid7(),
        provider=provider_of(by),
        law=law,
        is_standing=is_standing,
        reference=reference,
        reported_on=reported_on,
        made_at=clock.now(),
        by=by,
    )
    row.save(force_insert=True)
    _note_deemed(Event.DEEMED_NOTED, row, by)
    return row


@action(Event.DEEMED_WITHDRAWN)
def withdraw_deemed(pk: UUID, *, is_withdrawn: bool, by: Officer) -> None:
    """Take a record of section 9 back, or let it stand again. Raises Deemed.DoesNotExist."""
    row = deemed_by_id(pk, actor=by)
    row.withdrawn_at = clock.now() if is_withdrawn else None
    row.save(update_fields=["withdrawn_at"])
    _note_deemed(Event.DEEMED_WITHDRAWN, row, by)


@action(Event.CONSOLE_READ)
def read_deemed(*, after: str = "", by: Officer) -> DeemedPage:
    """Look at the own provider's records of section 9."""
    page = deemed_page(after=after, actor=by)
    about = str(by.provider_id)
    record(Event.CONSOLE_READ, about_kind="provider", about=about, by=by, page="deemed")
    return page


@action(Event.INCIDENT_NOTED)
def note_incident(
    kind: IncidentKind, words: IncidentWords, *, noticed_at: datetime, by: Officer
) -> IncidentNotice:
    """Note an incident; from the moment it was noticed the ministers are told within 24 hours.

    Raises WrongMomentError.
    """
    now = clock.now()
    if noticed_at > now:
        raise WrongMomentError
    pk, key = ids.uuid7(), new_data_key()
    wrap = wrapped_key(pk, key, recipient=INTAKE, compartment=Compartment.GENERAL)
    wrap.save(force_insert=True)
    row = IncidentNotice(
        id=pk,
        reference="I" + reference_of(ids.random_bytes(REFERENCE_BYTES))[1:],
        kind=kind,
        body=seal_incident(pk, words, key=key),
        noticed_at=noticed_at,
        made_at=now,
        by=by,
    )
    row.save(force_insert=True)
    _note_incident(Event.INCIDENT_NOTED, row, by)
    return row


@action(Event.INCIDENT_CHANGED)
def change_incident(
    reference: str,
    *,
    kind: IncidentKind,
    words: IncidentWords,
    noticed_at: datetime,
    by: Officer,
) -> None:
    """Write a notice anew. Raises IncidentNotice.DoesNotExist, WrongMomentError."""
    row = incident_by_reference(reference, actor=by)
    if noticed_at > clock.now() or (row.sent_at and noticed_at > row.sent_at):
        raise WrongMomentError
    row.kind, row.noticed_at = kind, noticed_at
    row.body = seal_incident(row.pk, words, key=key_of(row.pk, by=by))
    row.save(update_fields=["kind", "noticed_at", "body"])
    _note_incident(Event.INCIDENT_CHANGED, row, by)


@action(Event.INCIDENT_SENT)
def send_incident(reference: str, *, sent_at: datetime | None, by: Officer) -> None:
    """Write down when the ministers were told; None takes that back. Nothing leaves Havre by it.

    Raises IncidentNotice.DoesNotExist, WrongMomentError.
    """
    row = incident_by_reference(reference, actor=by)
    if sent_at and not may_be_sent(row.noticed_at, sent_at=sent_at, now=clock.now()):
        raise WrongMomentError
    row.sent_at = sent_at
    row.save(update_fields=["sent_at"])
    _note_incident(Event.INCIDENT_SENT, row, by, is_sent=sent_at is not None)


@action(Event.INCIDENT_READ)
def read_incident(reference: str, *, as_paper: bool = False, by: Officer) -> OpenedIncident:
    """Look at a notice of an incident. Raises IncidentNotice.DoesNotExist."""
    row = incident_by_reference(reference, actor=by)
    _note_incident(Event.INCIDENT_READ, row, by, as_paper=as_paper)
    return OpenedIncident(notice=row, words=incident_words(row, by=by))


@action(Event.LEGAL_DUTIES_READ)
def read_legal_duties(*, after: str = "", by: Officer) -> LegalDuties:
    """Look at what the designated organization owes by law, and when."""
    found = legal_duties(after=after, actor=by)
    record(Event.LEGAL_DUTIES_READ, about_kind="duties", about="desk", by=by)
    return found


@action(Event.RECORD_DESTROYED)
def destroy_record(incident_number: str, *, by: Officer) -> AddressReport:
    """Make the addresses of a section 2 record unreadable for ever, once its two years are over.

    Its receipt stays. Raises AddressReport.DoesNotExist before that, and while an agency has it.
    """
    row = record_to_destroy(incident_number, actor=by)
    destroy_keys(row.report_id, authority=AUTHORITY, by=by)
    row.destroyed_at = clock.now()
    row.save(update_fields=["destroyed_at"])
    record(
        Event.RECORD_DESTROYED,
        about_kind="report",
        about=row.report_id,
        by=by,
        incident_number=row.incident_number,
    )
    return row


def _note_incident(event: Event, row: IncidentNotice, by: Officer, **details: bool) -> None:
    record(event, about_kind="incident", about=row.pk, by=by, kind=str(row.kind), **details)


def _note_deemed(event: Event, row: Deemed, by: Officer) -> None:
    about = str(row.provider_id)
    record(event, about_kind="provider", about=about, by=by, record=str(row.pk), law=str(row.law))


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
