"""What people typed in a case, sealed and opened under the case's own key."""

from collections.abc import Sequence
from uuid import UUID

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Actor, UnloggedActionError
from havre.cases.models import KEY_COMPARTMENT, Case
from havre.evidence.custody import agency_recipient, key_of, wrapped_key
from havre.evidence.models import RecordKey
from havre.plumbing.keys import KeyRefusedError, keys
from havre.plumbing.sealing import open_bytes, place, seal_bytes


def case_key(case: Case, *, by: Actor) -> bytes:
    """The data key of a case. Raises KeyRefusedError when no wrap of it is for the actor."""
    return key_of(case.pk, by=by)


def case_keys(cases: Sequence[Case], *, by: Actor) -> dict[UUID, bytes]:
    """The data keys of several cases, in one question; a case whose key is gone is left out."""
    recipient = agency_recipient(by.context.agency)
    wraps = RecordKey.objects.filter(record__in=[case.pk for case in cases], recipient=recipient)
    opened = {}
    for wrap in wraps:
        try:
            opened[wrap.record] = keys().unwrap(
                wrap.kek_id, bytes(wrap.wrapped), recipient=recipient, bound_to=str(wrap.record)
            )
        except KeyRefusedError:
            continue
    return opened


def wrap_case_key(case: Case, key: bytes, *, agency: UUID) -> None:
    """Let an agency open what is sealed in a case. Safe to repeat."""
    recipient = agency_recipient(agency)
    if not RecordKey.objects.filter(record=case.pk, recipient=recipient).exists():
        wrap = wrapped_key(case.pk, key, recipient=recipient, compartment=KEY_COMPARTMENT)
        wrap.save(force_insert=True)


def seal_words(case: Case, words: str, *, key: bytes, column: str, row: UUID) -> bytes:
    """Seal words that belong to a case, bound to the column and row where they stand."""
    return seal_bytes(key, words.encode(), at=_at(case, column, row))


def open_words(
    case: Case, sealed: bytes | memoryview | None, *, key: bytes, column: str, row: UUID
) -> str:
    """Open what `seal_words` sealed; nothing is "". Call it from an action only.

    Raises KeyRefusedError, and UnloggedActionError outside an action.
    """
    if not writing_is_watched():
        msg = "a case is opened only by an action, which leaves a line"
        raise UnloggedActionError(msg)
    return open_bytes(key, bytes(sealed), at=_at(case, column, row)).decode() if sealed else ""


def _at(case: Case, column: str, row: UUID) -> bytes:
    return place("case", column, f"{case.pk}/{row}")
