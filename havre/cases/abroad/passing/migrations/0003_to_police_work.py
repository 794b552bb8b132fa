from django.db import migrations

from havre.plumbing.walls import scope_is

# Whoever reads what is passed on does police work: a supervisor of another service does not.
DOES_POLICE_WORK = (
    f"{scope_is('coordinator')} AND EXISTS (SELECT 1 FROM agencies_agency a"
    " WHERE a.id = to_agency_id AND a.kind IN ('border', 'police'))"
)


class Migration(migrations.Migration):
    dependencies = [("passing", "0002_walls")]
    operations = [
        migrations.RunSQL(
            "CREATE POLICY passing_to_police_work ON passing_passeddocument AS RESTRICTIVE"
            f" FOR INSERT WITH CHECK ({DOES_POLICE_WORK})",
            "DROP POLICY passing_to_police_work ON passing_passeddocument",
        ),
    ]
