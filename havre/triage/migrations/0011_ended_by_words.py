import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0010_incidents")]
    operations = [
        migrations.AddField(
            "override",
            "ended_by_words",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
    ]
