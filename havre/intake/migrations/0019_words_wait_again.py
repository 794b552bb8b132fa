"""A word that was kept back before it was translated waits again: the pipeline may say so alone."""

from django.db import migrations

from havre.plumbing.walls import scope_is

OF_THE_PIPELINE = f"{scope_is('work')} AND from_reporter"


class Migration(migrations.Migration):
    dependencies = [("intake", "0018_less_to_file")]
    operations = [
        migrations.RunSQL(
            "CREATE POLICY intake_message_waits_again ON intake_message FOR UPDATE"
            f" USING ({OF_THE_PIPELINE} AND cardinality(parts) = 0 AND kept_because <> '')"
            f" WITH CHECK ({OF_THE_PIPELINE} AND parts IS NULL)",
            "DROP POLICY intake_message_waits_again ON intake_message",
        ),
    ]
