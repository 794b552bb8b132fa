import django.db.models.deletion
import havre.plumbing.clock
import havre.plumbing.ids
from django.conf import settings
from django.db import migrations, models

from havre.plumbing.walls import any_of, scope_is, setting, wall

# The desk: of its compartments, and what is about no report. The coordinator: every number.
PAGE = (
    f"{scope_is('tipline')} AND (report_id IS NULL OR EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = paging_page.report_id))"
)
CALL = (
    f"{scope_is('tipline', 'coordinator')} AND EXISTS"
    " (SELECT 1 FROM paging_page p WHERE p.id = paging_call.page_id)"
)
MINE = f"{setting('actor')} = 'officer:' || officer_id"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0005_engineers'),
        ('intake', '0002_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('officer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('webhook', models.URLField(blank=True, max_length=300)),
                ('turn', models.SmallIntegerField(default=1)),
                ('said_at', models.DateTimeField(default=havre.plumbing.clock.now)),
            ],
            options={
                'verbose_name_plural': 'reaches',
                'ordering': ['officer'],
            },
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('report', 'report')], max_length=20)),
                ('reference', models.CharField(blank=True, max_length=20)),
                ('compartment', models.CharField(blank=True, max_length=30)),
                ('written_at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('next_at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('round', models.SmallIntegerField(default=1)),
                ('nobody_on_call', models.BooleanField(default=False)),
                ('missed_at', models.DateTimeField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_because', models.CharField(blank=True, choices=[('left-lane', 'left-lane')], max_length=20)),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.report')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('rung', models.CharField(choices=[('coordinator', 'coordinator'), ('on-call', 'on-call'), ('supervisor', 'supervisor')], max_length=20)),
                ('round', models.SmallIntegerField()),
                ('way', models.CharField(blank=True, choices=[('email', 'email'), ('', ''), ('sms', 'sms'), ('webhook', 'webhook')], max_length=10)),
                ('called_at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('next_try_at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('tries', models.SmallIntegerField(default=0)),
                ('failed_as', models.CharField(blank=True, max_length=60)),
                ('sent_at', models.DateTimeField(null=True)),
                ('given_up_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='paging.page')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='page',
            index=models.Index(condition=models.Q(('acknowledged_at', None), ('ended_at', None)), fields=['next_at'], name='pages_that_wait'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.UniqueConstraint(condition=models.Q(('acknowledged_at', None), ('ended_at', None), ('report__isnull', False)), fields=('report',), name='one_page_of_a_report_waits_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('given_up_at', None), ('sent_at', None)), fields=['next_try_at'], name='calls_to_send'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(fields=('page', 'round', 'officer', 'way'), name='a_person_is_called_once_by_each_way_in_a_round'),
        ),
        wall(
            "paging_page",
            select=any_of(scope_is("work", "coordinator"), PAGE),
            insert=any_of(scope_is("work"), PAGE),
            update=any_of(scope_is("work", "coordinator"), PAGE),
        ),
        wall(
            "paging_call",
            select=any_of(scope_is("work"), CALL),
            insert=scope_is("work"),
            update=scope_is("work"),
        ),
        wall(
            "paging_reach",
            select=any_of(scope_is("work"), MINE),
            insert=MINE,
            update=MINE,
        ),
    ]
