"""A process that does not know the column yet goes on writing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0020_described_without_index")]
    operations = [
        migrations.AlterField(
            "message",
            "kept_because",
            models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
    ]
