import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0008_keys_asked_again")]
    operations = [
        migrations.AddField(
            model_name="officer",
            name="interprets",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=8), default=list, size=None
            ),
        ),
    ]
