import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import any_of, scope_is, wall

KEEPERS = scope_is("work", "tipline", "coordinator")
# What was put in force is never changed again, whoever asks.
OPEN = f"{KEEPERS} AND activated_at IS NULL"
SEEN = (
    f"{scope_is('work', 'tipline')} AND EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = policies_seen.report_id)"
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("intake", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("number", models.IntegerField(unique=True)),
                ("kind", models.CharField(choices=[("change", "change"), ("return", "return")], max_length=10)),
                ("version", models.CharField(max_length=40)),
                ("based_on", models.CharField(max_length=40)),
                ("changes", models.JSONField(default=list)),
                ("text", models.TextField(blank=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("reason", models.TextField(blank=True)),
                ("drafted_at", models.DateTimeField(default=havre.plumbing.clock.now)),
                ("proposed_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("activated_at", models.DateTimeField(null=True)),
                ("effective_at", models.DateTimeField(null=True)),
                ("signature", models.BinaryField(null=True)),
                ("activated_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("drafted_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("returns_to", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policies.proposal")),
                ("withdrawn_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("activated_by", None), models.Q(("activated_by", models.F("drafted_by")), _negated=True), _connector="OR"), name="a_policy_is_put_in_force_by_another_person"),
                    models.UniqueConstraint(condition=models.Q(("proposed_at", None), ("withdrawn_at", None)), fields=("drafted_by",), name="an_officer_has_one_draft_of_a_policy"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("report", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to="intake.report")),
                ("factors", models.JSONField(default=list)),
                ("policy", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=havre.plumbing.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Simulation",
            fields=[
                ("id", models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("against", models.CharField(max_length=40)),
                ("days", models.SmallIntegerField()),
                ("asked_at", models.DateTimeField(default=havre.plumbing.clock.now)),
                ("total", models.IntegerField()),
                ("done", models.IntegerField(default=0)),
                ("reached", models.UUIDField(null=True)),
                ("result", models.JSONField(default=dict)),
                ("finished_at", models.DateTimeField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("proposal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="simulations", to="policies.proposal")),
            ],
            options={"ordering": ["-id"]},
        ),
        wall(
            "policies_proposal",
            select=any_of(KEEPERS, f"{scope_is('agency')} AND activated_at IS NOT NULL"),
            insert=OPEN,
        ),
        migrations.RunSQL(
            "CREATE POLICY policies_proposal_update ON policies_proposal FOR UPDATE"
            f" USING ({OPEN}) WITH CHECK ({KEEPERS})",
            "DROP POLICY policies_proposal_update ON policies_proposal",
        ),
        wall("policies_simulation", select=KEEPERS, insert=KEEPERS, update=KEEPERS),
        wall("policies_seen", select=SEEN, insert=SEEN, update=SEEN),
    ]
