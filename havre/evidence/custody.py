"""Keys of records: made, opened, handed on. Parts of other rooms' actions, which write the line."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.rules import Actor
from havre.evidence.models import RecordKey
from havre.plumbing import ids
from havre.plumbing.keys import KeyRefusedError, keys
from havre.plumbing.scopes import Scope
from havre.plumbing.sealing import KEY_VERSION, open_bytes, place, seal_bytes
from havre.plumbing.values.written import written_once

INTAKE = "intake"
RECEIPT = "receipt"
# The reporter's name and contact: a key that is wrapped for the tipline and for nobody else.
CONTACT = "contact"
_in_hand: ContextVar[dict[tuple[UUID, str], bytes] | None] = ContextVar("in_hand", default=None)


def agency_recipient(agency: UUID | str) -> str:
    """How an agency's wraps are addressed."""
    return f"agency:{agency}"


def provider_recipient(provider: UUID | str) -> str:
    """How the wraps of a provider's open filing are addressed."""
    return f"provider:{provider}"


@dataclass(frozen=True, slots=True)
class Wrap:
    """A record's data key as one recipient has it, and which key wrapped it."""

    recipient: str
    kek_id: str
    wrapped: bytes


def wrap_of(record: UUID, key: bytes, *, recipient: str) -> Wrap:
    """A record's data key, wrapped for a recipient."""
    return Wrap(recipient, *keys().wrap(key, recipient=recipient, bound_to=str(record)))


def receipt_wrap_of(record: UUID, key: bytes, *, receipt_key: bytes) -> Wrap:
    """The same, so that only the receipt's words open it: a stolen database does not."""
    at = place("record_key", "wrapped", record)
    return Wrap(RECEIPT, RECEIPT, seal_bytes(receipt_key, key, at=at))


def wrapped_key(record: UUID, key: bytes, *, recipient: str, compartment: str) -> RecordKey:
    """A wrap of a record's data key as a row, not yet saved."""
    wrap = wrap_of(record, key, recipient=recipient)
    return RecordKey(
        id=ids.uuid7(),
        record=record,
        recipient=recipient,
        kek_id=wrap.kek_id,
        wrapped=wrap.wrapped,
        version=KEY_VERSION,
        compartment=compartment,
    )


def key_of(record: UUID, *, by: Actor, receipt_key: bytes | None = None) -> bytes:
    """The record's data key, as far as `by` holds a wrap. Raises KeyRefusedError."""
    recipient = _recipient(by)
    return _unwrapped(record, recipient, receipt_key or b"")


def keys_of(records: Iterable[UUID], *, by: Actor) -> dict[UUID, bytes]:
    """The data keys of several records, in one question; left out are those without a wrap.

    Raises KeyRefusedError when a wrap for `by` cannot be opened.
    """
    recipient = _recipient(by)
    wraps = RecordKey.objects.filter(record__in=list(records), recipient=recipient)
    return {
        wrap.record: keys().unwrap(
            wrap.kek_id, bytes(wrap.wrapped), recipient=recipient, bound_to=str(wrap.record)
        )
        for wrap in wraps
    }


def contact_key_of(record: UUID, *, by: Actor) -> bytes:
    """The key of the reporter's contact. Raises KeyRefusedError for everyone but the tipline."""
    if _recipient(by) != INTAKE:
        msg = "the reporter's contact is the tipline's alone"
        raise KeyRefusedError(msg)
    return _unwrapped(record, CONTACT, b"")


def provider_key_of(record: UUID, *, provider: UUID) -> bytes:
    """A key as it is wrapped for a provider. Raises KeyRefusedError.

    For a station of ours that sends what is the provider's own to where the provider wants it.
    """
    return _unwrapped(record, provider_recipient(provider), b"")


def agency_key_of(record: UUID, *, agency: UUID) -> bytes:
    """A key as it is wrapped for an agency. Raises KeyRefusedError.

    For a station of ours that writes in another form what is that agency's own, and shows it to
    nobody.
    """
    return _unwrapped(record, agency_recipient(agency), b"")


def has_agency_key(record: UUID, *, agency: UUID) -> bool:
    """Whether a key is wrapped for an agency; one that was destroyed is not."""
    return bool(_wraps(record, agency_recipient(agency)))


@contextmanager
def keys_in_hand() -> Iterator[None]:
    """Inside the block a key that was unwrapped once is not fetched again.

    For Havre's own stations, which open one report several times in a row. Never around what a
    person does: a key that is taken away must be gone with the next look.
    """
    token = _in_hand.set({})
    try:
        yield
    finally:
        _in_hand.reset(token)


def _unwrapped(record: UUID, recipient: str, receipt_key: bytes) -> bytes:
    in_hand = _in_hand.get()
    if in_hand is None:
        return _fetched(record, recipient, receipt_key)
    if (record, recipient) not in in_hand:
        in_hand[record, recipient] = _fetched(record, recipient, receipt_key)
    return in_hand[record, recipient]


def _fetched(record: UUID, recipient: str, receipt_key: bytes) -> bytes:
    wrap = next(iter(_wraps(record, recipient)), None)
    if wrap is None:
        msg = "no key of this record is wrapped for whoever asks"
        raise KeyRefusedError(msg)
    if recipient == RECEIPT:
        at = place("record_key", "wrapped", record)
        return open_bytes(receipt_key, bytes(wrap.wrapped), at=at)
    return keys().unwrap(
        wrap.kek_id, bytes(wrap.wrapped), recipient=recipient, bound_to=str(record)
    )


@written_once
def _wraps(record: UUID, recipient: str) -> QuerySet[RecordKey]:
    return RecordKey.objects.filter(record=record, recipient=recipient)


def _recipient(by: Actor) -> str:
    context = by.context
    match context.scope:
        case Scope.TIPLINE | Scope.WORK:
            return INTAKE
        case Scope.AGENCY | Scope.COORDINATOR | Scope.PARTNER:
            return agency_recipient(context.agency)
        case Scope.PROVIDER:
            return provider_recipient(context.provider)
        case Scope.RECEIPT:
            return RECEIPT
        case _:
            msg = f"nobody acting as {context.scope} holds keys"
            raise KeyRefusedError(msg)
