"""How fast one key may ask: whoever floods the door waits, and nobody else does.

The count stands in the database, so that every server process, on every machine, keeps one pace for
a key. A process takes a few requests at a time on account and lets them in by itself: the database
is asked once for so many, and never writes to disk for it, as the table is not logged.
"""

from pathlib import Path
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from havre.plumbing.apis.problems import Kind, ProblemError
from havre.plumbing.pipes import ask, statement
from havre.referrals.records.rules import Pace, seconds_to_wait

TAKE = Path(__file__).parent / "sql" / "take_on_account.sql"
# What this process took and did not let in yet, by key; for all its threads.
_taken: dict[UUID | None, int] = {}
_book = Lock()


def keep_pace(key: UUID | None) -> None:
    """Count a request of a key. Raises ProblemError when it is too fast: 429, with a wait."""
    if _is_on_account(key):
        return
    pace = Pace.of(settings.RECORDS_PER_SECOND)
    taken, left = take_on_account(key, pace)
    if taken:
        with _book:
            _taken[key] = _taken.get(key, 0) + taken - 1
        return
    wait = seconds_to_wait(left, pace)
    said = _("Nothing of this one was done. Send it again in %(seconds)s s.")
    headers = {"Retry-After": str(wait)}
    raise ProblemError(Kind.TOO_MANY, said % {"seconds": wait}, headers=headers)


def take_on_account(key: UUID | None, pace: Pace) -> tuple[int, float]:
    """Take some requests of a key from its count; gives how many, and what is left of it."""
    values = {
        "key": key,
        "rate": pace.per_second,
        "burst": pace.burst,
        "lease": pace.lease,
    }
    (found,) = ask((statement(TAKE), values))
    ((taken, left),) = found
    return int(taken), float(left)


def forget_what_was_taken() -> None:
    """Let go of what this process has on account, as if it had just begun."""
    with _book:
        _taken.clear()


def _is_on_account(key: UUID | None) -> bool:
    with _book:
        left = _taken.get(key, 0)
        if left:
            _taken[key] = left - 1
        return bool(left)
