from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0010_no_mention_is_changed")]
    # What is no suspect's name resembles nothing: of most mentions there is nothing to list.
    operations = [
        migrations.RemoveIndex("mention", "newest_mention_by_near"),
        migrations.AddIndex(
            "mention",
            models.Index(
                fields=["near", "-record"],
                condition=models.Q(near__isnull=False),
                name="newest_mention_by_near",
            ),
        ),
    ]
