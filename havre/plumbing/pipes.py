"""Statements that need no answer, sent to the database together: one round trip, not twelve."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def sent_together() -> Iterator[None]:
    """Inside the block, writes are sent without waiting; errors come at its end, or sooner.

    Only for INSERTs whose ids are known: nothing may be read inside.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
