
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0003_provider_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='officer',
            name='one_time_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='officer',
            name='sessions_ended_at',
            field=models.DateTimeField(null=True),
        ),
    ]
