import django.db.models.deletion
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids

# The credentials that were in force stay in force.
MOVE = (
    "INSERT INTO agencies_providerkey (id, digest, issued_at, until, provider_id)"
    " SELECT gen_random_uuid(), key_digest, now(), NULL, id FROM agencies_provider"
)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_sign_in_tries")]
    operations = [
        migrations.AlterField(
            model_name="provider",
            name="environment",
            field=models.CharField(
                choices=[("production", "production"), ("test", "test")],
                default="production",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="provider",
            name="reading",
            field=models.CharField(
                choices=[("lenient", "lenient"), ("strict", "strict")],
                default="strict",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="provider",
            name="fault_status",
            field=models.SmallIntegerField(default=400),
        ),
        migrations.AddField(
            model_name="provider",
            name="wants_quality",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="provider",
            name="contact",
            field=models.CharField(default="", max_length=300),
        ),
        migrations.AddField(
            model_name="provider",
            name="regime",
            field=models.SlugField(default="ca-mra", max_length=40),
        ),
        migrations.CreateModel(
            name="ProviderKey",
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
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("issued_at", models.DateTimeField(default=havre.plumbing.clock.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="agencies.provider",
                    ),
                ),
            ],
            options={"ordering": ["-issued_at"]},
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="provider", name="key_digest"),
    ]
