from django.db import migrations

from havre.plumbing.walls import AGENCY, acts_as

# What was looked at is of a report as a whole: whoever was given a part of it finds no note.
WHOLE = (
    f"{acts_as('work', 'tipline')} OR NOT EXISTS (SELECT 1 FROM intake_share s"
    f" WHERE s.report_id = enrichment_note.report_id AND s.agency_id = {AGENCY}"
    " AND s.until IS NULL AND s.parts IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0001_initial"), ("intake", "0013_parts")]
    operations = [
        migrations.RunSQL(
            "CREATE POLICY enrichment_note_whole ON enrichment_note AS RESTRICTIVE"
            f" FOR SELECT USING ({WHOLE})",
            "DROP POLICY enrichment_note_whole ON enrichment_note",
        )
    ]
