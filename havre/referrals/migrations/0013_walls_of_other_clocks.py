from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is

MINE = f"{scope_is('agency', 'coordinator')} AND agency_id = {AGENCY}"
UNHEARD = f"{scope_is('coordinator')} AND level = 'coordinator'"
OF_A_VISIBLE_REFERRAL = (
    f"{scope_is('work', 'tipline')} AND EXISTS"
    " (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_alarm.referral_id)"
)
OF_ANOTHER_ROOM = f"{scope_is('work')} AND referral_id IS NULL"


def policies(*more: str) -> str:
    seen = any_of(MINE, UNHEARD, OF_A_VISIBLE_REFERRAL, *more)
    changed = any_of(MINE, OF_A_VISIBLE_REFERRAL, *more)
    return (
        "DROP POLICY referrals_alarm_select ON referrals_alarm;"
        " DROP POLICY referrals_alarm_update ON referrals_alarm;"
        f" CREATE POLICY referrals_alarm_select ON referrals_alarm FOR SELECT USING ({seen});"
        " CREATE POLICY referrals_alarm_update ON referrals_alarm FOR UPDATE"
        f" USING ({changed}) WITH CHECK ({changed})"
    )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0012_other_clocks")]
    operations = [migrations.RunSQL(policies(OF_ANOTHER_ROOM), policies())]
