"""What the vault does on its own account."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.evidence.custody import RECEIPT
from havre.evidence.models import RecordKey
from havre.plumbing.keys import keys
from havre.plumbing.pipes import ask, statement

DESTROY_KEYS = Path(__file__).parent / "sql" / "destroy_keys.sql"


@action(Event.KEYS_DESTROYED, at_once=True)
def destroy_keys(record_id: UUID, *, authority: str, by: Actor) -> int:
    """Delete every wrap of a record's data key. What it sealed can never be read again.

    `authority` is the code of the rule or order that allows it. Gives how many wraps there were.
    """
    (((count,),),) = ask((statement(DESTROY_KEYS), {"record": record_id}))
    record(
        Event.KEYS_DESTROYED,
        about_kind="record",
        about=record_id,
        by=by,
        authority=authority,
        wraps=count,
    )
    return int(count)


@action(Event.KEYS_ROTATED)
def rewrap_keys(
    *, progress: Callable[[int, int], None] = lambda _done, _all: None, by: Actor
) -> int:
    """Wrap every data key again under the current master key. Safe to repeat.

    What a data key sealed is not touched, and a receipt's own wraps cannot be. Gives how many were
    wrapped anew.
    """
    provider = keys()
    wraps = RecordKey.objects.exclude(recipient=RECEIPT).exclude(kek_id=provider.current)
    count = wraps.count()
    for done, wrap in enumerate(wraps.order_by("id").iterator(), start=1):
        bound = {"recipient": wrap.recipient, "bound_to": str(wrap.record)}
        key = provider.unwrap(wrap.kek_id, bytes(wrap.wrapped), **bound)
        wrap.kek_id, wrap.wrapped = provider.wrap(key, **bound)
        wrap.save(update_fields=["kek_id", "wrapped"])
        progress(done, count)
    record(
        Event.KEYS_ROTATED,
        about_kind="keys",
        about=provider.current,
        by=by,
        wraps=count,
    )
    return count
