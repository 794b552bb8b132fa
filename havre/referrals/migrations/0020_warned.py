from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0019_provider_notified")]
    operations = [
        migrations.AddField(
            model_name="referral", name="warned_at", field=models.DateTimeField(null=True)
        ),
    ]
