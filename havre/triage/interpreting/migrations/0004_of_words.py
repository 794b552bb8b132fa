import django.contrib.postgres.fields
from django.db import migrations, models

from havre.plumbing.walls import acts_as, any_of

# Whoever is outside finds of the later words those that they were given: a translation of another
# is no more theirs than the word itself.
GIVEN = any_of(
    acts_as("work", "tipline"),
    "NOT EXISTS (SELECT 1 FROM unnest(interpreting_translation.of_words) w (id)"
    " WHERE NOT EXISTS (SELECT 1 FROM intake_message m WHERE m.id = w.id))",
)


class Migration(migrations.Migration):
    dependencies = [("interpreting", "0003_apart"), ("intake", "0017_words_decided")]
    operations = [
        migrations.AddField(
            model_name="translation",
            name="of_words",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
        migrations.RunSQL(
            "CREATE POLICY interpreting_translation_given ON interpreting_translation"
            f" AS RESTRICTIVE FOR SELECT USING ({GIVEN})",
            "DROP POLICY interpreting_translation_given ON interpreting_translation",
        ),
    ]
