from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_taken_out")]
    # By which rules a form was written before, nobody knows: it is looked at once.
    operations = [
        migrations.AddField(
            "personidentifier",
            "edition",
            models.BinaryField(db_default=b"", default=b"", max_length=16),
        ),
    ]
