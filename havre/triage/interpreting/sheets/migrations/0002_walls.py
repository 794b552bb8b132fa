from django.db import migrations

from havre.plumbing.walls import COMPARTMENTS, any_of, scope_is, wall

# Whoever acts, as text: a station's name is no id, and must not be read as one.
ME = "(SELECT replace(current_setting('havre.actor', true), 'officer:', ''))"
WORK = scope_is("work")


def of_a_report(table: str) -> str:
    return (
        f"{scope_is('tipline')} AND EXISTS"
        f" (SELECT 1 FROM intake_report r WHERE r.id = {table}.report_id)"
    )


# An interpreter: what waits in a language they are set to read, in a compartment they hold, free
# or in their own hands, and not handed back by them.
READS = (
    "language = ANY (ARRAY(SELECT unnest(o.interprets) FROM agencies_officer o"
    f" WHERE o.id::text = {ME} AND o.role = 'interpreter' AND o.is_active))"
)
OFFERED = (
    f"{scope_is('interpreter')} AND finished_at IS NULL AND withdrawn_at IS NULL"
    f" AND (claimed_by_id IS NULL OR claimed_by_id::text = {ME})"
    f" AND compartment = ANY ({COMPARTMENTS}) AND {READS}"
    " AND NOT EXISTS (SELECT 1 FROM sheets_handedback h WHERE h.sheet_id = sheets_sheet.id"
    f" AND h.officer_id::text = {ME})"
)


class Migration(migrations.Migration):
    dependencies = [("sheets", "0001_initial"), ("agencies", "0009_interpreters")]
    operations = [
        # Nobody writes here in their own name: the pipeline does, for whoever sees the row.
        wall(
            "sheets_sheet",
            select=any_of(WORK, of_a_report("sheets_sheet"), OFFERED),
            insert=WORK,
            update=WORK,
        ),
        wall(
            "sheets_handedback",
            select=any_of(
                WORK,
                of_a_report("sheets_handedback"),
                f"{scope_is('interpreter')} AND officer_id::text = {ME}",
            ),
            insert=WORK,
        ),
    ]
