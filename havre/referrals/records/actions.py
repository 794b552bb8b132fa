"""Keys of record systems: made, overlapped, revoked; and requests that are done once."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.plumbing import clock, ids
from havre.referrals.inbox.reads import colleague_of
from havre.referrals.records.models import Repeat, SystemKey
from havre.referrals.records.reads import (
    SystemKeysPage,
    key_digest,
    system_key,
    system_keys_of,
)
from havre.referrals.records.rules import (
    KEY_BYTES,
    LONGEST_OVERLAP,
    OVERLAP,
    REPEATS_KEPT,
    end_of,
    key_of_bytes,
)

Done = tuple[int, dict[str, object]]


@action(Event.SYSTEM_KEYS_READ)
def read_system_keys(*, by: Officer) -> SystemKeysPage:
    """Look at the keys of this officer's agency."""
    page = system_keys_of(by)
    record(
        Event.SYSTEM_KEYS_READ, about_kind="agency", about=by.agency_id, by=by, rows=len(page.rows)
    )
    return page


@action(Event.SYSTEM_KEY_ISSUED)
def issue_system_key(
    name: str, *, officer: str, overlap: timedelta = OVERLAP, shown: str = "", by: Officer
) -> tuple[SystemKey, str]:
    """Make a key for a record system; older ones of the same name end after the overlap.

    The key is given back here once and kept nowhere; the demo alone says which it is. `officer`
    answers for it. Raises
    Officer.DoesNotExist for whoever answers no referrals there, ValueError for an overlap that is
    too long.
    """
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        msg = f"an overlap is from 0 to {LONGEST_OVERLAP.days} days"
        raise ValueError(msg)
    now, shown = clock.now(), shown or key_of_bytes(ids.random_bytes(KEY_BYTES))
    older = SystemKey.objects.visible_to(by).filter(name=name)
    older.filter(Q(until=None) | Q(until__gt=now + overlap)).update(until=now + overlap)
    key = SystemKey(
        id=ids.uuid7(),
        agency_id=by.agency_id,
        name=name,
        officer=colleague_of(by, username=officer),
        digest=key_digest(shown),
        ending=end_of(shown),
        issued_at=now,
        issued_by=by,
    )
    key.save(force_insert=True)
    _note(Event.SYSTEM_KEY_ISSUED, key, by=by, answers=str(key.officer_id))
    return key, shown


@action(Event.SYSTEM_KEY_REVOKED)
def revoke_system_key(pk: UUID, *, by: Officer) -> SystemKey:
    """End a key at once. Safe to repeat. Raises SystemKey.DoesNotExist."""
    key, now = system_key(pk, actor=by), clock.now()
    if key.until is None or key.until > now:
        key.until = now
        key.save(update_fields=["until"])
    _note(Event.SYSTEM_KEY_REVOKED, key, by=by)
    return key


@action(Event.SYSTEM_REQUEST_DONE)
def do_once(key: str, request: str, work: Callable[[], Done], *, by: Officer) -> Done:
    """Do what a record system asks, and keep the answer for whoever asks the same again.

    The row is there before the work is done, so that of two at once one waits for the other.
    Raises IntegrityError for the second.
    """
    repeat = Repeat(id=ids.uuid7(), agency_id=by.agency_id, key=key, request=request)
    repeat.save(force_insert=True)
    repeat.status, repeat.answer = work()
    repeat.save(update_fields=["status", "answer"])
    record(
        Event.SYSTEM_REQUEST_DONE,
        about_kind="agency",
        about=by.agency_id,
        by=by,
        status=repeat.status,
    )
    return repeat.status, repeat.answer


@action(Event.SYSTEM_REQUESTS_FORGOTTEN)
def forget_repeats(*, by: Station) -> int:
    """Forget answers to record systems that are a week old. Says how many."""
    gone, _ = Repeat.objects.filter(made_at__lt=clock.now() - REPEATS_KEPT).delete()
    record(Event.SYSTEM_REQUESTS_FORGOTTEN, about_kind="records", about="repeats", by=by, rows=gone)
    return gone


def _note(event: Event, key: SystemKey, *, by: Officer, **details: str) -> None:
    record(event, about_kind="system-key", about=key.pk, by=by, ending=key.ending, **details)
