"""The bytes of an upload: taken in piece by piece, put together, or let go."""

from collections.abc import Iterable
from itertools import chain
from uuid import UUID

from havre.agencies.models import Provider
from havre.audit.rules import Station
from havre.evidence.vault import discard, sealed_exhibit
from havre.intake.providers.statements import Found
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.resuming.actions import end_upload, forget_upload, keep_piece
from havre.intake.resuming.models import Upload
from havre.intake.resuming.reads import bytes_here
from havre.intake.resuming.rules import PIECE_BYTES, OffsetError
from havre.intake.rules.submission import FileFacts
from havre.plumbing.body import BodyRefusedError
from havre.plumbing.sealing import open_json, place


def take_in(
    upload: Upload, body: Iterable[bytes], found: Found, *, start: int, by: Provider
) -> int:
    """Take in what a body brings from a place in the file on; gives where the upload stands then.

    Each full piece is surely kept before the next is read, and what came before a body broke off
    is kept too: the body's own error is raised after that. When the last byte is here, the pieces
    are put together, hashed, and are one file of the filing. Raises OffsetError and WireRefusal.
    """
    at, held = start, bytearray()
    try:
        for part in body:
            held += part
            while len(held) >= PIECE_BYTES and at + len(held) < upload.length:
                at = _keep(upload, bytes(held[:PIECE_BYTES]), found, start=at, by=by)
                del held[:PIECE_BYTES]
    except (BodyRefusedError, OSError):
        if held and at + len(held) < upload.length:
            _keep(upload, bytes(held), found, start=at, by=by)
        raise
    if at + len(held) == upload.length:
        _make_whole(upload, bytes(held), found, start=at, by=by)
        return upload.length
    return _keep(upload, bytes(held), found, start=at, by=by) if held else at


def _keep(upload: Upload, part: bytes, found: Found, *, start: int, by: Provider) -> int:
    """Keep a piece, sealed and on the disk; gives where the upload stands after it."""
    exhibit = sealed_exhibit([part], record=found.pk, key=found.key)
    try:
        keep_piece(upload.pk, exhibit, start=start, by=by)
    except (OffsetError, WireRefusal):
        discard(exhibit)  # surely not written; after any other error that is in doubt
        raise
    return start + len(part)


def _make_whole(upload: Upload, rest: bytes, found: Found, *, start: int, by: Provider) -> None:
    """Put the pieces and the rest together: from here on they are one file of the filing."""
    said = open_json(found.key, bytes(upload.said), at=place("upload", "said", upload.pk))
    facts = FileFacts(name=str(said["name"]), media_type=str(said["media_type"]))
    here = bytes_here(upload, found.key, by=by)
    exhibit = sealed_exhibit(chain(here, [rest]), record=found.pk, key=found.key)
    try:
        pieces = end_upload(upload.pk, found, exhibit, facts, start=start, by=by)
    except (OffsetError, WireRefusal):
        discard(exhibit)
        raise
    for piece in pieces:
        discard(piece)


def drop_upload(upload_id: UUID, *, by: Provider | Station) -> None:
    """Drop an upload with its pieces; a file that it became stays. Raises Upload.DoesNotExist."""
    for piece in forget_upload(upload_id, by=by):
        discard(piece)
