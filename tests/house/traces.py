"""What stands in the database while a transaction is open, and what of it somebody changed."""

import json
from collections.abc import Iterable
from functools import lru_cache

from django.db import connection

from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope

EVERYTHING = Context(actor="test", scope=Scope.WORK)
# The one table that is not logged counts how fast a key asks: a refusal is counted too.
TABLES = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relpersistence = 'p'"
    " AND c.relname <> 'django_session'"
)
# The server counts what a transaction writes, also what was rolled back since.
WRITES = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
Digest = dict[str, tuple[object, ...]]
# The rows of each table, as JSON: read by whoever finds one changed.
Rows = dict[str, frozenset[str]]


def asked(sql: str, values: object = None) -> list[tuple]:
    """The rows of a question that every wall lets through."""
    with acting_as(EVERYTHING), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@lru_cache
def tables() -> tuple[str, ...]:
    """The tables of the house; sessions alone are left out."""
    return tuple(sorted(name for (name,) in asked(TABLES)))


def digest(names: Iterable[str] | None = None) -> Digest:
    """What the database, or some tables of it, hold, in a few characters for each table.

    Rows are counted and their hashes added up: they have no order, so there is nothing to sort.
    """
    parts = [
        f"SELECT '{name}', count(*), sum(hashtextextended(t::text, 0)) FROM {name} t"
        for name in (tables() if names is None else names)
    ]
    return {name: told for name, *told in asked(" UNION ALL ".join(parts))} if parts else {}


def everything(names: Iterable[str] | None = None) -> Rows:
    """Every row of the database, or of some tables of it."""
    chosen = tables() if names is None else tuple(names)
    parts = [f"SELECT '{name}', to_json(t)::text FROM {name} t" for name in chosen]
    found: dict[str, set[str]] = {name: set() for name in chosen}
    for name, row in asked(" UNION ALL ".join(parts)) if parts else ():
        found[name].add(row)
    return {name: frozenset(rows) for name, rows in found.items()}


def writes() -> dict[str, int]:
    """How often this transaction wrote to each table so far."""
    counted = dict(asked(WRITES))
    return {name: counted[name] for name in tables()}


def written_since(before: dict[str, int]) -> list[str]:
    """The tables that were written to after somebody counted: all others are as they were."""
    return [name for name, count in writes().items() if count != before[name]]


def is_as_before(known: Digest, before: dict[str, int]) -> bool:
    """Whether the house holds what is known of it, if it did when somebody counted."""
    touched = written_since(before)
    return digest(touched) == {name: known[name] for name in touched}


def by_key(rows: Rows) -> dict[tuple[str, str], dict[str, object]]:
    """Rows by their table and their key."""
    read = ((name, json.loads(row)) for name, several in rows.items() for row in several)
    return {(name, str(next(iter(row.values())))): row for name, row in read}
