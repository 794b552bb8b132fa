from django.db import migrations

from havre.plumbing.walls import acts_as, any_of, scope_is
from havre.plumbing.walls.plainer import reworded

DESK = scope_is("work", "tipline")
WORK = acts_as("work")


def seen(column: str) -> str:
    return f"EXISTS (SELECT 1 FROM identifiers_record k WHERE k.id = {column})"


def both_seen(table: str) -> str:
    return f"{DESK} AND {seen(f'{table}.left_id')} AND {seen(f'{table}.right_id')}"


CONDITIONS = {
    "links_member": f"{DESK} AND {seen('links_member.record_id')}",
    "links_proposal": both_seen("links_proposal"),
    "links_judgement": both_seen("links_judgement"),
}


class Migration(migrations.Migration):
    dependencies = [("links", "0002_cores"), ("identifiers", "0008_walls_of_stations")]
    # Havre's stations see every report: of them nothing need be asked for each row that they meet.
    operations = [
        reworded(
            table,
            f"{table}_select",
            act="SELECT",
            now=any_of(WORK, condition),
            before=condition,
        )
        for table, condition in CONDITIONS.items()
    ]
