"""Statements written by hand, and statements that need no answer, sent together."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from django.db import connection

from havre.plumbing.trips import Order, TripRefusedError

# What is being packed for one trip, if anything is.
_packed: ContextVar[list[Order] | None] = ContextVar("packed", default=None)


@cache
def statement(file: Path) -> str:
    """The SQL of a file."""
    return file.read_text(encoding="utf-8")


def run_statement(sql: str, values: Mapping[str, Any]) -> None:
    """Run a statement of ours, kept prepared by the server; inside `packing`, with the others."""
    orders = _packed.get()
    if orders is not None:
        orders.append((sql, values))
        return
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(sql, values, prepare=True)


@contextmanager
def packing() -> Iterator[list[Order]]:
    """Inside the block statements are not run but packed; the block's caller sends them.

    Only for INSERTs whose ids are known: whoever asks the database for anything is refused.
    """
    orders: list[Order] = []
    token = _packed.set(orders)
    try:
        with connection.execute_wrapper(_refuse):
            yield orders
    finally:
        _packed.reset(token)


@contextmanager
def sent_together() -> Iterator[None]:
    """Inside the block, writes are sent without waiting; errors come at its end, or sooner.

    Only for INSERTs whose ids are known: nothing may be read inside.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _refuse(_execute: Callable[..., Any], *_rest: object) -> NoReturn:
    msg = "nothing can be asked of the database while a trip is being packed"
    raise TripRefusedError(msg)
