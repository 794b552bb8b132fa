"""An index that no question uses cost each line of the log."""

from django.db import migrations

# The framework makes it beside each index of a text, for beginnings of words that nobody looks for.
INDEX = "audit_entry_about_5c6a50ac_like"


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_walls_in_place")]
    operations = [
        migrations.RunSQL(
            f"DROP INDEX IF EXISTS {INDEX}",
            f"CREATE INDEX {INDEX} ON audit_entry (about varchar_pattern_ops)",
        ),
    ]
