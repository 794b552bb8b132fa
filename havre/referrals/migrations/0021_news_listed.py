from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0020_warned")]
    operations = [
        migrations.AddIndex(
            "referral",
            models.Index(
                fields=["to_agency", "state", "band", "answer_by", "id"],
                include=["report", "assigned_to", "news_at", "seen_at"],
                condition=models.Q(news_at__gt=models.F("seen_at")),
                name="referral_news",
            ),
        ),
    ]
