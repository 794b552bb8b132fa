from django.db import migrations

from havre.plumbing.walls import acts_as, any_of

# What stands in words on which nobody decided yet is given to no agency, whatever else it has.
DECIDED = any_of(acts_as("work", "tipline"), "left(field, 8) <> 'message.'")


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0008_walls_of_stations")]
    operations = [
        migrations.RunSQL(
            "CREATE POLICY identifiers_mention_decided ON identifiers_mention AS RESTRICTIVE"
            f" FOR SELECT USING ({DECIDED})",
            "DROP POLICY identifiers_mention_decided ON identifiers_mention",
        ),
    ]
