from django.db import migrations

from havre.plumbing.walls import AGENCY, COMPARTMENTS, any_of, scope_is, wall

WORK = scope_is("work")
DESK = (
    f"{scope_is('coordinator')} AND agency_id = {AGENCY} AND compartment = ANY ({COMPARTMENTS})"
)
KEYS = migrations.RunSQL(
    "CREATE POLICY abroad_recordkey_select ON evidence_recordkey AS RESTRICTIVE FOR SELECT"
    f" USING (compartment <> 'exchange' OR {WORK} OR EXISTS"
    " (SELECT 1 FROM abroad_exchange e WHERE e.id = evidence_recordkey.record))",
    "DROP POLICY abroad_recordkey_select ON evidence_recordkey",
)


def of_a_visible_exchange(table: str) -> str:
    """The exchange's own wall stands before: whoever sees it not finds nothing by it."""
    return (
        f"{scope_is('work', 'coordinator')} AND EXISTS"
        f" (SELECT 1 FROM abroad_exchange e WHERE e.id = {table}.exchange_id)"
    )


def part(table: str, *, changes: bool) -> migrations.RunSQL:
    seen = of_a_visible_exchange(table)
    return wall(table, select=seen, insert=seen, update=seen if changes else None)


class Migration(migrations.Migration):
    dependencies = [("abroad", "0001_initial"), ("evidence", "0002_walls")]
    operations = [
        wall(
            "abroad_exchange",
            select=any_of(WORK, DESK),
            insert=any_of(WORK, DESK),
            update=any_of(WORK, DESK),
        ),
        part("abroad_assessment", changes=True),
        part("abroad_letter", changes=False),
        part("abroad_link", changes=True),
        KEYS,
    ]
