from django.db import migrations

from havre.plumbing.walls import scope_is, wall

OF_A_VISIBLE_REFERRAL = (
    f"{scope_is('work', 'tipline', 'agency', 'coordinator')} AND EXISTS"
    " (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_package.referral_id)"
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_packages")]
    operations = [
        wall(
            "referrals_package",
            select=OF_A_VISIBLE_REFERRAL,
            insert=OF_A_VISIBLE_REFERRAL,
        )
    ]
