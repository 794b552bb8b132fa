from django.db import migrations

from havre.plumbing.walls import AGENCY, scope_is

# Whoever was given a part of a report learns nothing of its other incidents, nor how many it has.
APART = (
    f"{scope_is('work', 'tipline', 'provider', 'receipt')} OR EXISTS"
    " (SELECT 1 FROM intake_share s WHERE s.report_id = intake_incident.report_id"
    f" AND s.agency_id = {AGENCY} AND s.until IS NULL"
    " AND (s.parts IS NULL OR intake_incident.number = ANY (s.parts)))"
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0013_parts")]
    operations = [
        migrations.RunSQL(
            "CREATE POLICY intake_incident_apart ON intake_incident AS RESTRICTIVE"
            f" FOR SELECT USING ({APART})",
            "DROP POLICY intake_incident_apart ON intake_incident",
        ),
    ]
