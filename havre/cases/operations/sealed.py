"""The name and aim of an operation, under a key of its own that its partners are given."""

from uuid import UUID

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Actor, Station, UnloggedActionError
from havre.cases.operations.models import KEY_COMPARTMENT, Operation
from havre.evidence.custody import agency_recipient, key_of, wrapped_key
from havre.evidence.models import RecordKey
from havre.plumbing.context import acting_as
from havre.plumbing.sealing import open_bytes, place, seal_bytes


def operation_key(operation: Operation, *, by: Actor) -> bytes:
    """The data key of an operation. Raises KeyRefusedError when no wrap is for the actor."""
    return key_of(operation.pk, by=by)


def give_key(operation: Operation, key: bytes, *, agency: UUID) -> None:
    """Let an agency open what is sealed in an operation. Safe to repeat."""
    recipient = agency_recipient(agency)
    with acting_as(Station.PIPELINE.context):
        if not RecordKey.objects.filter(record=operation.pk, recipient=recipient).exists():
            wrap = wrapped_key(operation.pk, key, recipient=recipient, compartment=KEY_COMPARTMENT)
            wrap.save(force_insert=True)


def take_key(operation: Operation, *, agency: UUID) -> None:
    """Let an agency no longer open it."""
    with acting_as(Station.PIPELINE.context):
        RecordKey.objects.filter(record=operation.pk, recipient=agency_recipient(agency)).delete()


def seal_said(operation: Operation, words: str, *, key: bytes, column: str) -> bytes:
    """Seal words of an operation, bound to the column where they stand."""
    return seal_bytes(key, words.encode(), at=place("operation", column, str(operation.pk)))


def open_said(operation: Operation, sealed: bytes | memoryview, *, key: bytes, column: str) -> str:
    """Open what `seal_said` sealed, inside an action. Raises UnloggedActionError elsewhere."""
    if not writing_is_watched():
        raise UnloggedActionError
    at = place("operation", column, str(operation.pk))
    return open_bytes(key, bytes(sealed), at=at).decode()
