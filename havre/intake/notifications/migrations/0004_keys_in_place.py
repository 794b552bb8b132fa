from django.db import migrations

from havre.plumbing.walls import AGENCY, scope_is
from havre.plumbing.walls.plainer import in_place

TOLD = (
    f"compartment <> 'police-notification' OR {scope_is('work')} OR"
    f" ({scope_is('agency')} AND recipient = 'agency:' || {AGENCY})"
)
REWORD = "ALTER POLICY notifications_recordkey ON evidence_recordkey USING "


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_said"), ("evidence", "0003_walls_in_place")]
    operations = [migrations.RunSQL(f"{REWORD}({in_place(TOLD)})", f"{REWORD}({TOLD})")]
