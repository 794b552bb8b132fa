from django.db import migrations

from havre.plumbing.walls import AGENCY, PROVIDER, any_of, scope_is, wall

WORK = scope_is("work")
# Not "coordinator", not "tipline": whoever else asks finds nothing.
NOTIFIED = f"{scope_is('agency')} AND agency_id = {AGENCY}"
NOTIFIER = f"{scope_is('provider')} AND provider_id = {PROVIDER}"
# The notification's own wall stands before: nobody opens what was not told to them.
TOLD = (
    "EXISTS (SELECT 1 FROM notifications_notification n"
    " WHERE n.id = notifications_opening.notification_id)"
)
# Beside the other policies of the keys: these open for the service that was notified alone,
# whatever compartments somebody holds.
KEYS = migrations.RunSQL(
    "CREATE POLICY notifications_recordkey ON evidence_recordkey AS RESTRICTIVE FOR ALL"
    f" USING (compartment <> 'police-notification' OR {WORK} OR"
    f" ({scope_is('agency')} AND recipient = 'agency:' || {AGENCY}))",
    "DROP POLICY notifications_recordkey ON evidence_recordkey",
)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("evidence", "0002_walls")]
    operations = [
        wall(
            "notifications_notification",
            select=any_of(WORK, NOTIFIED, NOTIFIER),
            insert=any_of(WORK, NOTIFIER),
            update=WORK,
        ),
        wall(
            "notifications_opening",
            select=any_of(WORK, NOTIFIED),
            insert=any_of(WORK, f"{NOTIFIED} AND {TOLD}"),
        ),
        KEYS,
    ]
