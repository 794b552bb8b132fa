import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import scope_is, wall

SEEN = "EXISTS (SELECT 1 FROM dispatches_dispatch d WHERE d.id = enclosures_enclosure.dispatch_id)"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dispatches", "0004_taken_back"),
        ("evidence", "0004_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                ("id", models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("number", models.SmallIntegerField()),
                ("kind", models.CharField(choices=[("docx", "docx"), ("odt", "odt"), ("pdf", "pdf"), ("rtf", "rtf"), ("txt", "txt")], max_length=10)),
                ("name", models.BinaryField()),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=havre.plumbing.clock.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("dispatch", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dispatches.dispatch")),
                ("exhibit", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.exhibit")),
                ("passage", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dispatches.passage")),
            ],
            options={
                "ordering": ["dispatch", "number"],
                "constraints": [models.UniqueConstraint(fields=("dispatch", "number"), name="enclosures_are_numbered_once")],
            },
        ),
        # The desk and the partner who sent it; Havre alone writes it down, once it is sealed.
        wall(
            "enclosures_enclosure",
            select=f"{scope_is('work', 'coordinator', 'partner')} AND {SEEN}",
            insert=scope_is("work"),
        ),
    ]
