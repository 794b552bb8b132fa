"""Who acts, told to the database, so that row-level security can be the second wall.

Only SET LOCAL, only inside a transaction: a pooled connection keeps nothing of the last person.
An unset context sees nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from select import select

from django.db import connection, transaction

from havre.plumbing.baskets import Basket
from havre.plumbing.pipes import packing, sent_together
from havre.plumbing.scopes import Context

KEYS = ("actor", "scope", "agency", "provider", "report", "token", "compartments")
SET_ALL = "SELECT " + ", ".join(f"set_config('havre.{key}', %({key})s, true)" for key in KEYS)
# Plain INSERTs gain nothing from a plan of their own each time, and planning costs as much as
# running them.
SET_ALL_TO_WRITE = SET_ALL + ", set_config('plan_cache_mode', 'force_generic_plan', true)"

_basket = Basket()
_present: ContextVar[Context | None] = ContextVar("context", default=None)


def present_context() -> Context | None:
    """The context in force, or None outside any."""
    return _present.get()


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
    with transaction.atomic():
        _tell(context)
        token = _present.set(context)
        try:
            yield
        finally:
            _present.reset(token)
        if nested:
            _tell(outer)


@contextmanager
def acting_at_once(context: Context) -> Iterator[None]:
    """Run a block as somebody, in one transaction and one trip to the database.

    For blocks that only write, by `run_statement`, rows whose ids are known: the statements are
    sent together at the end of the block, where errors come, and other threads' blocks may go with
    them. Whoever asks for an answer inside, or for a transaction of his own, is refused.
    """
    drop_a_dead_connection()
    if connection.in_atomic_block:
        with acting_as(context), sent_together():
            yield
        return
    connection.ensure_connection()
    token = _present.set(context)
    try:
        with packing() as orders:
            yield
    finally:
        _present.reset(token)
    with connection.wrap_database_errors:
        told = (SET_ALL_TO_WRITE, _facts(context))
        _basket.carry(connection.connection, [told, *orders])


def _facts(context: Context | None) -> dict[str, str]:
    return {key: getattr(context, key) if context else "" for key in KEYS}


def _tell(context: Context | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET_ALL, _facts(context))


def drop_a_dead_connection() -> None:
    """Notice that the server hung up, before anything is asked of it: no round trip.

    An idle connection has nothing to read. When it has, that is the server's farewell.
    """
    if connection.in_atomic_block or connection.connection is None:
        return
    socket = -1 if connection.connection.closed else connection.connection.pgconn.socket
    if socket < 0 or select([socket], [], [], 0)[0]:
        connection.close()
