from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

DESK = (
    f"{scope_is('work', 'tipline')} AND EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = referrals_referral.report_id)"
)
ADDRESSEE = f"{scope_is('agency', 'coordinator')} AND to_agency_id = {AGENCY}"
# What was taken back before anybody opened it was never sent.
SENT_TO_IT = f"{ADDRESSEE} AND state <> 'undone'"
OF_A_VISIBLE_REFERRAL = (
    "EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referrals_remark.referral_id)"
)
REMARKS = any_of(
    f"{scope_is('agency', 'coordinator', 'work')} AND {OF_A_VISIBLE_REFERRAL}",
    # What colleagues of an agency hand over to each other is their own.
    f"{scope_is('tipline')} AND kind <> 'hand-over' AND {OF_A_VISIBLE_REFERRAL}",
)
CONFLICTS = (
    f"{scope_is('work', 'tipline')} AND EXISTS"
    " (SELECT 1 FROM intake_report r WHERE r.id = referrals_conflict.report_id)"
)


def sees(addressee: str) -> str:
    return (
        "DROP POLICY referrals_referral_select ON referrals_referral;"
        " CREATE POLICY referrals_referral_select ON referrals_referral FOR SELECT"
        f" USING ({any_of(DESK, addressee)})"
    )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_sending_and_clocks"), ("intake", "0002_walls")]
    operations = [
        migrations.RunSQL(sees(SENT_TO_IT), sees(ADDRESSEE)),
        wall("referrals_remark", select=REMARKS, insert=REMARKS),
        wall("referrals_conflict", select=CONFLICTS, insert=CONFLICTS),
    ]
