from django.db import migrations

from havre.plumbing.walls import AGENCY, scope_is

# Of a report of which an agency was given a part, it finds the files that it finds attached. What
# is of no such report is as open as its key: of that one, nothing is asked of attachments.
APART = (
    f"{scope_is('work', 'tipline', 'provider', 'receipt')} OR NOT EXISTS"
    " (SELECT 1 FROM intake_share s WHERE s.report_id = evidence_exhibit.record"
    f" AND s.agency_id = {AGENCY} AND s.until IS NULL AND s.parts IS NOT NULL)"
    " OR EXISTS (SELECT 1 FROM intake_attachment a WHERE a.exhibit_id = evidence_exhibit.id)"
)


class Migration(migrations.Migration):
    # The column of parts, and the wall of the attachments that is asked here.
    dependencies = [("evidence", "0003_walls_in_place"), ("intake", "0013_parts")]
    operations = [
        migrations.RunSQL(
            "CREATE POLICY evidence_exhibit_apart ON evidence_exhibit AS RESTRICTIVE"
            f" FOR SELECT USING ({APART})",
            "DROP POLICY evidence_exhibit_apart ON evidence_exhibit",
        ),
    ]
