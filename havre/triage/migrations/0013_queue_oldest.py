"""What waits longest is listed by an index of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0012_ended_by_none")]
    operations = [
        migrations.AddIndex(
            "queueitem", models.Index(fields=["queued_at", "report"], name="queue_oldest")
        ),
    ]
