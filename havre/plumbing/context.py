"""Who acts, told to the database, so that row-level security can be the second wall.

Only SET LOCAL, only inside a transaction: a pooled connection keeps nothing of the last person.
An unset context sees nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from select import select

from django.db import connection, transaction

from havre.plumbing.scopes import Context

KEYS = ("actor", "scope", "agency", "provider", "report", "token", "compartments")
SET_ALL = "SELECT " + ", ".join(f"set_config('havre.{key}', %s, true)" for key in KEYS)

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


def _tell(context: Context | None) -> None:
    values = [getattr(context, key) for key in KEYS] if context else [""] * len(KEYS)
    with connection.cursor() as cursor:
        cursor.execute(SET_ALL, values)


def drop_a_dead_connection() -> None:
    """Notice that the server hung up, before anything is asked of it: no round trip.

    An idle connection has nothing to read. When it has, that is the server's farewell.
    """
    if connection.in_atomic_block or connection.connection is None:
        return
    socket = -1 if connection.connection.closed else connection.connection.pgconn.socket
    if socket < 0 or select([socket], [], [], 0)[0]:
        connection.close()
