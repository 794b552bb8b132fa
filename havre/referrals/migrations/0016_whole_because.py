from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0015_classified")]
    operations = [
        migrations.AddField(
            "referral",
            "whole_because",
            models.CharField(
                blank=True,
                choices=[
                    ("one-pattern", "one-pattern"),
                    ("one-story", "one-story"),
                    ("safety", "safety"),
                ],
                default="",
                max_length=20,
            ),
        ),
    ]
