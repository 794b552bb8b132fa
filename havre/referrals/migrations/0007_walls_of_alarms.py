from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

MINE = f"{scope_is('agency', 'coordinator')} AND agency_id = {AGENCY}"
UNHEARD = f"{scope_is('coordinator')} AND level = 'coordinator'"
OF_A_VISIBLE_REFERRAL = (
    f"{scope_is('work', 'tipline')} AND EXISTS"
    " (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_alarm.referral_id)"
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_alarms"), ("referrals", "0005_walls_of_sending")]
    operations = [
        wall(
            "referrals_alarm",
            select=any_of(MINE, UNHEARD, OF_A_VISIBLE_REFERRAL),
            insert=scope_is("work"),
            # An answer ends the alarms of its own agency, a cancellation those of the desk's.
            update=any_of(MINE, OF_A_VISIBLE_REFERRAL),
        ),
    ]
