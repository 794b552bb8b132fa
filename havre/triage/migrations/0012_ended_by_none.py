"""A process that does not know the column yet goes on writing."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0011_ended_by_words")]
    operations = [
        migrations.AlterField(
            "override",
            "ended_by_words",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), db_default=[], default=list, size=None
            ),
        ),
    ]
