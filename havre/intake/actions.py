"""What happens at the front desk."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models

from havre.agencies.models import Officer, Provider
from havre.agencies.rules.permits import Compartment
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.evidence.custody import (
    CONTACT,
    INTAKE,
    key_of,
    receipt_wrap_of,
    wrap_of,
)
from havre.evidence.models import Exhibit
from havre.evidence.vault import sealed_exhibit
from havre.intake.floods.rules.danger import may_be_danger
from havre.intake.later.talk import said_between
from havre.intake.models import (
    Closure,
    Message,
    Receipt,
    Report,
    Stage,
)
from havre.intake.reads import (
    OpenedReport,
    Received,
    answer_told,
    delivered_before,
    exhibits_of,
    report_by_reference,
    stages_of,
)
from havre.intake.releases.reads import shown_of
from havre.intake.rules.receipts import reference_of
from havre.intake.rules.retention import retention_class
from havre.intake.rules.senders import PublicSender, ReceiptHolder
from havre.intake.rules.stages import StageWord
from havre.intake.rules.submission import Channel, Incident, Submission, as_tree
from havre.intake.sealed import Spot, seal_text, sealed_body, told_in
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.pipes import run_statement, statement_with
from havre.plumbing.queue import defer
from havre.plumbing.scopes import AGENCIES
from havre.plumbing.sealing import KEY_VERSION, new_data_key

ROUTE_TASK = "route"
# Behind both parts of the route of every other report.
SET_ASIDE_PRIORITY = -20
FILE_REPORT = Path(__file__).parent / "sql" / "file_report.sql"
REFERENCE_BYTES = 5
# The job in which what was told later is read anew, and brought before whoever decides on it.
WORDS = "words-came"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A submission at the desk, with the bytes it came as and what is needed to file it."""

    submission: Submission
    source: bytes
    zone: str
    # The submission as plain values, where it was just read from them.
    tree: dict[str, Any] | None = None
    # The look-up id and key of the receipt, where the sender gets one.
    receipt: ReceiptHolder | None = None
    provider: Provider | None = None
    compartment: Compartment = Compartment.GENERAL
    quarantined: bool = False
    # The word of the link that led here.
    via: str = ""
    # A provider's filing brings its id, its key, which until now was wrapped for the provider
    # alone, and the exhibits that are sealed already.
    record: UUID | None = None
    key: bytes | None = None
    source_exhibit: Exhibit | None = None
    exhibits: tuple[Exhibit, ...] = ()


def receive_report(delivery: Delivery, *, by: Actor) -> Received:
    """File a report: everything in one transaction, or nothing.

    The same form token again gives the first report's reference and files nothing. The reference
    may be shown only after this has returned.
    """
    try:
        return _file_report(delivery, by=by)
    except IntegrityError:
        earlier = delivered_before(by)
        if earlier is None:
            raise
        return earlier


@action(Event.REPORT_RECEIVED, at_once=True)
def _file_report(delivery: Delivery, *, by: Actor) -> Received:
    said, report = delivery.submission, delivery.record or ids.uuid7()
    reference = reference_of(ids.random_bytes(REFERENCE_BYTES))
    key, contact_key = delivery.key or new_data_key(), new_data_key()
    source = delivery.source_exhibit or sealed_exhibit(
        [delivery.source], record=report, key=contact_key
    )
    tree = delivery.tree or as_tree(said)
    body, contact = sealed_body(report, tree, key=key, contact_key=contact_key)
    token = by.token if isinstance(by, PublicSender) else ""
    row: dict[str, object] = {"id": report, "reference": reference, "token": token}
    row |= {"body": body, "contact": contact} | _told_row(delivery)
    row |= _source_row(source, delivery) | _key_rows(report, delivery, key, contact_key)
    given = {"source": not delivery.source_exhibit, "token": token, "receipt": delivery.receipt}
    run_statement(statement_with(FILE_REPORT, frozenset(filter(given.get, given))), row)
    record(
        Event.REPORT_RECEIVED,
        about_kind="report",
        about=report,
        by=by,
        reference=reference,
        channel=said.channel,
        incidents=len(said.incidents),
        files=len(said.files),
        source_sha256=source.sha256,
    )
    waits = delivery.quarantined and not may_be_danger(said)
    priority = SET_ASIDE_PRIORITY if waits else 0
    defer(ROUTE_TASK, queue=ROUTE_TASK, priority=priority, report=str(report))
    return Received(reference, is_first=True)


def _told_row(delivery: Delivery) -> dict[str, object]:
    """What stands of a submission in the report's row, and its incidents."""
    said = delivery.submission
    dangers = [incident.danger_now for incident in said.incidents]
    return {
        "channel": str(said.channel),
        "provider": delivery.provider.pk if delivery.provider else None,
        "language": said.language,
        "at": clock.now(),
        "zone": delivery.zone,
        "body_version": said.version,
        "incident_count": len(said.incidents),
        "person_count": len(said.people),
        "file_count": len(said.files),
        "danger_now": any(dangers),
        "subject_age_class": str(said.subject_age_class()),
        "compartment": str(delivery.compartment),
        "retention_class": str(retention_class(said)),
        "legal_basis": str(said.legal_basis),
        "quarantined": delivery.quarantined,
        "via": delivery.via,
        "incident_ids": [ids.uuid7() for _ in said.incidents],
        "happenings": [str(incident.happening) for incident in said.incidents],
        "dangers": dangers,
        "stage_id": ids.uuid7(),
    }


