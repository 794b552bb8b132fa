from django.db import migrations

from havre.plumbing.walls import PROVIDER, any_of, scope_is, wall

OWN = any_of(scope_is("work"), f"{scope_is('provider')} AND provider_id = {PROVIDER}")
DESK = scope_is("work", "tipline")
# The desk keeps the receipts of section 2 for two years, and notes when one was destroyed.
RECEIPTS = migrations.RunSQL(
    f"CREATE POLICY law_addressreport_kept ON law_addressreport FOR SELECT USING ({DESK});"
    " CREATE POLICY law_addressreport_update ON law_addressreport FOR UPDATE"
    f" USING ({DESK}) WITH CHECK ({DESK})",
    "DROP POLICY law_addressreport_kept ON law_addressreport;"
    " DROP POLICY law_addressreport_update ON law_addressreport",
)


class Migration(migrations.Migration):
    dependencies = [("law", "0003_duties")]
    operations = [
        wall("law_deemed", select=OWN, insert=OWN, update=OWN),
        wall("law_incidentnotice", select=DESK, insert=DESK, update=DESK),
        RECEIPTS,
    ]
