"""Which cases of others an agency must not see is asked once a statement, not once a row.

The wall came to its question at every case of another agency, shared or not: a list of cases grew
with all cases that there are.
"""

from django.db import migrations

from havre.plumbing.walls import AGENCY
from havre.plumbing.walls.plainer import in_place, reworded

OURS = in_place(AGENCY)
FOR_ALL_BUT = "current_setting('havre.scope', true) = 'work' OR current_user <> session_user OR "
BEFORE = f"NOT (agency_id <> {OURS} AND case_is_in_conflict(id))"
NOW = f"NOT (agency_id <> {OURS} AND id = ANY ((SELECT cases_kept_from_us())::uuid[]))"
KEPT = (
    "SELECT coalesce(array_agg(DISTINCT l.case_id), '{}') FROM cases_casereport l"
    f" JOIN intake_conflict c ON c.report_id = l.report_id WHERE c.agency_id = {OURS}"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_kept_from_change")]
    operations = [
        migrations.RunSQL(
            "CREATE FUNCTION cases_kept_from_us() RETURNS uuid[] LANGUAGE plpgsql STABLE"
            " PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public"
            f" AS $$ BEGIN RETURN ({KEPT}); END $$",
            "DROP FUNCTION cases_kept_from_us()",
        ),
        reworded(
            "cases_case",
            "cases_case_ours_select",
            act="SELECT",
            now=FOR_ALL_BUT + NOW,
            before=FOR_ALL_BUT + BEFORE,
        ),
    ]
