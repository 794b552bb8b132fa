"""Conflicts of interest stand beside the reports, whose walls ask for them.

The table comes from a later room with its rows; its policies ask what they asked.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import any_of, scope_is

A_VISIBLE_REPORT = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = {table}.report_id)"
BEFORE = f"{scope_is('work', 'tipline')} AND {A_VISIBLE_REPORT.format(table='referrals_conflict')}"
# Havre's own stations are asked nothing of the report, whose wall asks here.
NOW = any_of(
    scope_is("work"),
    f"{scope_is('tipline')} AND {A_VISIBLE_REPORT.format(table='intake_conflict')}",
)


def renamed(old: str, new: str, condition: str) -> str:
    return (
        f"ALTER TABLE {old} RENAME TO {new};"
        f" ALTER POLICY {old}_select ON {new} RENAME TO {new}_select;"
        f" ALTER POLICY {old}_insert ON {new} RENAME TO {new}_insert;"
        f" ALTER POLICY {new}_select ON {new} USING ({condition});"
        f" ALTER POLICY {new}_insert ON {new} WITH CHECK ({condition})"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0015_words_apart"),
        ("referrals", "0017_grew"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    renamed("referrals_conflict", "intake_conflict", NOW),
                    renamed("intake_conflict", "referrals_conflict", BEFORE),
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Conflict",
                    fields=[
                        ("id", models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("noted_at", models.DateTimeField(default=havre.plumbing.clock.now)),
                        ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency")),
                        ("noted_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report")),
                    ],
                    options={
                        "ordering": ["noted_at", "id"],
                        "constraints": [models.UniqueConstraint(fields=("report", "agency"), name="a_conflict_is_noted_once_for_a_report")],
                    },
                )
            ],
        )
    ]
