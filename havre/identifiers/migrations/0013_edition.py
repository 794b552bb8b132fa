from django.db import migrations, models

from havre.plumbing.walls import acts_as

# Havre's stations note reports; they say by which rules, and change nothing else of a record.
WORK = acts_as("work")


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0012_given_by_its_id")]
    # Whatever was noted before, nobody knows by which rules: it is noted again.
    operations = [
        migrations.AddField(
            "record",
            "edition",
            models.BinaryField(db_default=b"", default=b"", max_length=16),
        ),
        migrations.AddIndex("record", models.Index(fields=["edition"], name="record_by_edition")),
        migrations.AlterField("hush", "cause", models.UUIDField()),
        migrations.AddConstraint(
            "hush",
            models.UniqueConstraint(
                fields=["cause", "token"], name="a_cause_hushes_a_form_once"
            ),
        ),
        migrations.RunSQL(
            "CREATE POLICY identifiers_record_update ON identifiers_record FOR UPDATE"
            f" USING ({WORK}) WITH CHECK ({WORK})",
            "DROP POLICY identifiers_record_update ON identifiers_record",
        ),
    ]
