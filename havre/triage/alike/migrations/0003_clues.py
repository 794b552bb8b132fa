"""What several reports have in common is found by an index, behind the walls too."""

from django.db import migrations, models

from havre.plumbing.walls import acts_as, wall

# Of late alone (rules/shapes.AS_OLD): of a million reports all would take minutes, and gigabytes.
KNOWN = """
SELECT set_config('havre.scope', 'work', true);
INSERT INTO alike_clue (digest, leads_to)
  SELECT DISTINCT said.digest, a."group"
  FROM alike_alike a CROSS JOIN LATERAL unnest(a.digests) said (digest)
  WHERE a.is_first AND a.noted_at > now() - interval '30 days';
INSERT INTO alike_clue (digest, leads_to)
  SELECT DISTINCT decode(file.token, 'hex'), o.report_id
  FROM bundles_outline o CROSS JOIN LATERAL unnest(o.files) file (token)
  ON CONFLICT DO NOTHING;
SELECT set_config('havre.scope', '', true)
"""


class Migration(migrations.Migration):
    dependencies = [("alike", "0002_walls"), ("bundles", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Clue",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "digest",
                        "leads_to",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("digest", models.BinaryField(max_length=32)),
                ("leads_to", models.UUIDField()),
            ],
        ),
        wall("alike_clue", select=acts_as("work"), insert=acts_as("work")),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RemoveIndex("alike", "alike_by_digest"),
    ]
