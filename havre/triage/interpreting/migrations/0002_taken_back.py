import django.db.models.deletion
from django.db import migrations, models

import havre.plumbing.clock
from havre.plumbing.walls import scope_is, wall

REPORT = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = interpreting_translation.report_id)"
TRANSLATION = (
    "EXISTS (SELECT 1 FROM interpreting_translation t"
    " WHERE t.id = interpreting_takenback.translation_id)"
)
READERS = scope_is("work", "tipline", "agency", "coordinator")
SELECT = "interpreting_translation_select ON interpreting_translation"


class Migration(migrations.Migration):
    dependencies = [("interpreting", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="wanted",
            name="is_unread",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="translation",
            name="sheet",
            field=models.UUIDField(null=True),
        ),
        migrations.CreateModel(
            name="TakenBack",
            fields=[
                (
                    "translation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="interpreting.translation",
                    ),
                ),
                ("at", models.DateTimeField(default=havre.plumbing.clock.now)),
            ],
            options={"ordering": ["at"]},
        ),
        # Whoever was given the report reads what it says in their language.
        migrations.RunSQL(
            f"ALTER POLICY {SELECT} USING ({READERS} AND {REPORT})",
            f"ALTER POLICY {SELECT} USING ({scope_is('work', 'tipline')} AND {REPORT})",
        ),
        wall(
            "interpreting_takenback",
            select=f"{READERS} AND {TRANSLATION}",
            insert=f"{scope_is('work')} AND {TRANSLATION}",
        ),
    ]
