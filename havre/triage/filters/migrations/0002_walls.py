from django.db import migrations

from havre.plumbing.walls import AGENCY, acts_as, any_of, setting, wall

ACTOR = setting("actor")
DESK = f"{acts_as('tipline')} AND agency_id = {AGENCY}"
MINE = f"'officer:' || owner_id::text = {ACTOR}"
SEEN = any_of(acts_as("work"), f"{DESK} AND ({MINE} OR is_shared)")
# Who may keep a shared one is a permit; that nobody touches another's own stands here.
KEPT = f"{DESK} AND ({MINE} OR is_shared)"
MY_START = f"{acts_as('tipline')} AND 'officer:' || officer_id::text = {ACTOR}"
# Whoever deletes a shared filter takes it from those who begin with it.
OF_A_SEEN_FILTER = (
    f"{acts_as('tipline')} AND EXISTS"
    " (SELECT 1 FROM filters_savedfilter f WHERE f.id = filters_start.filter_id)"
)


class Migration(migrations.Migration):
    dependencies = [("filters", "0001_initial")]
    operations = [
        wall("filters_savedfilter", select=SEEN, insert=KEPT, update=KEPT, delete=KEPT),
        wall(
            "filters_start",
            select=any_of(acts_as("work"), MY_START, OF_A_SEEN_FILTER),
            insert=f"{MY_START} AND {OF_A_SEEN_FILTER}",
            update=MY_START,
            delete=OF_A_SEEN_FILTER,
        ),
    ]
