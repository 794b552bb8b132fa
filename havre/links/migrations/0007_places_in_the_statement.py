from django.db import migrations

from havre.plumbing.walls import acts_as, any_of, scope_is
from havre.plumbing.walls.plainer import in_place, reworded

WORK = acts_as("work")
DESK = in_place(scope_is("work", "tipline"))
SEEN = "EXISTS (SELECT 1 FROM identifiers_record k WHERE k.id = links_member.record_id)"


class Migration(migrations.Migration):
    dependencies = [("links", "0006_cores_unasked")]
    # A page reads the places of a whole cluster, some thousand: too many to call a function for.
    operations = [
        reworded(
            "links_member",
            "links_member_select",
            act="SELECT",
            now=any_of(WORK, f"{DESK} AND {SEEN}"),
            before=any_of(WORK, f"{DESK} AND record_is_seen(links_member.record_id)"),
        )
    ]
