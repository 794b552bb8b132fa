from django.db import migrations, models

from havre.referrals.notices.rules import NewsKind


class Migration(migrations.Migration):
    dependencies = [("notices", "0005_words_came")]
    operations = [
        migrations.AlterField(
            model_name="news",
            name="kind",
            field=models.CharField(
                choices=[(kind.value, kind.value) for kind in NewsKind], max_length=20
            ),
        ),
    ]
