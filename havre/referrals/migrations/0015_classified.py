from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0014_inbox_listed")]
    operations = [
        migrations.AddField(
            "referral",
            "classified_as",
            models.CharField(blank=True, default="", max_length=20),
        ),
    ]
