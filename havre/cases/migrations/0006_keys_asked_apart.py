from django.db import migrations

from havre.plumbing.walls import AGENCY, scope_is
from havre.plumbing.walls.plainer import asked_apart, in_place, reworded

OF_NONE = f"compartment <> 'case' OR {scope_is('work')} OR "
ITS_CASE = "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = evidence_recordkey.record"
FOR_AGENCIES = (
    f"{scope_is('agency', 'coordinator')} AND compartment = 'case'"
    " AND starts_with(recipient, 'agency:') AND "
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_name_keys"), ("evidence", "0003_walls_in_place")]
    operations = [
        asked_apart("case_is_seen", "cases_case"),
        asked_apart("case_is_own", "cases_case", in_place(f"t.agency_id = {AGENCY}")),
        reworded(
            "evidence_recordkey",
            "cases_recordkey_select",
            act="SELECT",
            now=in_place(OF_NONE) + "case_is_seen(record)",
            before=f"{OF_NONE}{ITS_CASE})",
        ),
        reworded(
            "evidence_recordkey",
            "cases_recordkey_insert",
            act="INSERT",
            now=in_place(FOR_AGENCIES) + "case_is_own(record)",
            before=f"{FOR_AGENCIES}{ITS_CASE} AND c.agency_id = {AGENCY})",
        ),
    ]
