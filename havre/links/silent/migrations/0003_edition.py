from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("silent", "0002_walls")]
    # By which rules a form was written before, nobody knows: it is looked at once.
    operations = [
        migrations.AddField(
            "silentwatch",
            "edition",
            models.BinaryField(db_default=b"", default=b"", max_length=16),
        ),
    ]
