"""A file comes in pieces: begun, gone on with, whole, or dropped."""

from uuid import UUID

from havre.agencies.models import Provider
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.evidence.models import Exhibit
from havre.intake.models import Filing
from havre.intake.providers.filings import keep_file
from havre.intake.providers.reads import not_closed
from havre.intake.providers.statements import Found
from havre.intake.resuming.models import Piece, Upload
from havre.intake.resuming.reads import offset_of, pieces_of
from havre.intake.resuming.rules import OffsetError
from havre.intake.rules.submission import FileFacts
from havre.plumbing import clock, ids
from havre.plumbing.sealing import place, seal_json


@action(Event.UPLOAD_BEGUN)
def begin_upload(found: Found, *, length: int, facts: FileFacts, by: Provider) -> Upload:
    """Begin a file of an open filing that will come in pieces, `length` bytes in all."""
    upload = Upload(id=ids.uuid7(), provider=by, filing_id=found.pk, length=length)
    told = {"name": facts.name, "media_type": facts.media_type}
    upload.said = seal_json(found.key, told, at=place("upload", "said", upload.pk))
    upload.save(force_insert=True)
    record(
        Event.UPLOAD_BEGUN,
        about_kind="upload",
        about=upload.pk,
        by=by,
        filing=str(found.pk),
        bytes=length,
    )
    return upload


@action(Event.UPLOAD_GONE_ON)
def keep_piece(upload_id: UUID, exhibit: Exhibit, *, start: int, by: Provider) -> None:
    """Keep a sealed piece where the upload stands. Its filing ends later by that.

    Raises OffsetError and, where the filing is over by now, WireRefusal.
    """
    upload = _standing_at(upload_id, start, by)
    filing = Filing.objects.visible_to(by).select_for_update().get(pk=upload.filing_id)
    not_closed(filing)
    Piece.objects.create(
        id=exhibit.pk,
        provider=by,
        upload=upload,
        start=start,
        size=exhibit.size,
        sha256=exhibit.sha256,
        sealed=exhibit.sealed,
        location=exhibit.location,
    )
    filing.changed_at = clock.now()
    filing.save(update_fields=["changed_at"])
    record(
        Event.UPLOAD_GONE_ON,
        about_kind="upload",
        about=upload.pk,
        by=by,
        start=start,
        bytes=exhibit.size,
    )


@action(Event.UPLOAD_ENDED)
def end_upload(
    upload_id: UUID, found: Found, exhibit: Exhibit, facts: FileFacts, *, start: int, by: Provider
) -> list[Exhibit]:
    """Make an upload's whole file one of its filing; gives its pieces, which no row holds then.

    Raises OffsetError and WireRefusal.
    """
    upload = _standing_at(upload_id, start, by)
    file = keep_file(found, exhibit, facts=facts, by=by)
    upload.file_id, upload.sha256 = file.file_id, exhibit.sha256
    upload.md5, upload.sha1 = exhibit.md5, exhibit.sha1
    upload.save(update_fields=["file_id", "md5", "sha1", "sha256"])
    record(
        Event.UPLOAD_ENDED,
        about_kind="upload",
        about=upload.pk,
        by=by,
        file=file.file_id,
        sha256=exhibit.sha256,
    )
    return _taken_out(upload, by)


@action(Event.UPLOAD_DROPPED)
def forget_upload(upload_id: UUID, *, by: Provider | Station) -> list[Exhibit]:
    """Take an upload out of the rows; gives its pieces, which no row holds then."""
    upload = Upload.objects.visible_to(by).select_for_update().get(pk=upload_id)
    pieces, is_whole = _taken_out(upload, by), bool(upload.file_id)
    record(Event.UPLOAD_DROPPED, about_kind="upload", about=upload.pk, by=by, is_whole=is_whole)
    upload.delete()
    return pieces


def _standing_at(upload_id: UUID, start: int, by: Provider) -> Upload:
    """The upload, locked, that is not whole and stands there. Raises OffsetError."""
    upload: Upload = Upload.objects.visible_to(by).select_for_update().get(pk=upload_id)
    offset = offset_of(upload, actor=by)
    if upload.file_id or offset != start:
        raise OffsetError(offset)
    return upload


def _taken_out(upload: Upload, by: Provider | Station) -> list[Exhibit]:
    pieces = pieces_of(upload, actor=by)
    lie = [Exhibit(id=pk, location=where) for pk, where in pieces.values_list("pk", "location")]
    pieces.delete()
    return lie
