"""What the vault does on its own account."""

from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.evidence.models import RecordKey


@action(Event.KEYS_DESTROYED)
def destroy_keys(record_id: UUID, *, authority: str, by: Actor) -> int:
    """Delete every wrap of a record's data key. What it sealed can never be read again.

    `authority` is the code of the rule or order that allows it. Gives how many wraps there were.
    """
    count, _ = RecordKey.objects.filter(record=record_id).delete()
    record(
        Event.KEYS_DESTROYED,
        about_kind="record",
        about=record_id,
        by=by,
        authority=authority,
        wraps=count,
    )
    return count
