from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0002_walls")]
    operations = [
        migrations.AddField(
            model_name="mention",
            name="near",
            field=models.BinaryField(max_length=16, null=True),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["near"], name="mention_by_near"),
        ),
    ]
