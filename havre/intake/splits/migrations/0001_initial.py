import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

A_REPORT = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = splits_part.report_id)"
DESK = f"{scope_is('work', 'tipline')} AND {A_REPORT}"
# An agency knows of the incidents that it was given apart, and of no other.
GIVEN = (
    f"{scope_is('agency', 'coordinator')} AND EXISTS (SELECT 1 FROM intake_share s"
    f" WHERE s.report_id = splits_part.report_id AND s.agency_id = {AGENCY}"
    " AND s.until IS NULL AND splits_part.number = ANY (s.parts))"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("intake", "0013_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.SmallIntegerField()),
                ('pieces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), size=None)),
                ('done_as', models.CharField(blank=True, choices=[('closed', 'closed'), ('referred', 'referred')], default='', max_length=10)),
                ('made_at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.incident')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.report')),
            ],
            options={
                'ordering': ['report', 'number'],
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='an_incident_of_a_split_has_its_number')],
            },
        ),
        wall("splits_part", select=any_of(DESK, GIVEN), insert=DESK, update=DESK),
    ]
