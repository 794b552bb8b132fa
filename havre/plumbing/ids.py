"""Ids are made here, not by the database: an insert-only policy cannot return them."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from uuid import UUID

from havre.plumbing import clock

_seeded: ContextVar[Random | None] = ContextVar("seeded", default=None)


def random_bytes(count: int) -> bytes:
    """Unguessable bytes; a seeded stream inside `seeded_with`."""
    stream = _seeded.get()
    return stream.randbytes(count) if stream else secrets.token_bytes(count)


def uuid7() -> UUID:
    """A time-ordered id (RFC 9562, version 7). Never shown to outsiders."""
    stream = _seeded.get()
    tail = stream.randbytes(10) if stream else os.urandom(10)
    value = (clock.milliseconds() & (2**48 - 1)) << 80 | int.from_bytes(tail, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


@contextmanager
def seeded_with(seed: str) -> Iterator[None]:
    """Make ids from a seed, so that a demo world comes out the same twice. Never for real work."""
    token = _seeded.set(Random(seed))  # noqa: S311 - the demo world only
    try:
        yield
    finally:
        _seeded.reset(token)
