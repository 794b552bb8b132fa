import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import scope_is, wall

OF_A_REPORT = (
    f"{scope_is('work', 'tipline')} AND EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = classifying_classification.report_id)"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("intake", "0010_answered_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Classification',
            fields=[
                ('id', models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('happening', models.CharField(choices=[('family-or-known', 'family-or-known'), ('friend', 'friend'), ('meeting', 'meeting'), ('other', 'other'), ('pictures', 'pictures'), ('saw-online', 'saw-online'), ('threat', 'threat'), ('trafficking', 'trafficking')], max_length=20)),
                ('reason', models.BinaryField()),
                ('at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.incident')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.report')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        # Nobody alters a word, nor takes one away.
        wall("classifying_classification", select=OF_A_REPORT, insert=OF_A_REPORT),
    ]