def _source_row(source: Exhibit, delivery: Delivery) -> dict[str, object]:
    attached = [source.pk, *(exhibit.pk for exhibit in delivery.exhibits)]
    fresh = [ids.uuid7() for _ in attached]
    row = {"source": source.pk, "attachment_ids": fresh, "exhibits": attached}
    if delivery.source_exhibit:
        return row
    return row | {
        "source_size": source.size,
        "source_md5": source.md5,
        "source_sha1": source.sha1,
        "source_sha256": source.sha256,
        "source_sealed": source.sealed,
        "source_location": source.location,
    }


def _key_rows(
    report: UUID, delivery: Delivery, key: bytes, contact_key: bytes
) -> dict[str, object]:
    wraps = [
        wrap_of(report, contact_key, recipient=CONTACT),
        wrap_of(report, key, recipient=INTAKE),
    ]
    if delivery.receipt:
        wraps.append(receipt_wrap_of(report, key, receipt_key=delivery.receipt.key))
    return {
        "key_version": KEY_VERSION,
        "key_ids": [ids.uuid7() for _ in wraps],
        "recipients": [wrap.recipient for wrap in wraps],
        "kek_ids": [wrap.kek_id for wrap in wraps],
        "wraps": [wrap.wrapped for wrap in wraps],
        "lookup": delivery.receipt.lookup if delivery.receipt else "",
    }


def _add(row: models.Model) -> None:
    row.save(force_insert=True)


@action(Event.REPORT_OPENED)
def open_report(reference: str, *, incident: int | None = None, by: Actor) -> OpenedReport:
    """Open a report to read it. Looking is an act and leaves a line.

    `incident` is one of a split report: then only what belongs to it is opened. One whose body is
    damaged opens as far as it can. Raises KeyRefusedError when its key is gone,
    and Report.DoesNotExist, alike for what is missing and what `by` may not see.
    """
    report = report_by_reference(reference, actor=by)
    key = key_of(report.pk, by=by)
    submission, is_whole = _told_as_far_as_it_opens(report, incident, by)
    opened = OpenedReport(
        report=report,
        submission=submission,
        is_whole=is_whole,
        # What a reporter and the tipline write to each other is for no agency.
        messages=() if by.context.scope in AGENCIES else said_between(report, key=key),
        stages=tuple(stages_of(report.pk)),
        exhibits=exhibits_of(report, incident=incident),
    )
    record(Event.REPORT_OPENED, about_kind="report", about=report.pk, by=by)
    return opened


@action(Event.REPORT_READ_BY_REPORTER)
def open_by_receipt(*, by: ReceiptHolder) -> tuple[OpenedReport, ReceiptHolder]:
    """Open the report that a receipt leads to, for whoever told it.

    Raises Receipt.DoesNotExist for words that lead nowhere. Gives the report and the holder who
    may act on it.
    """
    holder = by.of(str(Receipt.objects.open_now().get(lookup=by.lookup).report_id))
    with acting_as(holder.context):
        report = Report.objects.visible_to(holder).get()
        key = key_of(report.pk, by=holder, receipt_key=holder.key)
        opened = OpenedReport(
            report=report,
            submission=told_in(report, by=holder, receipt_key=holder.key),
            messages=said_between(report, key=key),
            stages=tuple(stages_of(report.pk)),
            released=shown_of(report.pk),
            answer=answer_told(report),
        )
        record(Event.REPORT_READ_BY_REPORTER, about_kind="report", about=report.pk, by=holder)
    return opened, holder


@action(Event.MESSAGE_SENT)
def send_message(
    report: Report, text: str, *, receipt_key: bytes | None = None, by: Actor
) -> Message:
    """Add a word between the reporter and the tipline, sealed under the report's key."""
    key = key_of(report.pk, by=by, receipt_key=receipt_key)
    message = Message(
        report=report,
        from_reporter=isinstance(by, ReceiptHolder),
        by=by if isinstance(by, Officer) else None,
    )
    message.body = seal_text(report, text, key=key, spot=Spot("message", "body", message.pk))
    _add(message)
    if message.from_reporter and Closure.objects.filter(report=report).exists():
        # Somebody has more to say about what was closed: it waits for a person again.
        defer(ROUTE_TASK, queue=ROUTE_TASK, report=str(report.pk), because="returned")
    if message.from_reporter:
        defer(WORDS, queue=ROUTE_TASK, report=str(report.pk))
    record(
        Event.MESSAGE_SENT,
        about_kind="report",
        about=report.pk,
        by=by,
        message=str(message.pk),
        from_reporter=message.from_reporter,
    )
    return message


@action(Event.STAGE_NOTED)
def note_stage(report: Report, stage: StageWord, *, by: Actor) -> None:
    """Note how far a report has come, as its reporter may know it. Safe to repeat."""
    if not Stage.objects.filter(report=report, stage=stage).exists():
        _add(Stage(report=report, stage=stage))
    record(Event.STAGE_NOTED, about_kind="report", about=report.pk, by=by, stage=stage)


@action(Event.STAGE_TAKEN_BACK)
def take_back_stage(report: Report, stage: StageWord, *, by: Actor) -> None:
    """A stage turned out not to be reached: its reporter reads of it no more. Safe to repeat."""
    Stage.objects.filter(report=report, stage=stage).delete()
    record(Event.STAGE_TAKEN_BACK, about_kind="report", about=report.pk, by=by, stage=stage)


def _told_as_far_as_it_opens(
    report: Report, incident: int | None, by: Actor
) -> tuple[Submission, bool]:
    try:
        return told_in(report, incident=incident, by=by), True
    except KeyRefusedError:
        nothing = Incident(danger_now=report.danger_now)
        channel = Channel(report.channel)
        return Submission(channel=channel, language=report.language, incidents=(nothing,)), False
