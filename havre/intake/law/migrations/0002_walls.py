from django.db import migrations

from havre.plumbing.walls import PROVIDER, any_of, scope_is, wall

OWN = any_of(scope_is("work"), f"{scope_is('provider')} AND provider_id = {PROVIDER}")


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial"), ("intake", "0002_walls")]
    operations = [
        wall("law_preservation", select=OWN, insert=OWN, update=scope_is("work")),
        wall("law_addressreport", select=OWN, insert=OWN),
    ]
