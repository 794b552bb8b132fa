from django.db import migrations

from havre.plumbing.walls import AGENCY, COMPARTMENTS, any_of, scope_is, wall

WORK = scope_is("work")
COORDINATOR = scope_is("coordinator")
READS = (
    f"{scope_is('agency', 'coordinator')} AND compartment = ANY ({COMPARTMENTS})"
    f" AND EXISTS (SELECT 1 FROM agencies_agency a WHERE a.id = {AGENCY}"
    " AND a.kind IN ('border', 'national-centre', 'police'))"
)
OWN = f"{READS} AND agency_id = {AGENCY}"
UP = f"{READS} AND withdrawn_at IS NULL AND expires_at > transaction_timestamp()"
ANY_OF_A_COORDINATOR = f"{COORDINATOR} AND {READS}"
STAFF = scope_is("agency", "coordinator")
SEEN = "EXISTS (SELECT 1 FROM bulletins_notice n WHERE n.id = bulletins_mark.notice_id)"
OF_OWN_NOTICE = (
    f"{STAFF} AND EXISTS (SELECT 1 FROM bulletins_notice n"
    f" WHERE n.id = bulletins_mark.notice_id AND n.agency_id = {AGENCY})"
)
# Beside an agency's own wraps: those of a board, for whoever sees the notice.
KEYS = migrations.RunSQL(
    "CREATE POLICY bulletins_recordkey_select ON evidence_recordkey FOR SELECT"
    f" USING ({STAFF} AND compartment = 'board' AND EXISTS"
    " (SELECT 1 FROM bulletins_notice n WHERE n.id = evidence_recordkey.record))",
    "DROP POLICY bulletins_recordkey_select ON evidence_recordkey",
)


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0001_initial"), ("evidence", "0002_walls")]
    operations = [
        wall(
            "bulletins_notice",
            select=any_of(WORK, OWN, UP, ANY_OF_A_COORDINATOR),
            insert=any_of(WORK, OWN),
            update=any_of(WORK, OWN, ANY_OF_A_COORDINATOR),
        ),
        wall(
            "bulletins_mark",
            select=any_of(WORK, f"{STAFF} AND agency_id = {AGENCY}", OF_OWN_NOTICE),
            insert=any_of(WORK, f"{STAFF} AND agency_id = {AGENCY} AND {SEEN}"),
        ),
        KEYS,
    ]
