from django.db import migrations

from havre.plumbing.walls import AGENCY, scope_is, wall

ITS_OWN = f"{scope_is('agency', 'coordinator')} AND agency_id = {AGENCY}"
# Public keys: the jobs may read them all, as they read what is sealed to them.
ITS_OWN_OR_JOBS = f"{scope_is('work')} OR ({ITS_OWN})"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_files_keys")]
    operations = [
        wall("referrals_agencykey", select=ITS_OWN_OR_JOBS, insert=ITS_OWN, update=ITS_OWN),
    ]
