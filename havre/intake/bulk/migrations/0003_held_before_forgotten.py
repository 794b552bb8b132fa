from django.db import migrations

from havre.plumbing.walls import PROVIDER, any_of, scope_is

OWN = f"{scope_is('provider')} AND provider_id = {PROVIDER}"
# The job holds a file while it forgets it; what stands in it, its provider alone changes.
HELD_BY = any_of(OWN, scope_is("work"))


class Migration(migrations.Migration):

    dependencies = [
        ('bulk', '0002_trials_and_stops'),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY bulk_upload_update ON bulk_upload USING ({HELD_BY})",
            f"ALTER POLICY bulk_upload_update ON bulk_upload USING ({OWN})",
        ),
    ]
