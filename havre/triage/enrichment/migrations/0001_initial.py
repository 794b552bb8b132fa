import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import havre.plumbing.clock
import havre.plumbing.ids
from havre.plumbing.walls import any_of, scope_is, wall

A_REPORT = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = enrichment_note.report_id)"
A_NOTE = "EXISTS (SELECT 1 FROM enrichment_note n WHERE n.id = enrichment_notetext.note_id)"
# What stands and is not kept back: of a note that was corrected an addressee reads nothing more.
GIVEN = (
    "EXISTS (SELECT 1 FROM enrichment_note n WHERE n.id = enrichment_notetext.note_id"
    " AND n.kept_back = '' AND NOT EXISTS"
    " (SELECT 1 FROM enrichment_note later WHERE later.corrects_id = n.id))"
)
DESK, ADDRESSEE = scope_is("work", "tipline"), scope_is("agency", "coordinator")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("intake", "0010_answered_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=havre.plumbing.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('archive', 'archive'), ('article', 'article'), ('map', 'map'), ('other', 'other'), ('profile', 'profile'), ('register', 'register'), ('search', 'search'), ('site', 'site')], max_length=20)),
                ('looked_at', models.DateTimeField()),
                ('role', models.CharField(max_length=30)),
                ('written_at', models.DateTimeField(default=havre.plumbing.clock.now)),
                ('kept_back', models.CharField(blank=True, choices=[('beyond-need', 'beyond-need'), ('names-others', 'names-others'), ('not-certain', 'not-certain'), ('source-at-risk', 'source-at-risk')], max_length=20)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='enrichment.note')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.report')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='NoteText',
            fields=[
                ('note', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='text', serialize=False, to='enrichment.note')),
                ('body', models.BinaryField()),
            ],
            options={
                'ordering': ['note'],
            },
        ),
        # Nobody alters a note, nor takes one away.
        wall(
            "enrichment_note",
            select=f"{scope_is('work', 'tipline', 'agency', 'coordinator')} AND {A_REPORT}",
            insert=f"{DESK} AND {A_REPORT}",
        ),
        wall(
            "enrichment_notetext",
            select=any_of(f"{DESK} AND {A_NOTE}", f"{ADDRESSEE} AND {GIVEN}"),
            insert=f"{DESK} AND {A_NOTE}",
        ),
    ]
