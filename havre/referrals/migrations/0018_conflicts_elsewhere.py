from django.db import migrations


class Migration(migrations.Migration):
    """Conflicts of interest went to the room of the reports, table and rows."""

    dependencies = [("referrals", "0017_grew"), ("intake", "0016_conflicts")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="Conflict")]
        )
    ]
