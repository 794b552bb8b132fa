import django.db.models.deletion
from django.db import migrations, models

import havre.plumbing.ids
from havre.plumbing.walls import scope_is, wall

WORK = scope_is("work")
# As they were, but for alerts that are none any more: those only Havre's own stations see.


def quiet(act: str) -> migrations.RunSQL:
    """A second condition beside the wall that stands."""
    name = f"watches_hit_quiet_{act}"
    check = f" WITH CHECK ({WORK} OR hushed_at IS NULL)" if act == "update" else ""
    return migrations.RunSQL(
        f"CREATE POLICY {name} ON watches_hit AS RESTRICTIVE FOR {act.upper()}"
        f" USING ({WORK} OR hushed_at IS NULL){check}",
        f"DROP POLICY {name} ON watches_hit",
    )


class Migration(migrations.Migration):
    dependencies = [("watches", "0002_walls"), ("agencies", "0005_engineers"), ("intake", "0009_partners")]
    operations = [
        migrations.AddField("hit", "hushed_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="Hush",
            fields=[
                ("id", models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report")),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("report", "agency"), name="an_agency_is_hushed_once_for_a_report")],
            },
        ),
        quiet("select"),
        quiet("update"),
        wall("watches_hush", select=WORK, insert=WORK),
    ]
