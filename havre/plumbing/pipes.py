"""Statements written by hand, and statements that need no answer, sent together."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection


@cache
def statement(file: Path) -> str:
    """The SQL of a file."""
    return file.read_text(encoding="utf-8")


def run_statement(sql: str, values: Mapping[str, Any]) -> None:
    """Run a statement of ours, kept prepared by the server."""
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(sql, values, prepare=True)


@contextmanager
def sent_together() -> Iterator[None]:
    """Inside the block, writes are sent without waiting; errors come at its end, or sooner.

    Only for INSERTs whose ids are known: nothing may be read inside.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
