"""Statements written by hand: run, asked, or packed to be sent together."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections

from havre.plumbing.baskets import Basket, ended, travelled
from havre.plumbing.trips import BEGIN, Order, TripRefusedError, forget, rows, travel

Rows = list[tuple[Any, ...]]
ONE_AFTER_THE_OTHER = "SELECT pg_advisory_xact_lock(hashtextextended(%(key)s::text, 0))::text"
_PART = re.compile(r"^-- only with (\w+)\n(.*?)^-- end\n", re.DOTALL | re.MULTILINE)
_basket = Basket()


class Pack:
    """The statements of one action. They leave when it asks for an answer, or when it ends."""

    def __init__(self, wire: psycopg.Connection[Any], context: Order) -> None:
        self._wire = wire
        self.orders = [context]
        self.has_begun = False

    def ask(self, orders: list[Order]) -> list[Rows]:
        """Send what is packed and then these; gives what these answered."""
        if self.has_begun:
            answers = travel(self._wire, [*self.orders, *orders])
        else:
            answers = travelled(self._wire, [BEGIN, *self.orders, *orders])
        self.orders, self.has_begun = [], True
        return [rows(self._wire, answer) for answer in answers[-len(orders) :]]

    def end(self) -> None:
        """Send the rest and commit; who never asked may share the commit with others."""
        if self.has_begun:
            ended(self._wire, self.orders)
        else:
            _basket.carry(self._wire, self.orders)


_pack: ContextVar[Pack | None] = ContextVar("pack", default=None)


@cache
def statement(file: Path) -> str:
    """The SQL of a file."""
    return file.read_text(encoding="utf-8")


@cache
def statement_with(file: Path, parts: frozenset[str]) -> str:
    """The SQL of a file, of whose parts between `-- only with NAME` and `-- end` these stay."""
    return _PART.sub(lambda part: part[2] if part[1] in parts else "", statement(file))


def run_statement(sql: str, values: Mapping[str, Any]) -> None:
    """Run a statement of ours, kept prepared by the server; inside `packing`, with the others."""
    pack = _pack.get()
    if pack is not None:
        pack.orders.append((sql, values))
        return
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(sql, values, prepare=True)


def ask(*orders: Order) -> list[Rows]:
    """Ask questions of ours, one after the other, in one trip where that can be."""
    pack = _pack.get()
    connection.ensure_connection()
    if pack is not None:
        with connection.wrap_database_errors:
            return pack.ask(list(orders))
    if connection.in_atomic_block:
        return [_asked(*order) for order in orders]
    with connection.wrap_database_errors:
        wire = connection.connection
        return [rows(wire, answer) for answer in travelled(wire, orders)]


def one_after_the_other(key: str) -> None:
    """Wait until nobody else holds a key, and hold it until the transaction ends.

    What is counted after this is what the one before left.
    """
    ask((ONE_AFTER_THE_OTHER, {"key": key}))


def ask_again(sql: str, values: Mapping[str, Any]) -> Rows:
    """Ask a question that is asked over and over: the server keeps it prepared.

    To plan a question behind the walls takes longer than most take to be answered.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        return list(cursor.execute(sql, values, prepare=True).fetchall())


def broken_rule(error: DatabaseError) -> str:
    """The name of the constraint that was broken; "" where none was."""
    found = getattr(error.__cause__, "diag", None)
    return (found and found.constraint_name) or ""


def is_packing() -> bool:
    """Whether statements are being packed."""
    return _pack.get() is not None


@contextmanager
def packing(context: Order) -> Iterator[None]:
    """Inside the block statements are packed, and leave in one transaction that `context` begins.

    Only `run_statement` and `ask` reach the database: whoever comes by Django's ways is refused.
    """
    # Looked for once: the framework finds the connection of this thread anew each time.
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    wire = database.connection
    pack = Pack(wire, context)
    token = _pack.set(pack)
    try:
        with database.execute_wrapper(_refuse):
            yield
    except BaseException:
        if pack.has_begun and not wire.closed:
            wire.rollback()
            forget(wire)
        raise
    finally:
        _pack.reset(token)
    with database.wrap_database_errors:
        pack.end()


def _asked(sql: str, values: Mapping[str, Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _refuse(_execute: Callable[..., Any], *_rest: object) -> NoReturn:
    msg = "by hand only, while a trip to the database is being packed"
    raise TripRefusedError(msg)
