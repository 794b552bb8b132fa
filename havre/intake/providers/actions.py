"""What a provider does on the wire: open a filing, add files to it, finish it or take it back."""

from dataclasses import replace

from django.db import connection

from havre.agencies.models import Provider
from havre.agencies.rules.permits import Compartment
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.evidence.actions import destroy_keys
from havre.evidence.custody import key_of, provider_recipient, wrapped_key
from havre.evidence.models import Exhibit, RecordKey
from havre.evidence.vault import sealed_exhibit
from havre.intake.actions import Delivery, receive_report
from havre.intake.models import Filing, FilingFile
from havre.intake.providers.reads import (
    facts_of,
    file_of,
    files_of,
    open_filing_of,
    whole_submission,
)
from havre.intake.providers.wires.ispws import FileDetails
from havre.intake.providers.wires.ispws_answer import FILE_ID_BYTES, Code, new_file_id
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.rules.receipts import wire_number
from havre.intake.rules.stages import FilingState
from havre.intake.rules.submission import FileFacts, Submission, as_tree, facts_tree
from havre.plumbing import clock, ids
from havre.plumbing.keys import keys
from havre.plumbing.sealing import new_data_key, place, seal_json

# Under whose authority the key of a filing that was taken back is destroyed.
RETRACTION = "ispws:retract"


@action(Event.FILING_OPENED)
def open_filing(submission: Submission, *, source: bytes, by: Provider) -> Filing:
    """Open a filing: what was said, sealed under a key that the provider alone holds till it ends.

    Nobody at the desk sees it before `finish_filing`.
    """
    key = new_data_key()
    filing = Filing(id=ids.uuid7(), number=_next_number(), provider=by)
    filing.source = sealed_exhibit([source], record=filing.pk, key=key)
    at = place("filing", "body", filing.pk)
    filing.body = seal_json(key, as_tree(submission), at=at)
    recipient = provider_recipient(by.pk)
    for row in (
        wrapped_key(filing.pk, key, recipient=recipient, compartment=Compartment.GENERAL),
        filing.source,
        filing,
    ):
        row.save(force_insert=True)
    record(
        Event.FILING_OPENED,
        about_kind="filing",
        about=filing.pk,
        by=by,
        number=filing.number,
        source_sha256=filing.source.sha256,
    )
    return filing


@action(Event.EXHIBIT_SEALED)
def keep_file(number: int, exhibit: Exhibit, *, facts: FileFacts, by: Provider) -> FilingFile:
    """Add a file that is sealed already to an open filing. Raises WireRefusal.

    The file may have taken an hour to arrive, so the filing's state is asked again.
    """
    filing = open_filing_of(number, actor=by, to_change=True)
    file = FilingFile(
        exhibit=exhibit,
        filing=filing,
        file_id=new_file_id(ids.random_bytes(FILE_ID_BYTES)),
        details=_sealed_facts(facts, exhibit, key_of(filing.pk, by=by)),
    )
    exhibit.save(force_insert=True)
    file.save(force_insert=True)
    _touch(filing)
    record(
        Event.EXHIBIT_SEALED,
        about_kind="exhibit",
        about=exhibit.pk,
        by=by,
        filing=str(filing.pk),
        sha256=exhibit.sha256,
        bytes=exhibit.size,
    )
    return file


@action(Event.FILE_DESCRIBED)
def describe_file(details: FileDetails, *, source: bytes, by: Provider) -> None:
    """Add what the provider says of a file, once for each file. Raises WireRefusal."""
    filing = open_filing_of(details.report_number, actor=by, to_change=True)
    file = file_of(filing, details.file_id)
    if file.details_source_id is not None:
        raise WireRefusal(
            Code.VALIDATION_FAILED, "fileDetails/fileId: this file has its details already"
        )
    key = key_of(filing.pk, by=by)
    file.details_source = sealed_exhibit([source], record=filing.pk, key=key)
    file.details_source.save(force_insert=True)
    uploaded = facts_of(file, key)
    facts = replace(
        details.facts,
        name=details.facts.name or str(uploaded["name"]),
        media_type=str(uploaded["media_type"]),
    )
    file.details = _sealed_facts(facts, file.exhibit, key)
    file.save(update_fields=["details", "details_source"])
    _touch(filing)
    record(
        Event.FILE_DESCRIBED,
        about_kind="exhibit",
        about=file.pk,
        by=by,
        filing=str(filing.pk),
        source_sha256=file.details_source.sha256,
    )


@action(Event.REPORT_RECEIVED)
def finish_filing(number: int, *, by: Provider) -> list[str]:
    """Make the report of a filing, and close it; gives the ids of its files.

    The provider's key is deleted: from here on only the desk opens what was sent. Raises
    WireRefusal.
    """
    filing = open_filing_of(number, actor=by, to_change=True)
    files, key = files_of(filing), key_of(filing.pk, by=by)
    receive_report(
        Delivery(
            submission=whole_submission(filing, files, key),
            source=b"",  # lies sealed in the filing's exhibit
            zone=clock.LEGAL_ZONE.key,
            provider=by,
            record=filing.pk,
            key=key,
            source_exhibit=filing.source,
            exhibits=tuple(file.exhibit for file in files),
        ),
        by=by,
    )
    _close(filing, FilingState.FINISHED)
    own = RecordKey.objects.filter(record=filing.pk, recipient=provider_recipient(by.pk))
    own.delete()
    return [file.file_id for file in files]


@action(Event.FILING_RETRACTED)
def retract_filing(number: int, *, by: Provider) -> None:
    """End a filing before it is a report: its key is destroyed, nobody can read it again.

    Raises WireRefusal.
    """
    filing = open_filing_of(number, actor=by, to_change=True)
    destroy_keys(filing.pk, authority=RETRACTION, by=by)
    _close(filing, FilingState.RETRACTED)
    record(Event.FILING_RETRACTED, about_kind="filing", about=filing.pk, by=by)


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('intake_filing_counter')")
        (counter,) = cursor.fetchone() or (0,)
    return wire_number(counter, keys().pepper("wire-number"))


def _sealed_facts(facts: FileFacts, exhibit: Exhibit, key: bytes) -> bytes:
    known = replace(facts, exhibit=str(exhibit.pk), size=exhibit.size)
    return seal_json(key, facts_tree(known), at=place("filingfile", "details", exhibit.pk))


def _touch(filing: Filing) -> None:
    filing.changed_at = clock.now()
    filing.save(update_fields=["changed_at"])


def _close(filing: Filing, state: FilingState) -> None:
    # The report holds what was said, or nobody does.
    filing.state, filing.body, filing.changed_at = state, b"", clock.now()
    filing.save(update_fields=["state", "body", "changed_at"])
