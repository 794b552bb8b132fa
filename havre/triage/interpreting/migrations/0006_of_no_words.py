"""A process that does not know the column yet goes on writing."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interpreting", "0005_of_words_in_full")]
    operations = [
        migrations.AlterField(
            "translation",
            "of_words",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), db_default=[], default=list, size=None
            ),
        ),
    ]
