import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

OWN = f"{scope_is('tipline', 'agency', 'coordinator')} AND agency_id = {AGENCY}"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("set_at", models.DateTimeField(default=havre.plumbing.clock.now)),
                ("removed_at", models.DateTimeField(null=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                ("instead_of", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("officer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "indexes": [models.Index(fields=["agency", "ends_at"], name="shifts_of_a_desk")],
                "constraints": [models.CheckConstraint(condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="a_shift_ends_after_it_begins")],
            },
        ),
        wall(
            "duty_shift",
            select=any_of(scope_is("work", "coordinator"), OWN),
            insert=any_of(scope_is("work"), OWN),
            update=any_of(scope_is("work"), OWN),
        ),
    ]
