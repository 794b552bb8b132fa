from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

WORK = scope_is("work")
OWN = f"{scope_is('agency', 'coordinator')} AND agency_id = {AGENCY}"
# Whoever grants silent watches sees what is asked, of whichever agency. The desk sees none.
GRANTS = scope_is("coordinator")


class Migration(migrations.Migration):
    dependencies = [("silent", "0001_initial")]
    operations = [
        wall(
            "silent_silentwatch",
            select=any_of(WORK, OWN, GRANTS),
            insert=OWN,
            update=any_of(WORK, OWN, GRANTS),
        ),
        wall(
            "silent_silentalert",
            select=any_of(WORK, f"({OWN} OR {GRANTS}) AND hushed_at IS NULL"),
            insert=WORK,
            update=any_of(WORK, f"{OWN} AND hushed_at IS NULL"),
        ),
    ]
