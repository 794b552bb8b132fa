import django.db.models.deletion
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import PROVIDER, any_of, scope_is, wall

OWN = f"{scope_is('provider')} AND provider_id = {PROVIDER}"
WORK = scope_is("work")


class Migration(migrations.Migration):
    dependencies = [("intake", "0009_partners"), ("agencies", "0004_officers_accounts")]
    operations = [
        migrations.CreateModel(
            name="AnsweredRequest",
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
                ("key", models.CharField(max_length=64)),
                ("request", models.CharField(max_length=64)),
                ("status", models.SmallIntegerField()),
                ("answer", models.TextField()),
                ("at", models.DateTimeField(default=havre.plumbing.clock.now)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.provider",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "key"),
                        name="a_key_stands_for_one_request_of_a_provider",
                    )
                ],
                "indexes": [models.Index(fields=["at"], name="intake_answered_at")],
            },
        ),
        wall(
            "intake_answeredrequest",
            select=any_of(OWN, WORK),
            insert=OWN,
            delete=WORK,
        ),
    ]
