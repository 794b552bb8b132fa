"""When the evidence of what waits may be gone: two days on its row."""

import django.db.models.functions.comparison
from django.db import migrations, models

# No desk sees the providers' own rows: the days are copied as one of Havre's stations.
FILL = (
    "SELECT set_config('havre.scope', 'work', true);"
    " UPDATE triage_queueitem q SET kept_until = p.until"
    " FROM law_preservation p WHERE p.report_id = q.report_id;"
    " SELECT set_config('havre.scope', '', true)"
)


class Migration(migrations.Migration):
    dependencies = [("triage", "0008_behind"), ("law", "0002_walls")]
    operations = [
        migrations.AddField("queueitem", "kept_until", models.DateField(null=True)),
        migrations.AddField("queueitem", "logs_until", models.DateField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RemoveIndex("queueitem", "queue_listed"),
        migrations.AddIndex(
            "queueitem",
            models.Index(
                fields=["rank", "-risk", "queued_at", "report"],
                include=[
                    *("compartment", "band", "channel", "language", "quarantined"),
                    *("needs_attention", "claimed_by", "claimed_at", "behind"),
                    *("bundle", "scored_band", "strong_links", "kept_until", "logs_until"),
                ],
                name="queue_listed",
            ),
        ),
        migrations.AddIndex(
            "queueitem",
            models.Index(
                django.db.models.functions.comparison.Least("kept_until", "logs_until"),
                models.F("report"),
                condition=models.Q(
                    ("kept_until__isnull", False), ("logs_until__isnull", False), _connector="OR"
                ),
                name="queue_running_out",
            ),
        ),
    ]
