from django.db import migrations

from havre.plumbing.walls import scope_is
from havre.plumbing.walls.plainer import asked_apart, in_place, reworded

OF_A_BOARD = f"{scope_is('agency', 'coordinator')} AND compartment = 'board' AND "


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0002_walls"), ("evidence", "0003_walls_in_place")]
    operations = [
        asked_apart("notice_is_seen", "bulletins_notice"),
        reworded(
            "evidence_recordkey",
            "bulletins_recordkey_select",
            act="SELECT",
            now=in_place(OF_A_BOARD) + "notice_is_seen(record)",
            before=OF_A_BOARD
            + "EXISTS (SELECT 1 FROM bulletins_notice n WHERE n.id = evidence_recordkey.record)",
        ),
    ]
