"""A report that names somebody of an agency is kept from whoever belongs there, wherever they act.

Asked by the walls of every table that names a report and whose own wall does not ask the report's.
The two halves: the other agencies of whoever acts (`havre.elsewhere`), and, of what others put into
a case, the agency for which they act.
"""

from django.db import migrations

from havre.plumbing.walls import AGENCY, scope_is
from havre.plumbing.walls.elsewhere import ELSEWHERE, asked_by_the_owner, but_for, shown_to_the_owner
from havre.plumbing.walls.plainer import in_place, reworded

OURS = in_place(AGENCY)
IN_CONFLICT = "EXISTS (SELECT FROM intake_conflict c WHERE c.report_id = {report} AND {whose})"
THEIRS = f"c.agency_id = ANY ({ELSEWHERE})"
# A line says which report it is about, or which referral or case, or names them besides.
OF_A_LINE = (
    "EXISTS (SELECT FROM intake_conflict c"
    f" WHERE {THEIRS} AND (strpos($1, c.report_id::text) > 0"
    " OR EXISTS (SELECT FROM referrals_referral r WHERE r.report_id = c.report_id"
    " AND (strpos($1, r.id::text) > 0 OR strpos($1, r.reference) > 0))"
    " OR EXISTS (SELECT FROM cases_casereport l WHERE l.report_id = c.report_id"
    " AND strpos($1, l.case_id::text) > 0)))"
)
OF_A_LINK = (
    "EXISTS (SELECT FROM abroad_link l LEFT JOIN referrals_referral r ON r.id = l.referral_id"
    " LEFT JOIN cases_casereport k ON k.case_id = l.case_id"
    " JOIN intake_conflict c ON c.report_id IN (l.report_id, r.report_id, k.report_id)"
    f" WHERE l.exchange_id = $1 AND {THEIRS})"
)
OF_A_CASE = (
    "EXISTS (SELECT FROM cases_casereport l JOIN cases_case k ON k.id = l.case_id"
    " JOIN intake_conflict c ON c.report_id = l.report_id"
    f" WHERE l.case_id = $1 AND ({THEIRS} OR c.agency_id = {OURS} AND k.agency_id <> {OURS}))"
)
OF_A_REFERRAL = (
    "EXISTS (SELECT FROM referrals_referral r JOIN intake_conflict c ON c.report_id = r.report_id"
    f" WHERE r.id = $1 AND {THEIRS})"
)
OF_AN_EXHIBIT = (
    "EXISTS (SELECT FROM evidence_exhibit e JOIN intake_conflict c ON c.report_id = e.record"
    f" WHERE e.id = $1 AND c.agency_id = {OURS})"
)
# As it was, but that the functions are not asked of which part an agency was given.
APART = (
    f"{scope_is('work', 'tipline', 'provider', 'receipt')} OR NOT EXISTS"
    " (SELECT 1 FROM intake_share s WHERE s.report_id = evidence_exhibit.record"
    f" AND s.agency_id = {AGENCY} AND s.until IS NULL AND s.parts IS NOT NULL)"
    " OR EXISTS (SELECT 1 FROM intake_attachment a WHERE a.exhibit_id = evidence_exhibit.id)"
)
# The tables that name a report, by which column.
OF_REPORTS = {
    "intake_report": "id",
    "intake_share": "report_id",
    "intake_release": "report_id",
    "evidence_recordkey": "record",
    "law_addressreport": "report_id",
    "alike_alike": "report_id",
    "bundles_outline": "report_id",
    "operations_target": "report_id",
    "paging_page": "report_id",
    "sheets_sheet": "report_id",
    "silent_silentalert": "report_id",
    "thin_thinreport": "report_id",
    "triage_queueitem": "report_id",
    "watches_hit": "report_id",
    "referrals_referral": "report_id",
}
# What the functions ask.
ASKED = (
    *("abroad_link", "cases_case", "cases_casereport", "evidence_exhibit", "intake_conflict"),
    "referrals_referral",
)
CHANGED = {
    "intake_share",
    "intake_release",
    "operations_target",
    "referrals_referral",
    "silent_silentalert",
    "triage_queueitem",
    "watches_hit",
}


def of_reports(table: str, column: str) -> migrations.RunSQL:
    acts = ("SELECT", "UPDATE") if table in CHANGED else ("SELECT",)
    return but_for(table, f"coalesce(report_is_in_conflict({column}), false)", *acts)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_keys_asked_apart"),
        ("abroad", "0004_keys_asked_apart"),
        ("alike", "0002_walls"),
        ("audit", "0003_walls_in_place"),
        ("bundles", "0001_initial"),
        ("dispatches", "0004_taken_back"),
        ("evidence", "0004_apart"),
        ("intake", "0016_conflicts"),
        ("law", "0004_walls_of_duties"),
        ("operations", "0004_keys_asked_apart"),
        ("paging", "0003_tests"),
        ("records", "0002_pace"),
        ("referrals", "0018_conflicts_elsewhere"),
        ("sheets", "0003_whom_they_know"),
        ("silent", "0002_walls"),
        ("thin", "0001_initial"),
        ("triage", "0010_incidents"),
        ("watches", "0003_hush"),
    ]
    operations = [
        *map(shown_to_the_owner, ASKED),
        asked_by_the_owner(
            "report_is_in_conflict", "uuid", IN_CONFLICT.format(report="$1", whose=THEIRS)
        ),
        asked_by_the_owner(
            "report_is_kept_from_us",
            "uuid",
            IN_CONFLICT.format(report="$1", whose=f"c.agency_id = {OURS}"),
        ),
        asked_by_the_owner("exhibit_is_kept_from_us", "uuid", OF_AN_EXHIBIT),
        asked_by_the_owner("referral_is_in_conflict", "uuid", OF_A_REFERRAL),
        asked_by_the_owner("case_is_in_conflict", "uuid", OF_A_CASE),
        asked_by_the_owner("exchange_is_in_conflict", "uuid", OF_A_LINK),
        asked_by_the_owner("line_is_in_conflict", "text", OF_A_LINE),
        *(of_reports(table, column) for table, column in OF_REPORTS.items()),
        reworded(
            "evidence_exhibit",
            "evidence_exhibit_apart",
            act="SELECT",
            now=f"{APART} OR current_user <> session_user",
            before=APART,
        ),
        but_for("referrals_alarm", "referral_is_in_conflict(referral_id)", "SELECT", "UPDATE"),
        but_for("cases_grant", "case_is_in_conflict(case_id)", "SELECT", "UPDATE"),
        but_for(
            "operations_target",
            "case_is_in_conflict(case_id)",
            "SELECT",
            "UPDATE",
            name="case_elsewhere",
        ),
        but_for("cases_case", "case_is_in_conflict(id)", "SELECT", "UPDATE"),
        but_for(
            "cases_case",
            f"(agency_id <> {OURS} AND case_is_in_conflict(id))",
            name="ours",
            of_all=True,
        ),
        but_for("cases_casereport", "report_is_kept_from_us(report_id)", name="ours", of_all=True),
        but_for(
            "cases_caseexhibit", "exhibit_is_kept_from_us(exhibit_id)", name="ours", of_all=True
        ),
        but_for("abroad_exchange", "exchange_is_in_conflict(id)", "SELECT", "UPDATE"),
        but_for("dispatches_dispatch", "exchange_is_in_conflict(exchange_id)", "SELECT", "UPDATE"),
        # The first answer to a request of a record system names the referral.
        but_for("records_repeat", "line_is_in_conflict(answer::text)", "SELECT", "UPDATE"),
        but_for("audit_entry", "line_is_in_conflict(about || details::text)"),
    ]
