import django.db.models.deletion
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import AGENCY, REPORT, any_of, scope_is, wall

OF_A_VISIBLE_REPORT = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = intake_release.report_id)"
OWN = f"{scope_is('agency', 'coordinator')} AND agency_id = {AGENCY}"
PASSED_ON_OF_A_VISIBLE_REPORT = (
    f"{scope_is('work', 'tipline')} AND stage = 'passed-on' AND EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = intake_stage.report_id)"
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_more_channels"), ("agencies", "0004_officers_accounts")]
    operations = [
        migrations.CreateModel(
            name="Release",
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
                ("referral", models.UUIDField()),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("child-helped", "child-helped"),
                            ("elsewhere", "elsewhere"),
                            ("in-hand", "in-hand"),
                            ("known", "known"),
                            ("not-enough", "not-enough"),
                            ("no-step", "no-step"),
                        ],
                        max_length=20,
                    ),
                ),
                ("chosen_at", models.DateTimeField(default=havre.plumbing.clock.now)),
                ("shown_from", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.report",
                    ),
                ),
            ],
            options={"ordering": ["shown_from", "id"]},
        ),
        wall(
            "intake_release",
            select=any_of(
                scope_is("work"),
                f"{scope_is('tipline', 'provider')} AND {OF_A_VISIBLE_REPORT}",
                OWN,
                f"{scope_is('receipt')} AND report_id = {REPORT}",
            ),
            insert=f"{OWN} AND {OF_A_VISIBLE_REPORT}",
            update=any_of(scope_is("work"), OWN),
        ),
        migrations.RunSQL(
            "CREATE POLICY intake_stage_delete ON intake_stage FOR DELETE"
            f" USING ({PASSED_ON_OF_A_VISIBLE_REPORT})",
            "DROP POLICY intake_stage_delete ON intake_stage",
        ),
    ]
