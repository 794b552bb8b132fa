"""What a provider does on the wire: open a filing, add files to it, finish it or take it back."""

from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from havre.agencies.models import Provider
from havre.agencies.rules.providers import Environment
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.evidence.actions import destroy_keys
from havre.evidence.models import Exhibit
from havre.evidence.vault import sealed_exhibit
from havre.intake.actions import Delivery, receive_report
from havre.intake.law.clocks import start_clock
from havre.intake.models import Filing, FilingFile
from havre.intake.providers.at_hand import Rows
from havre.intake.providers.reads import (
    facts_of,
    file_in,
    finished,
    is_of_a_batch,
    not_closed,
    open_filing_of,
    whole_tree,
)
from havre.intake.providers.rules.expiry import SAME_WITHIN, ends_at
from havre.intake.providers.rules.quality import quality_of
from havre.intake.providers.statements import (
    Found,
    close_as_finished,
    filing_to_supplement,
    is_mirrored,
    key_must_open,
    locked_filing,
    part_from_repeats,
    same_filing,
    sign_of,
    write_description,
    write_file,
    write_filing,
)
from havre.intake.providers.wires.ispws import (
    FileDetails,
    InvalidReport,
    ReportDocument,
    is_batched,
)
from havre.intake.providers.wires.ispws_answer import FILE_ID_BYTES, Code, new_file_id
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.rules.stages import FilingState
from havre.intake.rules.submission import FileFacts, Submission, as_tree, facts_tree, from_tree
from havre.plumbing import clock, ids
from havre.plumbing.sealing import new_data_key, place, seal_json

# Under whose authority the key of a filing that was taken back is destroyed.
EXPIRY, RETRACTION, TEST_ACCOUNT = "ispws:expiry", "ispws:retract", "ispws:test-account"
# Under which name a supplement carries the reference of the report that it adds to.
SUPPLEMENTS = "supplement/reportId"


@action(Event.FILING_OPENED, at_once=True)
def open_at_once(
    document: ReportDocument, source: bytes, number: int, supplements: int | None, *, by: Provider
) -> tuple[Filing, Rows | None]:
    """Open a filing as of bytes that came for the first time.

    Gives it with its rows. Raises IntegrityError where the bytes opened one that is still open.
    """
    first = finished(filing_to_supplement(supplements, by=by)) if supplements else None
    filing, exhibit, key = _new_filing(document, number, source, by)
    filing.supplements, filing.sent_as = first, sign_of(source, first, by=by)
    rows = write_filing(filing, exhibit, key, by=by)
    _record_opening(filing, source, is_repeat=False, by=by)
    return filing, rows


@action(Event.FILING_OPENED, at_once=True)
def open_or_repeat(
    document: ReportDocument, source: bytes, number: int, supplements: int | None, *, by: Provider
) -> tuple[Filing, Rows | None]:
    """Open a filing as of bytes that opened one before: that one, or after a while a new one.

    Rows are given for a new one only.
    """
    first = finished(filing_to_supplement(supplements, by=by)) if supplements else None
    earlier = same_filing(sign_of(source, first, by=by), by=by)
    if earlier and earlier.opened_at > clock.now() - SAME_WITHIN:
        key_must_open(by=by)
        _record_opening(earlier, source, is_repeat=True, by=by)
        return earlier, None
    if earlier:
        part_from_repeats(earlier)
    return open_at_once(document, source, number, supplements, by=by)


@action(Event.EXHIBIT_SEALED, at_once=True)
def keep_file_in(
    number: int, exhibit: Exhibit, facts: FileFacts, known: Found | None, *, by: Provider
) -> tuple[FilingFile, Rows]:
    """Add a file to a filing, as it is known or else as it is; gives the filing's rows too."""
    found = known or locked_filing(number, by=by)
    filing = not_closed(found.filing)
    file = FilingFile(
        exhibit=exhibit,
        filing=filing,
        file_id=new_file_id(ids.random_bytes(FILE_ID_BYTES)),
        details=_sealed_facts(facts, exhibit, found.key),
    )
    rows = write_file(file, found, by=by)
    record(
        Event.EXHIBIT_SEALED,
        about_kind="exhibit",
        about=exhibit.pk,
        by=by,
        filing=str(filing.pk),
        sha256=exhibit.sha256,
        bytes=exhibit.size,
    )
    return file, rows


@action(Event.FILE_DESCRIBED, at_once=True)
def describe_file_in(
    details: FileDetails, source: bytes, known: Found | None, *, by: Provider
) -> tuple[Filing, Rows]:
    """Add what is said of a file, likewise."""
    found = known or locked_filing(details.report_number, by=by)
    filing = not_closed(found.filing)
    file = file_in(found.files, details.file_id)
    if file.details_source_id is not None:
        raise WireRefusal(
            Code.VALIDATION_FAILED, "fileDetails/fileId: this file has its details already"
        )
    if details.faults_in_a_batch and is_of_a_batch(filing, found.key):
        raise InvalidReport(details.faults_in_a_batch)
    exhibit = sealed_exhibit([source], record=filing.pk, key=found.key)
    uploaded = facts_of(file, found.key)
    facts = replace(
        details.facts,
        name=details.facts.name or str(uploaded["name"]),
        media_type=str(uploaded["media_type"]),
    )
    file.details = _sealed_facts(facts, file.exhibit, found.key)
    rows = write_description(file, exhibit, details.warnings, found, by=by)
    record(
        Event.FILE_DESCRIBED,
        about_kind="exhibit",
        about=file.pk,
        by=by,
        filing=str(filing.pk),
        source_sha256=exhibit.sha256,
    )
    return filing, rows


