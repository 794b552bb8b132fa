from django.db import migrations

from havre.plumbing.walls import scope_is
from havre.plumbing.walls.plainer import asked_apart, in_place, reworded

OF_NONE = f"compartment <> 'exchange' OR {scope_is('work')} OR "


class Migration(migrations.Migration):
    dependencies = [("abroad", "0003_partner_side"), ("evidence", "0003_walls_in_place")]
    operations = [
        asked_apart("exchange_is_seen", "abroad_exchange"),
        reworded(
            "evidence_recordkey",
            "abroad_recordkey_select",
            act="SELECT",
            now=in_place(OF_NONE) + "exchange_is_seen(record)",
            before=OF_NONE
            + "EXISTS (SELECT 1 FROM abroad_exchange t WHERE t.id = evidence_recordkey.record)",
        ),
    ]
