from django.db import migrations

from havre.plumbing.walls import acts_as, any_of, scope_is
from havre.plumbing.walls.plainer import reworded

RECORD_VISIBLE = (
    "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = identifiers_record.report_id)"
)
MENTION_VISIBLE = (
    "EXISTS (SELECT 1 FROM identifiers_record k WHERE k.id = identifiers_mention.record_id)"
)
READERS = scope_is("work", "tipline", "agency", "coordinator")
# Havre's stations see every report: of them nothing need be asked for each row that they meet.
WORK = acts_as("work")


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0007_mention_parts")]
    operations = [
        reworded(
            "identifiers_record",
            "identifiers_record_select",
            act="SELECT",
            now=any_of(f"{WORK} AND report_id IS NOT NULL", f"{READERS} AND {RECORD_VISIBLE}"),
            before=f"{READERS} AND {RECORD_VISIBLE}",
        ),
        reworded(
            "identifiers_mention",
            "identifiers_mention_select",
            act="SELECT",
            now=any_of(WORK, f"{READERS} AND {MENTION_VISIBLE}"),
            before=f"{READERS} AND {MENTION_VISIBLE}",
        ),
    ]
