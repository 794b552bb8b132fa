from django.db import migrations

from havre.plumbing.walls import (
    AGENCY,
    COMPARTMENTS,
    PROVIDER,
    REPORT,
    TOKEN,
    any_of,
    scope_is,
    wall,
)

HELD = f"compartment = ANY ({COMPARTMENTS})"
SHARED = (
    "EXISTS (SELECT 1 FROM intake_share s WHERE s.report_id = intake_report.id"
    f" AND s.agency_id = {AGENCY} AND s.until IS NULL)"
)
READERS = ("work", "tipline", "agency", "coordinator", "provider", "receipt")


def part_of_a_visible_report(table: str, *scopes: str) -> str:
    return (
        f"{scope_is(*scopes)} AND EXISTS"
        f" (SELECT 1 FROM intake_report r WHERE r.id = {table}.report_id)"
    )


OWN_FILING = f"{scope_is('provider')} AND provider_id = {PROVIDER}"
OF_OWN_FILING = (
    f"{scope_is('provider', 'work')} AND EXISTS"
    " (SELECT 1 FROM intake_filing f WHERE f.id = intake_filingfile.filing_id)"
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("evidence", "0002_walls")]
    operations = [
        wall(
            "intake_share",
            select=any_of(
                scope_is("work"),
                f"{scope_is('tipline')} AND {HELD}",
                f"{scope_is('agency', 'coordinator')} AND agency_id = {AGENCY}",
            ),
            insert=any_of(scope_is("work"), f"{scope_is('tipline')} AND {HELD}"),
            update=any_of(scope_is("work"), f"{scope_is('tipline')} AND {HELD}"),
        ),
        wall(
            "intake_report",
            select=any_of(
                scope_is("work"),
                f"{scope_is('tipline')} AND {HELD}",
                f"{scope_is('provider')} AND provider_id = {PROVIDER}",
                f"{scope_is('receipt')} AND id = {REPORT}",
                f"{scope_is('agency', 'coordinator')} AND {SHARED}",
            ),
            insert=any_of(
                scope_is("work"),
                f"{scope_is('public')} AND provider_id IS NULL",
                f"{scope_is('provider')} AND provider_id = {PROVIDER}",
            ),
        ),
        wall(
            "intake_incident",
            select=part_of_a_visible_report("intake_incident", *READERS),
            insert=scope_is("public", "provider", "work"),
        ),
        wall(
            "intake_stage",
            select=part_of_a_visible_report("intake_stage", *READERS),
            insert=any_of(
                scope_is("public", "provider"),
                part_of_a_visible_report("intake_stage", "work", "tipline"),
            ),
        ),
        wall(
            "intake_attachment",
            select=part_of_a_visible_report("intake_attachment", *READERS),
            insert=scope_is("public", "provider", "work"),
        ),
        wall(
            "intake_message",
            select=part_of_a_visible_report("intake_message", "work", "tipline", "receipt"),
            insert=part_of_a_visible_report("intake_message", "tipline", "receipt"),
        ),
        wall(
            "intake_receipt",
            select=any_of(
                scope_is("work"), f"{scope_is('receipt')} AND lookup = {TOKEN}"
            ),
            insert=scope_is("public", "work"),
        ),
        wall(
            "intake_token",
            select=any_of(
                scope_is("work"), f"{scope_is('public', 'provider')} AND digest = {TOKEN}"
            ),
            insert=any_of(
                scope_is("work"), f"{scope_is('public', 'provider')} AND digest = {TOKEN}"
            ),
        ),
        wall(
            "intake_filing",
            select=any_of(scope_is("work"), OWN_FILING),
            insert=OWN_FILING,
            update=any_of(scope_is("work"), OWN_FILING),
        ),
        wall(
            "intake_filingfile",
            select=OF_OWN_FILING,
            insert=OF_OWN_FILING,
            update=OF_OWN_FILING,
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE intake_filing_counter START 1000000", "DROP SEQUENCE intake_filing_counter"
        ),
    ]
