from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0016_whole_because")]
    operations = [
        migrations.AddField("referral", "grew_at", models.DateTimeField(null=True)),
    ]
