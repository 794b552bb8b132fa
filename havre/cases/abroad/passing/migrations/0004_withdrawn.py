from django.db import migrations, models

from havre.plumbing.walls import scope_is

# The same document came again since, under a code or limits that keep it at the desk.
KEPT_SINCE = (
    "EXISTS (SELECT FROM enclosures_enclosure e JOIN enclosures_enclosure n"
    " ON n.dispatch_id = e.dispatch_id AND n.sha256 = e.sha256 AND n.number > e.number"
    " JOIN dispatches_passage p ON p.id = n.passage_id WHERE e.id = enclosure_id"
    " AND NOT (p.handling IN ('h0', 'h1') AND p.caveats::text[]"
    " <@ ARRAY['no-arrest', 'no-death-penalty', 'not-in-court', 'return-or-destroy']))"
)
STANDS = (
    "EXISTS (SELECT FROM passing_passeddocument d"
    " WHERE d.id = passing_fetch.document_id AND d.withdrawn_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("passing", "0003_to_police_work")]
    operations = [
        migrations.AddField("passeddocument", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            "CREATE POLICY passing_not_withdrawn ON passing_passeddocument AS RESTRICTIVE"
            f" FOR INSERT WITH CHECK ({scope_is('coordinator')} AND NOT {KEPT_SINCE})",
            "DROP POLICY passing_not_withdrawn ON passing_passeddocument",
        ),
        # Nobody fetches what its sender withdrew; nor is there a key to open it by.
        migrations.RunSQL(
            "CREATE POLICY passing_fetch_stands ON passing_fetch AS RESTRICTIVE"
            f" FOR INSERT WITH CHECK ({scope_is('agency')} AND {STANDS})",
            "DROP POLICY passing_fetch_stands ON passing_fetch",
        ),
    ]
