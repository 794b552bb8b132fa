from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is

STAFF = scope_is("agency", "coordinator")
WORK = scope_is("work")
SEEN = "EXISTS (SELECT 1 FROM operations_operation o WHERE o.id = operations_target.operation_id)"
GIVES = f"{STAFF} AND from_agency_id = {AGENCY} AND {SEEN}"
ACTS = f"{STAFF} AND agency_id = {AGENCY} AND {SEEN}"
# What another gave is not told before it is sent out.
ACTS_ONCE_TOLD = f"{ACTS} AND (from_agency_id = {AGENCY} OR sent_out_at IS NOT NULL)"


def policies(acts: str) -> str:
    seen = any_of(WORK, GIVES, acts)
    return (
        "DROP POLICY operations_target_select ON operations_target;"
        " DROP POLICY operations_target_update ON operations_target;"
        f" CREATE POLICY operations_target_select ON operations_target FOR SELECT USING ({seen});"
        " CREATE POLICY operations_target_update ON operations_target FOR UPDATE"
        f" USING ({seen}) WITH CHECK ({seen})"
    )


# The policy of partners cannot ask the operations' table, whose own asks it: a key can.
ONE_LEAD = migrations.RunSQL(
    "ALTER TABLE operations_operation ADD CONSTRAINT an_operation_has_one_lead"
    " UNIQUE (id, agency_id);"
    " ALTER TABLE operations_partner ADD CONSTRAINT only_the_lead_invites"
    " FOREIGN KEY (operation_id, lead_id) REFERENCES operations_operation (id, agency_id)",
    "ALTER TABLE operations_partner DROP CONSTRAINT only_the_lead_invites;"
    " ALTER TABLE operations_operation DROP CONSTRAINT an_operation_has_one_lead",
)


class Migration(migrations.Migration):
    dependencies = [("operations", "0002_walls")]
    operations = [migrations.RunSQL(policies(ACTS_ONCE_TOLD), policies(ACTS)), ONE_LEAD]
