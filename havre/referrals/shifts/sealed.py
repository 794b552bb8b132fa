"""Words from shift to shift, sealed and opened. Parts of actions, which write the line."""

from uuid import UUID

from havre.audit.rules import Actor
from havre.evidence.custody import key_of
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.sealing import open_bytes, place, seal_bytes
from havre.referrals.shifts.models import HandOver


def seal_note(pk: UUID, text: str, *, key: bytes) -> bytes:
    """A word, bound to the row where it stands."""
    return seal_bytes(key, text.encode(), at=place("hand_over", "body", pk))


def opened_note(row: HandOver, *, by: Actor) -> str | None:
    """What was said; None for whoever does not hold the compartment it was left in."""
    try:
        key = key_of(row.pk, by=by)
    except KeyRefusedError:
        return None
    return open_bytes(key, bytes(row.body), at=place("hand_over", "body", row.pk)).decode()
