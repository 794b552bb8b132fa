"""Ids are made here, not by the database: an insert-only policy cannot return them."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count as counting
from random import Random
from uuid import UUID

from havre.plumbing import clock

_count = counting()
_seeded: ContextVar[Random | None] = ContextVar("seeded", default=None)


def random_bytes(count: int) -> bytes:
    """Unguessable bytes; a seeded stream inside `seeded_with`."""
    stream = _seeded.get()
    return stream.randbytes(count) if stream else secrets.token_bytes(count)


def uuid7() -> UUID:
    """A time-ordered id (RFC 9562, version 7; its method 3: a finer clock after the milliseconds).

    Never shown to outsiders. Ids of one process come in the order they were made, in the real
    clock's microseconds; a stopped clock counts instead.
    """
    stream = _seeded.get()
    nanoseconds = clock.nanoseconds()
    finer = nanoseconds % 1_000_000 * 4096 // 1_000_000
    if clock.is_stopped():
        finer = next(_count) % 4096
    tail = stream.randbytes(8) if stream else os.urandom(8)
    value = (nanoseconds // 1_000_000 & (2**48 - 1)) << 80 | 0x7 << 76 | finer << 64
    value |= 0x2 << 62 | int.from_bytes(tail, "big") & (2**62 - 1)
    return UUID(int=value)


@contextmanager
def seeded_with(seed: str) -> Iterator[None]:
    """Make ids from a seed, so that a demo world comes out the same twice. Never for real work."""
    global _count  # noqa: PLW0603 - the count begins again with the seed
    _count = counting()
    token = _seeded.set(Random(seed))  # noqa: S311 - the demo world only
    try:
        yield
    finally:
        _seeded.reset(token)
