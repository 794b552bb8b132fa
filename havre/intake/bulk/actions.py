"""A file of reports is taken in whole; its rows are filed one by one, each once, or told why."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from havre.agencies.models import Officer, Provider
from havre.agencies.reads import provider_of
from havre.agencies.rules.permits import Compartment
from havre.audit.actions import action, record
from havre.audit.rules import Detail, Event, Station
from havre.evidence.actions import destroy_keys
from havre.evidence.custody import key_of, provider_recipient, wrapped_key
from havre.evidence.vault import sealed_exhibit
from havre.intake.bulk.handing import hand_out
from havre.intake.bulk.models import Row, Upload
from havre.intake.bulk.reads import (
    Progress,
    ProgressPage,
    held_uploads,
    place_of_faults,
    progress_of,
    progress_page,
    rows_told,
    same_upload,
    upload_to_change,
    upload_to_forget,
    waiting_uploads,
)
from havre.intake.bulk.rules import (
    MOST_HELD,
    MOST_WAITING,
    BulkState,
    ClosedAccountError,
    GoesOnError,
    Outcome,
    RowTold,
    SentRow,
    StoppedError,
    Told,
    TooManyHeldError,
    TooManyWaitingError,
)
from havre.intake.bulk.wires.sheets import read_sheet
from havre.intake.providers.filings import finish_filing, open_filing
from havre.intake.providers.wires.ispws import ReportDocument
from havre.plumbing import clock
from havre.plumbing.pipes import one_after_the_other
from havre.plumbing.sealing import new_data_key, seal_json

# Under whose authority the keys of a file go: of its bytes, and later of what came of its rows.
DONE, FORGOTTEN = "bulk:done", "bulk:forgotten"


@action(Event.BULK_TAKEN)
def take_upload(
    source: bytes, *, is_trial: bool = False, by: Provider | Officer
) -> tuple[Progress, bool]:
    """Take in a file of reports; gives how far it is, and whether it was here before.

    The same bytes again are the same file, unless every row of it was done and none filed. Where
    it was stopped before its first report, it goes on: who sends it again means to have it filed.
    Of a trial every row is looked at, and none is filed. Raises BulkRefusedError.
    """
    _must_be_open(by)
    sheet = read_sheet(source)
    sha256 = hashlib.sha256(source).hexdigest()
    _one_after_the_other(by)
    earlier = same_upload(sha256, is_trial=is_trial, actor=by)
    if earlier and earlier.is_stopped and not earlier.accepted:
        earlier = replace(go_on(earlier.upload.pk, by=by), is_resumed=True)
    if earlier is None:
        _must_have_room(by)
        if held_uploads(actor=by) >= MOST_HELD:
            raise TooManyHeldError
        upload = Upload(
            provider_id=UUID(by.context.provider),
            written_as=sheet.written_as,
            rows=len(sheet.rows),
            is_trial=is_trial,
        )
        _seal(upload, source, by=by)
        hand_out(upload.pk)
    upload = earlier.upload if earlier else upload
    told: dict[str, Detail] = {"rows": upload.rows, "is_trial": is_trial}
    _note(Event.BULK_TAKEN, upload, by=by, is_repeat=earlier is not None, **told)
    return earlier or Progress(upload=upload, accepted=0, refused=0), earlier is not None


@action(Event.BULK_ROW_FILED)
def file_row(upload: Upload, row: SentRow, document: ReportDocument, *, by: Provider) -> int:
    """File the report of one row, whole; gives its number.

    A row that was done by somebody else meanwhile breaks the rule that a row is done once, and
    nothing of this is kept. Raises WireRefusal; StoppedError where its provider has stopped it.
    """
    _must_go_on(upload, by=by)
    filing = open_filing(document, source=row.source, by=by)
    finish_filing(filing.number, by=by)
    done = Row(upload=upload, provider=by, place=row.place, number=filing.number)
    done.save(force_insert=True)
    _note(Event.BULK_ROW_FILED, upload, by=by, row=row.place, number=filing.number)
    return filing.number


@action(Event.BULK_ROW_TRIED)
def try_row(upload: Upload, row: int, *, by: Provider) -> None:
    """Keep that a row of a trial would be filed; nothing of it is. Raises StoppedError."""
    _must_go_on(upload, by=by)
    Row(upload=upload, provider=by, place=row, is_fine=True).save(force_insert=True)
    _note(Event.BULK_ROW_TRIED, upload, by=by, row=row)


@action(Event.BULK_ROW_REFUSED)
def refuse_row(upload: Upload, row: int, faults: Sequence[Told], *, by: Provider) -> None:
    """Keep why no report was made of a row, sealed: a fault may quote what was typed.

    Raises StoppedError.
    """
    _must_go_on(upload, by=by)
    key = key_of(upload.results, by=by)
    at = place_of_faults(upload, row)
    sealed = seal_json(key, [list(told) for told in faults], at=at)
    Row(upload=upload, provider=by, place=row, faults=sealed).save(force_insert=True)
    _note(Event.BULK_ROW_REFUSED, upload, by=by, row=row, faults=len(faults))


@action(Event.BULK_DONE)
def end_upload(upload: Upload, *, by: Provider) -> None:
    """Every row is done: nobody can read the file itself again."""
    upload = upload_to_change(upload.pk, actor=by)
    wraps = destroy_keys(upload.pk, authority=DONE, by=by)
    # A stop after the last row came too late to stop anything.
    upload.state, upload.done_at, upload.stopped_at = BulkState.DONE, clock.now(), None
    upload.save(update_fields=["state", "done_at", "stopped_at"])
    _note(Event.BULK_DONE, upload, by=by, wraps=wraps)


@action(Event.BULK_STOPPED)
def stop_upload(upload_id: UUID, *, by: Provider | Officer) -> Progress:
    """File no further row of a file; what is filed stays filed, and the file lies sealed.

    A row that is being filed in this moment is waited for. Raises Upload.DoesNotExist.
    """
    upload = upload_to_change(upload_id, actor=by)
    if upload.state == BulkState.WAITING:
        upload.state, upload.stopped_at = BulkState.STOPPED, clock.now()
        upload.save(update_fields=["state", "stopped_at"])
    found = progress_of(upload_id, actor=by)
    _note(Event.BULK_STOPPED, upload, by=by, left=found.left, state=upload.state)
    return found


@action(Event.BULK_GONE_ON)
def go_on(upload_id: UUID, *, by: Provider | Officer) -> Progress:
    """Go on with a file that was stopped, where it stopped.

    Raises Upload.DoesNotExist; TooManyWaitingError where as many wait as may; ClosedAccountError.
    """
    _must_be_open(by)
    _one_after_the_other(by)
    upload = upload_to_change(upload_id, actor=by)
    if upload.state == BulkState.STOPPED:
        _must_have_room(by)
        upload.state, upload.stopped_at = BulkState.WAITING, None
        upload.save(update_fields=["state", "stopped_at"])
        hand_out(upload.pk)
    found = progress_of(upload_id, actor=by)
    _note(Event.BULK_GONE_ON, upload, by=by, left=found.left, state=upload.state)
    return found


@action(Event.BULK_FORGOTTEN)
def forget_results(upload_id: UUID, *, by: Station) -> None:
    """Forget what came of a file's rows, and the file where it stopped. The reports stay.

    Raises GoesOnError where its provider goes on with it meanwhile.
    """
    try:
        upload = upload_to_forget(upload_id, actor=by)
    except Upload.DoesNotExist:
        raise GoesOnError from None
    destroy_keys(upload.results, authority=FORGOTTEN, by=by)
    if upload.state == BulkState.STOPPED:
        destroy_keys(upload.pk, authority=FORGOTTEN, by=by)
    _note(Event.BULK_FORGOTTEN, upload, by=by)
    Row.objects.visible_to(by).filter(upload=upload).delete()
    upload.delete()


@action(Event.BULK_READ)
def read_uploads(*, after: str = "", by: Officer) -> ProgressPage:
    """Look at the own provider's files of reports."""
    page = progress_page(after=after, actor=by)
    about = by.context.provider
    record(Event.BULK_READ, about_kind="provider", about=about, by=by, rows=len(page.rows))
    return page


