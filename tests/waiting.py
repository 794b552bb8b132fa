"""Somebody else holds a key of the database; whoever waits for it gives up."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction

HOLD = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"


@contextmanager
def waits_for(key: str) -> Iterator[None]:
    """The block waits for a key that another connection holds.

    What the test itself did before may not have held it: it would until the test ends.
    """
    other = connection.copy()
    try:
        assert other.cursor().execute(HOLD, [key]).fetchone() == (True,)
        with pytest.raises(OperationalError, match="lock timeout"), impatient():
            yield
    finally:
        other.close()


@contextmanager
def impatient() -> Iterator[None]:
    with transaction.atomic():
        connection.cursor().execute("SET LOCAL lock_timeout = 50")
        yield
