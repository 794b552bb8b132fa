import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BY = models.ForeignKey(
    null=True,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to=settings.AUTH_USER_MODEL,
)
WAITING = models.Q(from_reporter=True, parts=None)


class Migration(migrations.Migration):
    dependencies = [("intake", "0016_conflicts")]
    operations = [
        migrations.AddField("message", "decided_at", models.DateTimeField(null=True)),
        migrations.AddField("message", "decided_by", BY),
        migrations.AddField(
            "message",
            "kept_because",
            models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddIndex(
            "message",
            models.Index(models.F("report"), condition=WAITING, name="words_undecided"),
        ),
    ]
