from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is, setting, wall

STAFF = scope_is("agency", "coordinator")
WORK = scope_is("work")
ACTOR = setting("actor")
# A grant opens a case while its owner is who gave it, until its last moment by the database's own
# clock, whatever the code above believes.
IN_FORCE = (
    f"g.to_agency_id = {AGENCY} AND g.withdrawn_at IS NULL AND g.until > transaction_timestamp()"
)
GRANTED = (
    "EXISTS (SELECT 1 FROM cases_grant g WHERE g.case_id = cases_case.id"
    f" AND g.from_agency_id = cases_case.agency_id AND {IN_FORCE})"
)
A_READER = f"(NOT restricted OR {ACTOR} = ANY (readers))"
OWN = f"{STAFF} AND agency_id = {AGENCY}"


def of_case(table: str, *parts: str) -> str:
    """SQL: the row's case is seen by an agency that holds it, or to which this part is open."""
    opens = " OR ".join(["g.kind = 'joint'", *(f"'{part}' = ANY (g.parts)" for part in parts)])
    return (
        f"{STAFF} AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = {table}.case_id"
        f" AND (c.agency_id = {AGENCY} OR EXISTS (SELECT 1 FROM cases_grant g"
        f" WHERE g.case_id = c.id AND g.from_agency_id = c.agency_id AND {IN_FORCE}"
        f" AND ({opens}))))"
    )


def of_own_case(table: str) -> str:
    return (
        f"{STAFF} AND EXISTS (SELECT 1 FROM cases_case c WHERE c.id = {table}.case_id"
        f" AND c.agency_id = {AGENCY})"
    )


def part(table: str, *parts: str, changes: bool = False) -> migrations.RunSQL:
    """The wall of a part of a case: read as shared, written by whoever works on it."""
    return wall(
        table,
        select=any_of(WORK, of_case(table, *parts)),
        insert=any_of(WORK, of_case(table)),
        update=any_of(WORK, of_case(table)) if changes else WORK,
    )


# The key of a case is handed out only while the case is seen: when a grant ends, its wrap is out
# of reach at that moment, not when somebody sweeps.
KEYS = migrations.RunSQL(
    "CREATE POLICY cases_recordkey_insert ON evidence_recordkey FOR INSERT WITH CHECK ("
    f"{STAFF} AND compartment = 'case' AND starts_with(recipient, 'agency:') AND EXISTS"
    " (SELECT 1 FROM cases_case c WHERE c.id = evidence_recordkey.record"
    f" AND c.agency_id = {AGENCY})); "
    "CREATE POLICY cases_recordkey_select ON evidence_recordkey AS RESTRICTIVE FOR SELECT USING ("
    f"compartment <> 'case' OR {WORK} OR EXISTS"
    " (SELECT 1 FROM cases_case c WHERE c.id = evidence_recordkey.record))",
    "DROP POLICY cases_recordkey_select ON evidence_recordkey;"
    "DROP POLICY cases_recordkey_insert ON evidence_recordkey",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("evidence", "0002_walls")]
    operations = [
        wall(
            "cases_grant",
            select=any_of(
                WORK,
                f"{STAFF} AND from_agency_id = {AGENCY}",
                f"{STAFF} AND to_agency_id = {AGENCY}",
            ),
            insert=any_of(WORK, f"{STAFF} AND from_agency_id = {AGENCY}"),
            update=any_of(WORK, f"{STAFF} AND from_agency_id = {AGENCY}"),
        ),
        wall(
            "cases_case",
            select=any_of(WORK, f"{STAFF} AND (agency_id = {AGENCY} OR {GRANTED}) AND {A_READER}"),
            insert=any_of(WORK, OWN),
            update=any_of(WORK, f"{OWN} AND {A_READER}"),
        ),
        wall(
            "cases_counter",
            select=any_of(WORK, OWN),
            insert=any_of(WORK, OWN),
            update=any_of(WORK, OWN),
        ),
        wall(
            "cases_member",
            select=any_of(WORK, of_case("cases_member")),
            insert=any_of(WORK, of_own_case("cases_member")),
            update=any_of(WORK, of_own_case("cases_member")),
        ),
        part("cases_note", "notes"),
        part("cases_task", changes=True),
        part("cases_person", "people"),
        part("cases_personidentifier", "people"),
        part("cases_casereport", "reports"),
        part("cases_caseexhibit", "reports"),
        KEYS,
    ]
