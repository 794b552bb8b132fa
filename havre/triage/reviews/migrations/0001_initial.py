import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import any_of, scope_is, setting, wall

DESK = (
    f"{scope_is('work', 'tipline')} AND EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = reviews_review.report_id)"
)
# Nobody knows that a decision of their own was drawn before somebody has read it.
NOT_OWN = f"read_at IS NOT NULL OR {setting('actor')} <> 'officer:' || decided_by_id"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("intake", "0013_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('lane', 'lane'), ('referral', 'referral')], max_length=10)),
                ('subject', models.UUIDField(unique=True)),
                ('band', models.CharField(blank=True, max_length=1)),
                ('channel', models.CharField(max_length=20)),
                ('language', models.CharField(max_length=8)),
                ('sampled_by', models.CharField(max_length=40)),
                ('percent', models.SmallIntegerField()),
                ('known', models.JSONField(default=dict)),
                ('decided_at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('due_at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('verdict', models.CharField(blank=True, choices=[('agree', 'agree'), ('disagree', 'disagree')], max_length=10)),
                ('why', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('instead_band', models.CharField(blank=True, max_length=1)),
                ('note', models.BinaryField(null=True)),
                ('followed_as', models.CharField(blank=True, choices=[('corrected', 'corrected'), ('nothing', 'nothing'), ('reopened', 'reopened'), ('supplemented', 'supplemented')], max_length=15)),
                ('followed_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('followed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.incident')),
                ('instead_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.report')),
            ],
            options={
                'ordering': ['due_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('read_by', None), models.Q(('read_by', models.F('decided_by')), _negated=True), _connector='OR'), name='a_decision_is_read_by_another_person')],
            },
        ),
        wall(
            "reviews_review",
            select=f"{DESK} AND ({any_of(NOT_OWN)})",
            insert=DESK,
            update=DESK,
        ),
    ]
