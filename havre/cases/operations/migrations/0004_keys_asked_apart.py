from django.db import migrations

from havre.plumbing.walls import scope_is
from havre.plumbing.walls.plainer import asked_apart, in_place, reworded

OF_NONE = f"compartment <> 'operation' OR {scope_is('work')} OR "


class Migration(migrations.Migration):
    dependencies = [("operations", "0003_tighter_walls"), ("evidence", "0003_walls_in_place")]
    operations = [
        asked_apart("operation_is_seen", "operations_operation"),
        reworded(
            "evidence_recordkey",
            "operations_recordkey_select",
            act="SELECT",
            now=in_place(OF_NONE) + "operation_is_seen(record)",
            before=OF_NONE
            + "EXISTS (SELECT 1 FROM operations_operation t WHERE t.id = evidence_recordkey.record)",
        ),
    ]
