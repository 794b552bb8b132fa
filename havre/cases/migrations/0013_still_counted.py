"""A report that was taken out of a case stays as a row: it keeps the case from whom it names."""

from django.db import migrations, models

from havre.plumbing.walls import scope_is

NAME, TABLE = "a_case_holds_a_report_once", "cases_casereport"


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_edition")]
    operations = [
        migrations.AddField("casereport", "taken_out_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("casereport", NAME),
        migrations.AddConstraint(
            "casereport",
            models.UniqueConstraint(
                fields=["case", "report"], condition=models.Q(taken_out_at=None), name=NAME
            ),
        ),
        # Nobody deletes one any more, Havre itself neither.
        migrations.RunSQL(
            f"DROP POLICY {TABLE}_delete ON {TABLE}",
            f"CREATE POLICY {TABLE}_delete ON {TABLE} FOR DELETE USING ({scope_is('work')})",
        ),
    ]
