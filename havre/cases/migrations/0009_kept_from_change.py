"""What is kept from somebody who belongs elsewhere too, they do not change or delete either.

An order that reads no column asks no policy of SELECT: every policy by which somebody may change or
delete a row has one beside it that keeps back the same rows. And a line of the log is kept that is
about an exchange about such a report.
"""

from django.db import migrations

from havre.plumbing.walls.elsewhere import ELSEWHERE, asked_by_the_owner, but_for, shown_to_the_owner

# By which column a table names its report, and what may be done with its rows.
OF_REPORTS = {
    "alike_alike": ("report_id", "UPDATE"),
    "bundles_outline": ("report_id", "UPDATE"),
    "evidence_recordkey": ("record", "DELETE"),
    "law_addressreport": ("report_id", "UPDATE"),
    "paging_page": ("report_id", "UPDATE"),
    "thin_thinreport": ("report_id", "UPDATE"),
    "triage_queueitem": ("report_id", "DELETE"),
}
OF_A_LINE_ABROAD = (
    "EXISTS (SELECT FROM abroad_link l JOIN abroad_exchange e ON e.id = l.exchange_id"
    " LEFT JOIN dispatches_dispatch d ON d.exchange_id = e.id"
    " LEFT JOIN referrals_referral r ON r.id = l.referral_id"
    " LEFT JOIN cases_casereport k ON k.case_id = l.case_id"
    " JOIN intake_conflict c ON c.report_id IN (l.report_id, r.report_id, k.report_id)"
    f" WHERE c.agency_id = ANY ({ELSEWHERE}) AND (strpos($1, e.id::text) > 0 OR strpos($1, e.reference) > 0"
    " OR strpos($1, d.id::text) > 0))"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_name_keys_within_case")]
    operations = [
        *(
            but_for(table, f"coalesce(report_is_in_conflict({column}), false)", act)
            for table, (column, act) in OF_REPORTS.items()
        ),
        *map(shown_to_the_owner, ("abroad_exchange", "dispatches_dispatch")),
        asked_by_the_owner("line_is_of_kept_exchange", "text", OF_A_LINE_ABROAD),
        but_for(
            "audit_entry",
            "line_is_of_kept_exchange(about || details::text)",
            name="exchange_elsewhere",
        ),
    ]