@action(Event.BULK_READ)
def read_progress(
    upload_id: UUID,
    *,
    outcome: Outcome | None = None,
    most: int | None = 0,
    after: int = 0,
    by: Provider | Officer,
) -> tuple[Progress, list[RowTold]]:
    """Look at one file of the own provider, and at what came of its rows; `most` None is all.

    Raises Upload.DoesNotExist.
    """
    found = progress_of(upload_id, actor=by)
    told = (
        rows_told(found.upload, after=after, outcome=outcome, limit=most, actor=by)
        if most != 0
        else []
    )
    _note(Event.BULK_READ, found.upload, by=by, rows=len(told))
    return found, told


def _one_after_the_other(by: Provider | Officer) -> None:
    """Wait for whoever takes in or goes on with a file of this provider: they are counted."""
    one_after_the_other(f"bulk/{by.context.provider}")


def _must_be_open(by: Provider | Officer) -> None:
    """Raises ClosedAccountError where the account is closed: its console stays open to read."""
    provider = by if isinstance(by, Provider) else provider_of(by)
    if not provider.is_active:
        raise ClosedAccountError


def _must_have_room(by: Provider | Officer) -> None:
    """Raises TooManyWaitingError where as many files wait as may."""
    if waiting_uploads(actor=by) >= MOST_WAITING:
        raise TooManyWaitingError


def _must_go_on(upload: Upload, *, by: Provider) -> None:
    """Hold a file as it is until this row is done. Raises StoppedError where it was stopped."""
    if upload_to_change(upload.pk, actor=by).state == BulkState.STOPPED:
        raise StoppedError


def _seal(upload: Upload, source: bytes, *, by: Provider | Officer) -> None:
    """Seal a file under a key of its own, and have another one ready for what comes of it."""
    recipient = provider_recipient(by.context.provider)
    keys = {upload.pk: new_data_key(), upload.results: new_data_key()}
    for about, key in keys.items():
        wrap = wrapped_key(about, key, recipient=recipient, compartment=Compartment.GENERAL)
        wrap.save(force_insert=True)
    exhibit = sealed_exhibit([source], record=upload.pk, key=keys[upload.pk])
    exhibit.save(force_insert=True)
    upload.exhibit, upload.sha256 = exhibit, exhibit.sha256
    upload.save(force_insert=True)


def _note(
    event: Event, upload: Upload, *, by: Provider | Officer | Station, **details: Detail
) -> None:
    record(event, about_kind="bulk", about=upload.pk, by=by, **details)
