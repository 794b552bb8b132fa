import django.db.models.deletion
from django.db import migrations, models

from havre.plumbing.walls import scope_is, wall

DESK = (
    f"{scope_is('work', 'tipline')} AND EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = splitting_incidentscore.report_id)"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [("intake", "0013_parts")]

    operations = [
        migrations.CreateModel(
            name='IncidentScore',
            fields=[
                ('incident', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='intake.incident')),
                ('band', models.CharField(max_length=1)),
                ('rule', models.CharField(max_length=60)),
                ('risk', models.SmallIntegerField()),
                ('action', models.SmallIntegerField()),
                ('reasons', models.JSONField(default=list)),
                ('gaps', models.JSONField(default=list)),
                ('title', models.JSONField(default=list)),
                ('policy', models.CharField(max_length=40)),
                ('strong_links', models.SmallIntegerField(default=0)),
                ('suggested', models.JSONField(default=list)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.report')),
            ],
            options={
                'ordering': ['incident'],
            },
        ),
        wall("splitting_incidentscore", select=DESK, insert=DESK, update=DESK, delete=DESK),
    ]
