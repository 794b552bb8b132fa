"""What several steps share in one transaction: what one has read, and what all of them write."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from havre.plumbing.together.gathered import gathering

T = TypeVar("T")

_shared: ContextVar[dict[Hashable, Any] | None] = ContextVar("shared", default=None)


@contextmanager
def in_one_go() -> Iterator[None]:
    """Let several steps of Havre's own stations, in one transaction, ask and write less.

    What one has read by `read_once` is not read again by the next, and what nobody looks at
    meanwhile is written together at the end. Never around what a person does.
    """
    if _shared.get() is not None:
        yield
        return
    token = _shared.set({})
    try:
        with gathering():
            yield
    finally:
        _shared.reset(token)


def read_once(what: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, or gave before where several steps share it (`in_one_go`)."""
    shared = _shared.get()
    if shared is None:
        return read()
    if what not in shared:
        shared[what] = read()
    found: T = shared[what]
    return found
