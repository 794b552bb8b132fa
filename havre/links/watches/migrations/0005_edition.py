from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("watches", "0004_told")]
    # By which rules a form was written before, nobody knows: it is looked at once.
    operations = [
        migrations.AddField(
            "watch",
            "edition",
            models.BinaryField(db_default=b"", default=b"", max_length=16),
        ),
    ]
