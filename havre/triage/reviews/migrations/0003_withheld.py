from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_opened")]
    operations = [
        migrations.AlterField(
            "review",
            "kind",
            models.CharField(
                choices=[("lane", "lane"), ("referral", "referral"), ("withheld", "withheld")],
                max_length=10,
            ),
        ),
    ]
