from django.db import migrations

from havre.plumbing.walls import scope_is
from havre.plumbing.walls.plainer import asked_apart, in_place, reworded

OF_NONE = f"compartment <> 'dispatch' OR {scope_is('work')} OR "


class Migration(migrations.Migration):
    dependencies = [("dispatches", "0002_walls"), ("evidence", "0003_walls_in_place")]
    operations = [
        asked_apart("dispatch_is_seen", "dispatches_dispatch"),
        reworded(
            "evidence_recordkey",
            "dispatches_recordkey_select",
            act="SELECT",
            now=in_place(OF_NONE) + "dispatch_is_seen(record)",
            before=OF_NONE
            + "EXISTS (SELECT 1 FROM dispatches_dispatch t WHERE t.id = evidence_recordkey.record)",
        ),
    ]
