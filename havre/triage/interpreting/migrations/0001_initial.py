import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import scope_is, wall


def of_a_report(table: str) -> str:
    return (
        f"{scope_is('work', 'tipline')} AND EXISTS"
        f" (SELECT 1 FROM intake_report r WHERE r.id = {table}.report_id)"
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("intake", "0010_answered_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Wanted',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='intake.report')),
                ('language', models.CharField(max_length=8)),
                ('asked_at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['asked_at', 'report_id'],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_language', models.CharField(max_length=8)),
                ('to_language', models.CharField(max_length=2)),
                ('body', models.BinaryField()),
                ('at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.report')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        wall(
            "interpreting_wanted",
            select=of_a_report("interpreting_wanted"),
            insert=of_a_report("interpreting_wanted"),
            update=of_a_report("interpreting_wanted"),
        ),
        # Nobody alters a translation, nor takes one away.
        wall(
            "interpreting_translation",
            select=of_a_report("interpreting_translation"),
            insert=of_a_report("interpreting_translation"),
        ),
    ]
