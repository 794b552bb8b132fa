from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

STAFF = scope_is("agency", "coordinator")
WORK = scope_is("work")
LEADS = f"{STAFF} AND agency_id = {AGENCY}"
OPEN = "(p.opens_at IS NULL OR p.opens_at <= transaction_timestamp())"
TAKES_PART = (
    f"{STAFF} AND EXISTS (SELECT 1 FROM operations_partner p WHERE"
    f" p.operation_id = operations_operation.id AND p.agency_id = {AGENCY}"
    f" AND p.until IS NULL AND {OPEN})"
)
# The operation's own wall stands before: whoever sees it not finds no target by it.
SEEN = "EXISTS (SELECT 1 FROM operations_operation o WHERE o.id = operations_target.operation_id)"
GIVES = f"{STAFF} AND from_agency_id = {AGENCY} AND {SEEN}"
ACTS = f"{STAFF} AND agency_id = {AGENCY} AND {SEEN}"
LEAD_OF_PARTNER = f"{STAFF} AND lead_id = {AGENCY}"
OWN_PART = (
    f"{STAFF} AND agency_id = {AGENCY}"
    " AND (opens_at IS NULL OR opens_at <= transaction_timestamp())"
)
KEYS = migrations.RunSQL(
    "CREATE POLICY operations_recordkey_select ON evidence_recordkey AS RESTRICTIVE FOR SELECT"
    f" USING (compartment <> 'operation' OR {WORK} OR EXISTS"
    " (SELECT 1 FROM operations_operation o WHERE o.id = evidence_recordkey.record))",
    "DROP POLICY operations_recordkey_select ON evidence_recordkey",
)


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_initial"), ("evidence", "0002_walls")]
    operations = [
        wall(
            "operations_partner",
            select=any_of(WORK, LEAD_OF_PARTNER, OWN_PART),
            insert=any_of(WORK, LEAD_OF_PARTNER),
            update=any_of(WORK, LEAD_OF_PARTNER),
        ),
        wall(
            "operations_operation",
            select=any_of(WORK, LEADS, TAKES_PART),
            insert=any_of(WORK, LEADS),
            update=any_of(WORK, LEADS),
        ),
        wall(
            "operations_target",
            select=any_of(WORK, GIVES, ACTS),
            insert=any_of(WORK, GIVES),
            update=any_of(WORK, GIVES, ACTS),
        ),
        KEYS,
    ]
