from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0003_mention_near")]
    operations = [
        migrations.AddIndex(
            "mention", models.Index(fields=[key, "-record"], name=f"newest_mention_by_{key}")
        )
        for key in ("near", "token")
    ] + [migrations.RemoveIndex("mention", f"mention_by_{key}") for key in ("near", "token")]
