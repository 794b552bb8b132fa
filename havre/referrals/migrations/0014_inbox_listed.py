from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0013_walls_of_other_clocks")]
    operations = [
        migrations.AddIndex(
            "referral",
            models.Index(
                fields=["to_agency", "state", "band", "answer_by", "id"],
                include=["report", "act_by", "acted_at", "assigned_to", "news_at", "seen_at"],
                name="referral_inbox",
            ),
        ),
    ]
