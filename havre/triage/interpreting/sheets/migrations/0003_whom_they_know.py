from django.db import migrations

from havre.plumbing.walls import COMPARTMENTS, any_of, scope_is

# Whoever acts, as text: a station's name is no id, and must not be read as one.
ME = "(SELECT replace(current_setting('havre.actor', true), 'officer:', ''))"
OF_A_REPORT = (
    f"{scope_is('tipline')} AND EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = sheets_sheet.report_id)"
)
READS = (
    "language = ANY (ARRAY(SELECT unnest(o.interprets) FROM agencies_officer o"
    f" WHERE o.id::text = {ME} AND o.role = 'interpreter' AND o.is_active))"
)
THIS_ONE = "h.sheet_id = sheets_sheet.id"
# Whoever knows somebody in a report is shown no later sheet of it either.
NOR_WHOM_THEY_KNOW = (
    f"({THIS_ONE} OR (h.report_id = sheets_sheet.report_id AND h.why = 'knows-them'))"
)


def policy(handed_back: str) -> str:
    offered = (
        f"{scope_is('interpreter')} AND finished_at IS NULL AND withdrawn_at IS NULL"
        f" AND (claimed_by_id IS NULL OR claimed_by_id::text = {ME})"
        f" AND compartment = ANY ({COMPARTMENTS}) AND {READS}"
        f" AND NOT EXISTS (SELECT 1 FROM sheets_handedback h WHERE {handed_back}"
        f" AND h.officer_id::text = {ME})"
    )
    seen = any_of(scope_is("work"), OF_A_REPORT, offered)
    return (
        "DROP POLICY sheets_sheet_select ON sheets_sheet;"
        f" CREATE POLICY sheets_sheet_select ON sheets_sheet FOR SELECT USING ({seen})"
    )


class Migration(migrations.Migration):
    dependencies = [("sheets", "0002_walls")]
    operations = [migrations.RunSQL(policy(NOR_WHOM_THEY_KNOW), policy(THIS_ONE))]
