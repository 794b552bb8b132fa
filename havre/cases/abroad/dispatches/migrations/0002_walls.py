from django.db import migrations

from havre.plumbing.walls import AGENCY, COMPARTMENTS, any_of, scope_is, wall

WORK = scope_is("work")
HELD = f"compartment = ANY ({COMPARTMENTS})"
DESK = f"{scope_is('coordinator')} AND agency_id = {AGENCY} AND {HELD}"
PARTNER = f"{scope_is('partner')} AND partner_id = {AGENCY} AND {HELD}"
# It is addressed to whom its exchange is with, and to nobody else, whoever writes it.
OF_ITS_EXCHANGE = (
    "EXISTS (SELECT 1 FROM abroad_exchange e WHERE e.id = dispatches_dispatch.exchange_id"
    " AND e.agency_id = dispatches_dispatch.agency_id"
    " AND e.partner_id = dispatches_dispatch.partner_id"
    " AND e.compartment = dispatches_dispatch.compartment"
    " AND e.reference = dispatches_dispatch.reference)"
)


def cleared(exchange: str) -> str:
    """What the desk tells was assessed for this wording, last of all, and cleared."""
    return (
        "(SELECT a.revision = e.revision AND (a.decision = 'allow' OR (a.decision = ''"
        " AND NOT a.is_escalated AND a.risk = 'not-substantial'))"
        " FROM abroad_assessment a JOIN abroad_exchange e ON e.id = a.exchange_id"
        f" WHERE a.exchange_id = {exchange} AND 'disclosure' = ANY (a.acts)"
        " ORDER BY a.id DESC LIMIT 1)"
    )


SEEN = "EXISTS (SELECT 1 FROM dispatches_dispatch d WHERE d.id = dispatches_passage.dispatch_id)"
OF_ITS_DISPATCH = cleared(
    "(SELECT d.exchange_id FROM dispatches_dispatch d WHERE d.id = dispatches_passage.dispatch_id)"
)
BY_ONESELF = "by_id = (SELECT replace(current_setting('havre.actor', true), 'officer:', ''))::uuid"
# A clerk of a partner holds keys of dispatches alone; of a dispatch, whoever sees it does.
KEYS = migrations.RunSQL(
    "CREATE POLICY dispatches_recordkey_partner ON evidence_recordkey FOR SELECT"
    f" USING ({scope_is('partner')} AND compartment = 'dispatch'"
    f" AND recipient = 'agency:' || {AGENCY}); "
    "CREATE POLICY dispatches_recordkey_select ON evidence_recordkey AS RESTRICTIVE FOR SELECT"
    f" USING (compartment <> 'dispatch' OR {WORK} OR EXISTS"
    " (SELECT 1 FROM dispatches_dispatch d WHERE d.id = evidence_recordkey.record))",
    "DROP POLICY dispatches_recordkey_select ON evidence_recordkey;"
    "DROP POLICY dispatches_recordkey_partner ON evidence_recordkey",
)


class Migration(migrations.Migration):
    dependencies = [("dispatches", "0001_initial"), ("evidence", "0002_walls")]
    operations = [
        wall(
            "dispatches_dispatch",
            select=any_of(WORK, DESK, PARTNER),
            insert=f"{OF_ITS_EXCHANGE} AND "
            + any_of(WORK, f"{DESK} AND {cleared('dispatches_dispatch.exchange_id')}"),
            update=f"{OF_ITS_EXCHANGE} AND " + any_of(WORK, DESK),
        ),
        wall(
            "dispatches_passage",
            select=f"{scope_is('work', 'coordinator', 'partner')} AND {SEEN}",
            # The desk speaks without a name; a clerk in their own.
            insert=f"{SEEN} AND "
            + any_of(
                f"{scope_is('coordinator')} AND by_id IS NULL AND {OF_ITS_DISPATCH}",
                f"{scope_is('partner')} AND {BY_ONESELF}",
            ),
        ),
        KEYS,
    ]
