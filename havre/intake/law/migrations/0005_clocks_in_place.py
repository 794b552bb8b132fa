"""Clocks are looked for by report, by provider and by day, never by the law that started them."""

from django.db import migrations, models

from havre.plumbing.walls import PROVIDER, any_of, scope_is
from havre.plumbing.walls.plainer import read_in_place

OWN = any_of(scope_is("work"), f"{scope_is('provider')} AND provider_id = {PROVIDER}")


class Migration(migrations.Migration):
    dependencies = [("law", "0004_walls_of_duties")]
    operations = [
        migrations.AlterField(
            "preservation", "regime", models.SlugField(max_length=40, db_index=False)
        ),
        # A clock is started with each report of a provider.
        read_in_place("law_preservation", "INSERT", OWN),
    ]
