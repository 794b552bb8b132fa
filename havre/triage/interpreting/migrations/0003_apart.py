from django.db import migrations

from havre.plumbing.walls import AGENCY, acts_as

# A translation is of a report as a whole: whoever was given a part of it finds none.
WHOLE = (
    f"{acts_as('work', 'tipline')} OR NOT EXISTS (SELECT 1 FROM intake_share s"
    f" WHERE s.report_id = interpreting_translation.report_id AND s.agency_id = {AGENCY}"
    " AND s.until IS NULL AND s.parts IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("interpreting", "0002_taken_back"), ("intake", "0013_parts")]
    operations = [
        migrations.RunSQL(
            "CREATE POLICY interpreting_translation_whole ON interpreting_translation"
            f" AS RESTRICTIVE FOR SELECT USING ({WHOLE})",
            "DROP POLICY interpreting_translation_whole ON interpreting_translation",
        )
    ]
