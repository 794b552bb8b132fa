from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_walls")]
    operations = [
        migrations.AddField(
            model_name="referral",
            name="rule",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="referral",
            name="title",
            field=models.JSONField(default=list),
        ),
    ]
