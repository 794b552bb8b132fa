from django.db import migrations

from havre.plumbing.walls import AGENCY, COMPARTMENTS, any_of, scope_is, wall
from havre.plumbing.walls.elsewhere import asked_by_the_owner, but_for
from havre.plumbing.walls.plainer import asked_apart, in_place

WORK = scope_is("work")
HELD = f"compartment = ANY ({COMPARTMENTS})"
DESK = f"{scope_is('coordinator')} AND agency_id = {AGENCY} AND {HELD}"
RECEIVER = (
    f"{scope_is('agency')} AND to_agency_id = {AGENCY} AND taken_back_at IS NULL AND {HELD}"
)
BY_ONESELF = "by_id = (SELECT replace(current_setting('havre.actor', true), 'officer:', ''))::uuid"
# It is what the row says: of that exchange, under the code and the limits that its sender set.
AS_IT_WAS_SENT = (
    "EXISTS (SELECT 1 FROM enclosures_enclosure e JOIN dispatches_passage p ON p.id = e.passage_id"
    " JOIN dispatches_dispatch d ON d.id = e.dispatch_id"
    " WHERE e.id = enclosure_id AND d.exchange_id = passing_passeddocument.exchange_id"
    " AND d.agency_id = passing_passeddocument.agency_id"
    " AND d.partner_id = passing_passeddocument.partner_id"
    " AND d.compartment = passing_passeddocument.compartment"
    " AND p.handling = passing_passeddocument.handling"
    " AND p.caveats = passing_passeddocument.caveats"
    " AND e.sha256 = passing_passeddocument.sha256)"
)
# Its use was assessed for this wording, last of all, and cleared.
CLEARED = (
    "(SELECT a.revision = e.revision AND (a.decision = 'allow' OR (a.decision = ''"
    " AND NOT a.is_escalated AND a.risk = 'not-substantial'))"
    " FROM abroad_assessment a JOIN abroad_exchange e ON e.id = a.exchange_id"
    " WHERE a.exchange_id = passing_passeddocument.exchange_id AND 'use' = ANY (a.acts)"
    " ORDER BY a.id DESC LIMIT 1)"
)
NAMES_SOMEBODY = (
    "EXISTS (SELECT FROM abroad_link l LEFT JOIN referrals_referral r ON r.id = l.referral_id"
    " LEFT JOIN cases_casereport k ON k.case_id = l.case_id"
    " JOIN intake_conflict c ON c.report_id IN (l.report_id, r.report_id, k.report_id)"
    " WHERE l.exchange_id = $1 AND c.agency_id = $2)"
)
NOT_ABOUT_THEM = "NOT exchange_names_somebody_of(exchange_id, to_agency_id)"
SEEN = (
    "EXISTS (SELECT 1 FROM passing_passeddocument d WHERE d.id = passing_fetch.document_id{more})"
)
OF_NONE = f"compartment <> 'passed' OR {WORK} OR "
KEYS = migrations.RunSQL(
    "CREATE POLICY passing_recordkey_select ON evidence_recordkey AS RESTRICTIVE FOR SELECT"
    f" USING ({in_place(OF_NONE)} passed_is_seen(record))",
    "DROP POLICY passing_recordkey_select ON evidence_recordkey",
)


class Migration(migrations.Migration):
    dependencies = [
        ("passing", "0001_initial"),
        ("cases", "0007_conflicts_elsewhere"),
        ("dispatches", "0005_keys_in_place"),
    ]
    operations = [
        asked_by_the_owner("exchange_names_somebody_of", "uuid, uuid", NAMES_SOMEBODY),
        # Havre alone changes a row, to take it back.
        wall(
            "passing_passeddocument",
            select=any_of(WORK, DESK, RECEIVER),
            insert=f"{DESK} AND {BY_ONESELF} AND {AS_IT_WAS_SENT} AND {CLEARED}"
            f" AND {NOT_ABOUT_THEM}",
            update=WORK,
        ),
        but_for("passing_passeddocument", "exchange_is_in_conflict(exchange_id)"),
        but_for(
            "passing_passeddocument",
            f"(to_agency_id = {in_place(AGENCY)}"
            " AND exchange_names_somebody_of(exchange_id, to_agency_id))",
            name="ours",
            of_all=True,
        ),
        wall(
            "passing_fetch",
            select=f"{scope_is('work', 'agency', 'coordinator')} AND {SEEN.format(more='')}",
            # Whom it was passed on to, in their own name.
            insert=f"{scope_is('agency')} AND {BY_ONESELF} AND "
            + SEEN.format(more=f" AND d.to_agency_id = {AGENCY}"),
        ),
        asked_apart("passed_is_seen", "passing_passeddocument"),
        KEYS,
    ]
