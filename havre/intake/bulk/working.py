"""The work on a file of reports: some of its rows, then others' work has its turn."""

import json
import logging
from uuid import UUID

from django.db import IntegrityError, InterfaceError, OperationalError
from django.utils.translation import override

from havre.agencies.models import Provider
from havre.audit.rules import Station
from havre.intake.bulk.actions import end_upload, file_row, refuse_row, try_row
from havre.intake.bulk.handing import hand_out
from havre.intake.bulk.models import Upload
from havre.intake.bulk.reads import places_done, sheet_of, upload_to_file
from havre.intake.bulk.rules import ROWS_AT_ONCE, SentRow, StoppedError, Told
from havre.intake.bulk.wires.columns import as_column
from havre.intake.jsondoor.door import is_lenient_to
from havre.intake.jsondoor.wires.tree import InvalidDocument, in_pointers, read_report
from havre.intake.providers.wires.ispws import InvalidReport
from havre.intake.providers.wires.refusals import WireRefusal
from havre.plumbing import clock
from havre.plumbing.apis.bodies import json_in, odd_texts
from havre.plumbing.apis.problems import ProblemError
from havre.plumbing.context import acting_as
from havre.plumbing.keys import KeyRefusedError

# What is no fault of a row: the database or the disk is away, and the job is tried again; or its
# provider stopped it.
OF_OURS = (
    *(IntegrityError, InterfaceError, KeyRefusedError, OperationalError, OSError),
    StoppedError,
)
FAILED_HERE = "failed here, and not by your fault; send this row again"

log = logging.getLogger("havre.bulk")


class RefusedRowError(Exception):
    """A row that no report can be made of."""

    def __init__(self, faults: tuple[Told, ...]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def file_some_rows(upload_id: UUID, *, most: int = ROWS_AT_ONCE) -> int:
    """File or try the next rows of a file, each in a transaction of its own; says how many.

    It ends at the row before which its provider stopped it. Safe to run again, and after a worker
    was killed: what is done stays done, and is done once.
    """
    with acting_as(Station.PIPELINE.context):
        found = upload_to_file(upload_id, actor=Station.PIPELINE)
    if found is None:
        return 0
    upload, provider = found
    with acting_as(provider.context):
        done = places_done(upload, actor=provider)
        rows = [row for row in sheet_of(upload, actor=provider).rows if row.place not in done]
    for count, row in enumerate(rows[:most]):
        try:
            _file_one(upload, row, provider)
        except StoppedError:
            return count
    if len(rows) > most:
        with acting_as(provider.context):
            hand_out(upload.pk)
    else:
        end_upload(upload, by=provider)
    return min(len(rows), most)


def _file_one(upload: Upload, row: SentRow, provider: Provider) -> None:
    try:
        document = read_report(document_of(row), now=clock.now(), lenient=is_lenient_to(provider))
        if upload.is_trial:
            try_row(upload, row.place, by=provider)
        else:
            file_row(upload, row, document, by=provider)
    except OF_OURS:
        raise
    except Exception as error:  # noqa: BLE001 - one bad row must not hold back the others
        faults = faults_of(error)
        if row.document is not None:
            faults = tuple((as_column(at), reason) for at, reason in faults)
        refuse_row(upload, row.place, faults, by=provider)


def document_of(row: SentRow) -> object:
    """The report that a row holds. Raises RefusedRowError."""
    if row.faults:
        raise RefusedRowError(row.faults)
    if row.document is not None:
        raw: object = row.document
    else:
        raw = _json_of(row.source)
    with override("en"):  # kept as they are, and said in the language of whoever reads them
        odd = tuple((one.at, str(one.reason)) for one in odd_texts(raw))
    if odd:
        raise RefusedRowError(odd)
    return raw


def _json_of(source: bytes) -> object:
    try:
        return json_in(source)
    except ProblemError:
        reason = "is no JSON that we read: a name comes twice, or it is far too deep or too long"
    try:
        json.loads(source)
    except json.JSONDecodeError as error:
        reason = f"is no JSON: look at character {error.colno}"
    except (RecursionError, ValueError):
        pass
    raise RefusedRowError((("", reason),))


def faults_of(error: Exception) -> tuple[Told, ...]:
    """Why no report was made of a row. The log names the kind of an error alone."""
    if isinstance(error, RefusedRowError | InvalidDocument):
        return error.faults
    if isinstance(error, InvalidReport):
        return in_pointers(error)
    if isinstance(error, WireRefusal):
        return (("", error.reason or error.code.name),)
    log.error("a row of a file could not be filed: %s", type(error).__name__)
    return (("", FAILED_HERE),)
