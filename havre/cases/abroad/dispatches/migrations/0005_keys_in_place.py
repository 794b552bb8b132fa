from django.db import migrations

from havre.plumbing.walls import AGENCY, scope_is
from havre.plumbing.walls.plainer import read_in_place

PARTNER = (
    f"{scope_is('partner')} AND compartment = 'dispatch' AND recipient = 'agency:' || {AGENCY}"
)


class Migration(migrations.Migration):
    dependencies = [("dispatches", "0004_taken_back")]
    operations = [
        # Every statement that meets any key carries this wall.
        read_in_place("evidence_recordkey", "SELECT", PARTNER, "dispatches_recordkey_partner"),
    ]
