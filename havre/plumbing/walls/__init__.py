"""Row-level security, written once: the SQL that a room's migration runs for each table."""

from django.db import migrations


def setting(key: str) -> str:
    """SQL for a context key; NULL when unset, evaluated once a query."""
    return f"(SELECT nullif(current_setting('havre.{key}', true), ''))"


SCOPE = setting("scope")
AGENCY = f"{setting('agency')}::uuid"
PROVIDER = f"{setting('provider')}::uuid"
REPORT = f"{setting('report')}::uuid"
TOKEN = setting("token")
COMPARTMENTS = f"string_to_array({setting('compartments')}, ',')"


def scope_is(*scopes: str) -> str:
    """SQL: the one who acts does so in one of these capacities."""
    return f"{SCOPE} IN ({', '.join(repr(scope) for scope in scopes)})"


def acts_as(*scopes: str) -> str:
    """SQL: as `scope_is`, as one truth for the whole statement, which the planner reckons with.

    A list of words compared in each row is taken for rare, and indexes stand unused behind it.
    """
    return f"(SELECT current_setting('havre.scope', true) IN ({', '.join(map(repr, scopes))}))"


def any_of(*conditions: str) -> str:
    """SQL: one of these holds."""
    return "(" + " OR ".join(f"({condition})" for condition in conditions) + ")"


def wall(
    table: str,
    *,
    select: str,
    insert: str | None = None,
    update: str | None = None,
    delete: str | None = None,
) -> migrations.RunSQL:
    """Force row-level security on a table. An act without a condition is nobody's."""
    lines = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_select ON {table} FOR SELECT USING ({select})",
    ]
    if insert:
        lines.append(f"CREATE POLICY {table}_insert ON {table} FOR INSERT WITH CHECK ({insert})")
    if update:
        lines.append(
            f"CREATE POLICY {table}_update ON {table} FOR UPDATE"
            f" USING ({update}) WITH CHECK ({update})"
        )
    if delete:
        lines.append(f"CREATE POLICY {table}_delete ON {table} FOR DELETE USING ({delete})")
    drops = [f"DROP POLICY {table}_select ON {table}"]
    for act, condition in (("insert", insert), ("update", update), ("delete", delete)):
        if condition:
            drops.append(f"DROP POLICY {table}_{act} ON {table}")
    drops.append(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    return migrations.RunSQL("; ".join(lines), "; ".join(drops))
