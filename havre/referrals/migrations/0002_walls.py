from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

DESK = (
    f"{scope_is('work', 'tipline')} AND EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = referrals_referral.report_id)"
)
ADDRESSEE = f"{scope_is('agency', 'coordinator')} AND to_agency_id = {AGENCY}"
OF_A_VISIBLE_REFERRAL = (
    f"{scope_is('work', 'tipline', 'agency', 'coordinator')} AND EXISTS"
    " (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_outcome.referral_id)"
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("intake", "0002_walls")]
    operations = [
        wall(
            "referrals_referral",
            select=any_of(DESK, ADDRESSEE),
            insert=DESK,
            update=any_of(DESK, ADDRESSEE),
        ),
        wall(
            "referrals_outcome",
            select=OF_A_VISIBLE_REFERRAL,
            insert=OF_A_VISIBLE_REFERRAL,
        ),
    ]
