import django.contrib.postgres.fields
from django.db import migrations, models

from havre.plumbing.walls import AGENCY, scope_is

A_VISIBLE_REPORT = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = {table}.report_id)"


def desk_may(act: str, table: str) -> migrations.RunSQL:
    """The desk may do this to rows of reports that it sees."""
    name = f"{table}_split_{act.lower()}"
    holds = f"{scope_is('tipline')} AND {A_VISIBLE_REPORT.format(table=table)}"
    using = f"USING ({holds}) WITH CHECK ({holds})" if act == "UPDATE" else f"WITH CHECK ({holds})"
    return migrations.RunSQL(
        f"CREATE POLICY {name} ON {table} FOR {act} {using}", f"DROP POLICY {name} ON {table}"
    )


# Whoever was given a part of a report reads of its files what belongs to that part, and the facts
# of the document it came as, which is never handed on.
APART = (
    f"{scope_is('work', 'tipline', 'provider', 'receipt')} OR is_source OR EXISTS"
    f" (SELECT 1 FROM intake_share s WHERE s.report_id = intake_attachment.report_id"
    f" AND s.agency_id = {AGENCY} AND s.until IS NULL"
    " AND (s.parts IS NULL OR s.parts && intake_attachment.parts))"
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0012_filings_known_before")]
    operations = [
        migrations.AddField(
            model_name="share",
            name="parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), null=True, size=None
            ),
        ),
        desk_may("INSERT", "intake_incident"),
        desk_may("UPDATE", "intake_attachment"),
        migrations.RunSQL(
            "CREATE POLICY intake_attachment_apart ON intake_attachment AS RESTRICTIVE"
            f" FOR SELECT USING ({APART})",
            "DROP POLICY intake_attachment_apart ON intake_attachment",
        ),
    ]
