"""Questions of uploads under way."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from havre.agencies.models import Provider
from havre.audit.rules import Actor, Station
from havre.evidence.models import Exhibit
from havre.evidence.vault import opened_exhibit
from havre.intake.models import Filing
from havre.intake.resuming.models import Piece, Upload
from havre.intake.rules.stages import FilingState
from havre.plumbing.context import acting_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far an upload is: `offset` of `length` bytes are here."""

    upload: Upload
    number: int
    offset: int


def standing_of(upload_id: UUID, *, by: Provider) -> Standing:
    """How far a provider's own upload is. Raises Upload.DoesNotExist."""
    with acting_as(by.context):
        upload = Upload.objects.visible_to(by).select_related("filing").get(pk=upload_id)
        return Standing(
            upload=upload, number=upload.filing.number, offset=offset_of(upload, actor=by)
        )


def offset_of(upload: Upload, *, actor: Actor) -> int:
    """How many of its bytes are here."""
    if upload.file_id:
        return upload.length
    told = pieces_of(upload, actor=actor).aggregate(here=Sum("size"))
    return int(told["here"] or 0)


def pieces_of(upload: Upload, *, actor: Actor) -> QuerySet[Piece]:
    """Its pieces that are here, in the order of the file."""
    return Piece.objects.visible_to(actor).filter(upload=upload)


def bytes_here(upload: Upload, key: bytes, *, by: Provider) -> Iterator[bytes]:
    """What is here of an upload, opened, in constant memory. Raises SealBrokenError."""
    with acting_as(by.context):
        pieces = list(pieces_of(upload, actor=by))
    for piece in pieces:
        lies = Exhibit(id=piece.pk, record=upload.filing_id, sha256=piece.sha256)
        lies.sealed, lies.location = piece.sealed, piece.location
        yield from opened_exhibit(lies, key=key)


def left_behind(*, by: Station) -> list[UUID]:
    """Uploads whose filing is over, whatever became of it."""
    with acting_as(by.context):
        over = Filing.objects.visible_to(by).exclude(state=FilingState.OPEN)
        found = Upload.objects.visible_to(by).filter(filing__in=over)
        return list(found.values_list("pk", flat=True))
