import django.contrib.postgres.fields
from django.db import migrations, models

from havre.plumbing.walls import AGENCY, scope_is

A_VISIBLE_REPORT = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = intake_message.report_id)"
DESK = f"{scope_is('tipline')} AND {A_VISIBLE_REPORT}"
# What a reporter told after a report was split, by the incidents that the desk put it to; nothing
# of it while nobody has, and never a word between the reporter and the tipline otherwise.
GIVEN = (
    f"{scope_is('agency', 'coordinator')} AND from_reporter AND cardinality(parts) > 0 AND EXISTS"
    f" (SELECT 1 FROM intake_share s WHERE s.report_id = intake_message.report_id"
    f" AND s.agency_id = {AGENCY} AND s.until IS NULL"
    " AND (s.parts IS NULL OR s.parts && intake_message.parts))"
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0014_incidents_apart")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), null=True, size=None
            ),
        ),
        migrations.RunSQL(
            f"CREATE POLICY intake_message_given ON intake_message FOR SELECT USING ({GIVEN})",
            "DROP POLICY intake_message_given ON intake_message",
        ),
        migrations.RunSQL(
            "CREATE POLICY intake_message_split ON intake_message FOR UPDATE"
            f" USING ({DESK}) WITH CHECK ({DESK})",
            "DROP POLICY intake_message_split ON intake_message",
        ),
    ]
