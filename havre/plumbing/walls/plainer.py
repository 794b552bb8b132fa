"""Policies in words that cost less: for walls that are asked with every statement of a table."""

import re

from django.db import migrations

_ONCE = re.compile(r"\(SELECT (nullif\(current_setting\('havre\.\w+', true\), ''\))\)")


def in_place(condition: str) -> str:
    """SQL: the same, each setting read where it stands, for tables met a few rows at a time.

    A setting read once a query is a small query of its own, which every statement must set up,
    however few rows it meets: that costs thirty times as much as reading it for one row.
    """
    return _ONCE.sub(r"\1", condition)


def asked_apart(name: str, table: str, condition: str = "true") -> migrations.RunSQL:
    """A function of an id: whether whoever acts sees such a row `t`, and the condition holds.

    A wall that asks behind another table's wall carries that one, and all behind it, into every
    statement of its own table, though no row ever comes to the question. Asked by a function it
    costs nothing until one does. The function acts as its caller: it sees no more than the caller.
    """
    return migrations.RunSQL(
        f"CREATE FUNCTION {name}(uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$"
        f" BEGIN RETURN EXISTS (SELECT FROM {table} t WHERE t.id = $1 AND {condition}); END $$",
        f"DROP FUNCTION {name}(uuid)",
    )


def reworded(table: str, policy: str, *, now: str, before: str, act: str) -> migrations.RunSQL:
    """Say the condition of a policy in other words. `act` is the policy's: SELECT, INSERT, ..."""

    def alter(condition: str) -> str:
        using = "" if act == "INSERT" else f" USING ({condition})"
        check = "" if act in {"SELECT", "DELETE"} else f" WITH CHECK ({condition})"
        return f"ALTER POLICY {policy} ON {table}{using}{check}"

    return migrations.RunSQL(alter(now), alter(before))


def read_in_place(table: str, act: str, condition: str, policy: str = "") -> migrations.RunSQL:
    """Say a policy that `wall` made with the settings read in place."""
    name = policy or f"{table}_{act.lower()}"
    return reworded(table, name, act=act, now=in_place(condition), before=condition)
