import django.contrib.postgres.fields
from django.db import migrations, models

from havre.plumbing.walls import AGENCY, acts_as, scope_is

OF_A_REPORT = "EXISTS (SELECT 1 FROM identifiers_record k WHERE k.id = identifiers_mention.record_id)"
# Whoever was given a part of a report finds the identifiers of that part, and no other.
APART = (
    f"{acts_as('work', 'tipline')} OR EXISTS"
    " (SELECT 1 FROM identifiers_record k JOIN intake_share s ON s.report_id = k.report_id"
    f" WHERE k.id = identifiers_mention.record_id AND s.agency_id = {AGENCY} AND s.until IS NULL"
    " AND (s.parts IS NULL OR s.parts && identifiers_mention.parts))"
)
DESK = f"{scope_is('tipline')} AND {OF_A_REPORT}"


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0006_walls_of_hush"), ("intake", "0013_parts")]
    operations = [
        migrations.AddField(
            model_name="mention",
            name="parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), null=True, size=None
            ),
        ),
        migrations.RunSQL(
            "CREATE POLICY identifiers_mention_apart ON identifiers_mention AS RESTRICTIVE"
            f" FOR SELECT USING ({APART})",
            "DROP POLICY identifiers_mention_apart ON identifiers_mention",
        ),
        migrations.RunSQL(
            "CREATE POLICY identifiers_mention_update ON identifiers_mention FOR UPDATE"
            f" USING ({DESK}) WITH CHECK ({DESK})",
            "DROP POLICY identifiers_mention_update ON identifiers_mention",
        ),
    ]
