"""The wall of whatever belongs to a case, for the tables that came later."""

from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

STAFF = scope_is("agency", "coordinator")
WORK = scope_is("work")
IN_FORCE = (
    f"g.to_agency_id = {AGENCY} AND g.withdrawn_at IS NULL AND g.until > transaction_timestamp()"
)


ITS_CASE = "SELECT 1 FROM cases_case c WHERE c.id"
JOINT = (
    "SELECT 1 FROM cases_grant g WHERE g.case_id = c.id AND g.from_agency_id = c.agency_id"
    " AND g.kind = 'joint'"
)


def worked_on(table: str) -> str:
    """SQL: the row's case is held by the agency that acts, or worked on together with it."""
    mine = f"c.agency_id = {AGENCY} OR EXISTS ({JOINT} AND {IN_FORCE})"
    return f"{STAFF} AND EXISTS ({ITS_CASE} = {table}.case_id AND ({mine}))"


def wall_of_work(table: str) -> migrations.RunSQL:
    """The wall of what only those see and change who work on the case."""
    mine = any_of(WORK, worked_on(table))
    return wall(table, select=mine, insert=mine, update=mine)
