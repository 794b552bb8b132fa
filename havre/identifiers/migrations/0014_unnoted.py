import django.db.models.deletion
from django.db import migrations, models

from havre.plumbing.walls import any_of, scope_is, wall

SEEN = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = identifiers_unnoted.report_id)"
WORK = scope_is("work")


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0013_edition"), ("intake", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Unnoted",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="intake.report",
                    ),
                ),
                ("edition", models.BinaryField(max_length=16)),
                ("since", models.DateTimeField()),
                ("fault", models.CharField(max_length=60)),
                ("tries", models.IntegerField()),
                ("next_try_at", models.DateTimeField()),
            ],
            options={"ordering": ["since", "report"]},
        ),
        # The desk reads that its reports cannot be given; Havre's own stations alone say so.
        wall(
            "identifiers_unnoted",
            select=any_of(WORK, f"{scope_is('tipline')} AND {SEEN}"),
            insert=WORK,
            update=WORK,
        ),
    ]
