"""Statements at whose effect nobody looks before a transaction ends, sent together at its end."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

from havre.plumbing.pipes import is_packing, run_statement
from havre.plumbing.trips import Order, travel


class Gathered:
    """What waits for the end of a block: statements, and rows by the statement that adds them."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.rows: dict[str, list[Mapping[str, Any]]] = {}

    def add(self, other: "Gathered") -> None:
        """Let wait what waited in a part that ended well."""
        self.orders += other.orders
        for many, rows in other.rows.items():
            self.rows.setdefault(many, []).extend(rows)

    def all(self) -> list[Order]:
        """Every row of a statement in one, then the statements in their order."""
        together = [(sql, in_columns(rows)) for sql, rows in self.rows.items()]
        return [*together, *self.orders]


_gathered: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


def run_last(sql: str, values: Mapping[str, Any]) -> None:
    """Run a statement whose effect nobody looks at before the transaction ends.

    Inside `gathering` it waits for the end of the block.
    """
    gathered = _gathered.get()
    if gathered is None or is_packing():
        run_statement(sql, values)
    else:
        gathered.orders.append((sql, values))


def write_row(one: str, many: str, values: Mapping[str, Any]) -> None:
    """Write a row at which nobody looks before the transaction ends, by the statement `one`.

    Inside `gathering` it waits for the end of the block, and goes with the others of `many`: the
    same statement with each value as a list of them.
    """
    gathered = _gathered.get()
    if gathered is None or is_packing():
        run_statement(one, values)
    else:
        gathered.rows.setdefault(many, []).append(values)


def in_columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows with the same names, as a list of values by each name."""
    return {name: [row[name] for row in rows] for name in rows[0]}


@contextmanager
def gathering() -> Iterator[None]:
    """Send what nobody looks at meanwhile together, in one trip, at the end of the block.

    Inside a transaction only, which ends after it: what was not sent was not done.
    """
    connection.validate_no_broken_transaction()
    gathered = Gathered()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    orders = gathered.all()
    if orders:
        with connection.wrap_database_errors:
            travel(connection.connection, orders)


@contextmanager
def gathering_apart() -> Iterator[None]:
    """What the block lets wait is sent with the rest if it ends well, and never if it fails.

    For a part of a transaction that may be undone alone.
    """
    outer = _gathered.get()
    if outer is None:
        yield
        return
    part = Gathered()
    token = _gathered.set(part)
    try:
        yield
    finally:
        _gathered.reset(token)
    outer.add(part)


@contextmanager
def not_gathering() -> Iterator[None]:
    """Inside the block nothing waits for its end: somebody else acts, or it may be undone alone."""
    token = _gathered.set(None)
    try:
        yield
    finally:
        _gathered.reset(token)
