from django.db import migrations

from havre.plumbing.walls import scope_is

# As it was. Rows are written anew with the incidents in which they stand, and never changed.
OF_A_REPORT = "EXISTS (SELECT 1 FROM identifiers_record k WHERE k.id = identifiers_mention.record_id)"
DESK = f"{scope_is('tipline')} AND {OF_A_REPORT}"


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0009_words_waiting")]
    operations = [
        migrations.RunSQL(
            "DROP POLICY identifiers_mention_update ON identifiers_mention",
            "CREATE POLICY identifiers_mention_update ON identifiers_mention FOR UPDATE"
            f" USING ({DESK}) WITH CHECK ({DESK})",
        ),
    ]
