from django.db import migrations

from havre.plumbing.walls import scope_is, wall

# A record is visible with the thing it stands for; a mention, with its record.
RECORD_VISIBLE = (
    "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = identifiers_record.report_id)"
)
MENTION_VISIBLE = (
    "EXISTS (SELECT 1 FROM identifiers_record k WHERE k.id = identifiers_mention.record_id)"
)
READERS = scope_is("work", "tipline", "agency", "coordinator")


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0001_initial"), ("intake", "0002_walls")]
    operations = [
        wall(
            "identifiers_record",
            select=f"{READERS} AND {RECORD_VISIBLE}",
            insert=scope_is("work"),
        ),
        wall(
            "identifiers_mention",
            select=f"{READERS} AND {MENTION_VISIBLE}",
            insert=scope_is("work"),
            delete=scope_is("work"),
        ),
    ]
