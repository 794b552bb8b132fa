"""Who acts, told to the database, so that row-level security can be the second wall.

Only SET LOCAL, only inside a transaction: a pooled connection keeps nothing of the last person.
An unset context sees nothing.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from select import select
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from havre.plumbing.pipes import is_packing, packing
from havre.plumbing.scopes import Context
from havre.plumbing.together.gathered import gathering_apart, not_gathering
from havre.plumbing.trips import TripRefusedError, forget

KEYS = (
    *("actor", "scope", "agency", "provider", "report", "token", "compartments"),
    "elsewhere",
)
SET_ALL = "SELECT " + ", ".join(f"set_config('havre.{key}', %({key})s, true)" for key in KEYS)
# Plain INSERTs gain nothing from a plan of their own each time, and planning costs as much as
# running them.
SET_ALL_TO_WRITE = SET_ALL + ", set_config('plan_cache_mode', 'force_generic_plan', true)"

_present: ContextVar[Context | None] = ContextVar("context", default=None)
# What reads keep while a block acts as one person, so that a page asks once.
_kept: ContextVar[dict[str, Any] | None] = ContextVar("kept", default=None)


def present_context() -> Context | None:
    """The context in force, or None outside any."""
    return _present.get()


def kept() -> dict[str, Any]:
    """What reads of this block have found and need not ask again; outside any, nothing is kept."""
    found = _kept.get()
    return {} if found is None else found


@contextmanager
def acting_as(context: Context) -> Iterator[None]:
    """Run a block as somebody, in one transaction.

    Inside a block that already acts as the same one, this costs nothing. Inside another's, the
    block is a savepoint and the outer context comes back after it.
    """
    outer = _present.get()
    if connection.in_atomic_block and outer == context:
        yield
        return
    nested = connection.in_atomic_block
    drop_a_dead_connection()
    try:
        with transaction.atomic(), not_gathering() if nested else nullcontext():
            _tell(context)
            token, kept_token = _present.set(context), _kept.set({})
            try:
                yield
            finally:
                _present.reset(token)
                _kept.reset(kept_token)
            if nested:
                _tell(outer)
    except BaseException:
        if connection.connection is not None:
            forget(connection.connection)
        raise


@contextmanager
def acting_at_once(context: Context) -> Iterator[None]:
    """Run a block as somebody, in one transaction and, while it asks nothing, in one trip.

    For blocks of statements by hand, rows whose ids are known: they are sent together at the end
    of the block, where errors come, and other threads' blocks may go with them; `ask` sends what
    there is so far. Whoever comes by Django's ways, or acts as somebody else inside, is refused.
    """
    if is_packing():
        if _present.get() != context:
            msg = "somebody else's trip is being packed"
            raise TripRefusedError(msg)
        yield
        return
    drop_a_dead_connection()
    if connection.in_atomic_block:
        with acting_as(context):
            yield
        return
    token = _present.set(context)
    try:
        with packing((SET_ALL_TO_WRITE, _facts(context))):
            yield
    finally:
        _present.reset(token)


@contextmanager
def own_part() -> Iterator[None]:
    """A part that may fail alone: of a transaction that is under way, or with none around it."""
    if not connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), gathering_apart():
        yield


def own_part_as(context: Context) -> AbstractContextManager[None]:
    """The same around acting as somebody, which makes a part already where somebody else acts."""
    return own_part() if _present.get() == context else nullcontext()


def _facts(context: Context | None) -> dict[str, str]:
    return {key: getattr(context, key) if context else "" for key in KEYS}


def _tell(context: Context | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET_ALL, _facts(context))


def drop_a_dead_connection() -> None:
    """Notice that the server hung up, before anything is asked of it: no round trip.

    An idle connection has nothing to read. When it has, that is the server's farewell.
    """
    database = connections[DEFAULT_DB_ALIAS]
    wire = database.connection
    if database.in_atomic_block or wire is None:
        return
    socket = -1 if wire.closed else wire.pgconn.socket
    if socket < 0 or select([socket], [], [], 0)[0]:
        database.close()
