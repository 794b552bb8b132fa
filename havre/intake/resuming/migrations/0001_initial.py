import django.db.models.deletion
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import PROVIDER, any_of, scope_is, wall

OWN = f"{scope_is('provider')} AND provider_id = {PROVIDER}"
WORK = scope_is("work")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("agencies", "0005_engineers"), ("intake", "0022_put_to_none_before")]
    operations = [
        migrations.CreateModel(
            name="Upload",
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
                ("length", models.BigIntegerField()),
                ("said", models.BinaryField()),
                ("opened_at", models.DateTimeField(default=havre.plumbing.clock.now)),
                ("file_id", models.CharField(blank=True, default="", max_length=64)),
                ("md5", models.CharField(blank=True, default="", max_length=32)),
                ("sha1", models.CharField(blank=True, default="", max_length=40)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.filing",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.provider",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="Piece",
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
                ("start", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("sealed", models.BinaryField(null=True)),
                ("location", models.CharField(blank=True, default="", max_length=64)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.provider",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="resuming.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["start"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("upload", "start"), name="a_piece_stands_once"
                    )
                ],
            },
        ),
        wall(
            "resuming_upload",
            select=any_of(OWN, WORK),
            insert=OWN,
            update=any_of(OWN, WORK),
            delete=any_of(OWN, WORK),
        ),
        wall(
            "resuming_piece",
            select=any_of(OWN, WORK),
            insert=OWN,
            delete=any_of(OWN, WORK),
        ),
    ]
