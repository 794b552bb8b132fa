from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_walls")]
    operations = [
        migrations.AddField(
            "notification", "said", models.CharField(blank=True, default="", max_length=64), preserve_default=False
        ),
    ]