@action(Event.FILING_FINISHED, at_once=True)
def finish_known(number: int, known: Found | None, *, by: Provider) -> tuple[Filing, list[str]]:
    """Make the report of a filing, and close it, likewise; gives it with the ids of its files."""
    found = known or locked_filing(number, by=by)
    filing = not_closed(found.filing)
    tree = whole_tree(filing, found.files, found.key)
    submission = from_tree(tree)
    if is_batched(submission) and len(found.files) > 1:
        raise WireRefusal(
            Code.VALIDATION_FAILED,
            "a batched report holds one file at most,"
            f" not {len(found.files)}; retract and submit again",
        )
    if found.files or filing.quality is None:  # without any it was rated when it was opened
        _rate(filing, submission)
    is_test = by.environment == Environment.TEST
    if is_test and not is_mirrored(by):
        destroy_keys(filing.pk, authority=TEST_ACCOUNT, by=by)
    # First of all: whoever comes second is stopped before he writes anything.
    close_as_finished(filing, by=by)
    if not is_test:
        _receive(filing, found, submission, tree, by)
    record(Event.FILING_FINISHED, about_kind="filing", about=filing.pk, by=by, is_test=is_test)
    return filing, [file.file_id for file in found.files]


def _record_opening(filing: Filing, source: bytes, *, is_repeat: bool, by: Provider) -> None:
    record(
        Event.FILING_OPENED,
        about_kind="filing",
        about=filing.pk,
        by=by,
        number=filing.number,
        source_sha256=sha256(source).hexdigest(),
        is_repeat=is_repeat,
    )


@action(Event.FILING_RETRACTED)
def retract_filing(number: int, *, by: Provider) -> None:
    """End a filing before it is a report: its key is destroyed, nobody can read it again.

    Raises WireRefusal.
    """
    filing = open_filing_of(number, actor=by, to_change=True)
    destroy_keys(filing.pk, authority=RETRACTION, by=by)
    _close(filing, FilingState.RETRACTED)
    record(Event.FILING_RETRACTED, about_kind="filing", about=filing.pk, by=by)


@action(Event.FILING_EXPIRED)
def expire_filing(filing: UUID, *, by: Station) -> bool:
    """End a filing that nobody finished: its key is destroyed.

    False when it is closed by now, or was changed a moment ago.
    """
    row = Filing.objects.visible_to(by).select_for_update().get(pk=filing)
    is_over = (
        row.state == FilingState.OPEN and ends_at(row.opened_at, row.changed_at) <= clock.now()
    )
    if is_over:
        destroy_keys(row.pk, authority=EXPIRY, by=by)
        _close(row, FilingState.EXPIRED)
    record(Event.FILING_EXPIRED, about_kind="filing", about=row.pk, by=by, is_over=is_over)
    return is_over


def _receive(
    filing: Filing, found: Found, submission: Submission, tree: dict[str, Any], by: Provider
) -> None:
    told = [file.details_source for file in found.files if file.details_source is not None]
    if filing.supplements_id:
        first = (SUPPLEMENTS, found.supplements)
        submission = replace(submission, extra=(first, *submission.extra))
        tree = {**tree, "extra": [first, *tree["extra"]]}
    receive_report(
        Delivery(
            submission=submission,
            tree=tree,
            source=b"",  # lies sealed in the filing's exhibit
            zone=clock.LEGAL_ZONE.key,
            provider=by,
            record=filing.pk,
            key=found.key,
            source_exhibit=filing.source,
            exhibits=(*(file.exhibit for file in found.files), *told),
        ),
        by=by,
    )
    start_clock(filing.pk, number=filing.number, provider=by)


def _new_filing(
    document: ReportDocument, number: int, source: bytes, by: Provider
) -> tuple[Filing, Exhibit, bytes]:
    key = new_data_key()
    warnings = list(document.warnings)
    filing = Filing(id=ids.uuid7(), number=number, provider_id=by.pk, warnings=warnings)
    _rate(filing, document.submission)
    exhibit = sealed_exhibit([source], record=filing.pk, key=key)
    at = place("filing", "body", filing.pk)
    filing.body = seal_json(key, as_tree(document.submission), at=at)
    return filing, exhibit, key


def _sealed_facts(facts: FileFacts, exhibit: Exhibit, key: bytes) -> bytes:
    known = replace(facts, exhibit=str(exhibit.pk), size=exhibit.size)
    return seal_json(key, facts_tree(known), at=place("filingfile", "details", exhibit.pk))


def _rate(filing: Filing, submission: Submission) -> None:
    quality = quality_of(submission, is_batched=is_batched(submission))
    filing.quality, filing.missing = quality.score, list(quality.missing)


def _close(filing: Filing, state: FilingState) -> None:
    # The report holds what was said, or nobody does.
    filing.state, filing.body, filing.changed_at = state, b"", clock.now()
    filing.save(update_fields=["state", "body", "changed_at", "quality", "missing"])
