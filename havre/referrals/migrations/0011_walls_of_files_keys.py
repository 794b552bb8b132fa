from django.db import migrations

from havre.plumbing.walls import AGENCY, scope_is, wall

ITS_OWN = f"{scope_is('agency', 'coordinator')} AND agency_id = {AGENCY}"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_files_keys")]
    operations = [
        wall("referrals_agencykey", select=ITS_OWN, insert=ITS_OWN, update=ITS_OWN),
    ]
