import django.db.models.deletion
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import scope_is, wall

DESK = scope_is("tipline", "work")


class Migration(migrations.Migration):
    dependencies = [("intake", "0008_closings"), ("agencies", "0004_officers_accounts")]
    operations = [
        migrations.AddField(
            model_name="report",
            name="via",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=havre.plumbing.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name_en", models.CharField(max_length=200)),
                ("name_fr", models.CharField(max_length=200)),
                ("site", models.URLField(blank=True, max_length=300)),
                ("added_at", models.DateTimeField(default=havre.plumbing.clock.now)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.officer",
                    ),
                ),
            ],
            options={"ordering": ["code"]},
        ),
        wall("intake_partner", select=DESK, insert=DESK, update=DESK),
    ]
