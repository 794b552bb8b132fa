from django.db import migrations

from havre.plumbing.walls import AGENCY, COMPARTMENTS, PROVIDER, REPORT, any_of, scope_is, wall

# What a provider has not finished is not the desk's yet.
DESK = (
    f"{scope_is('tipline')} AND compartment = ANY ({COMPARTMENTS})"
    " AND NOT starts_with(recipient, 'provider:')"
)
HOLDS_A_KEY = "EXISTS (SELECT 1 FROM evidence_recordkey k WHERE k.record = evidence_exhibit.record)"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [
        wall(
            "evidence_recordkey",
            select=any_of(
                scope_is("work"),
                DESK,
                f"{scope_is('agency', 'coordinator')} AND recipient = 'agency:' || {AGENCY}",
                f"{scope_is('provider')} AND recipient = 'provider:' || {PROVIDER}",
                f"{scope_is('receipt')} AND recipient = 'receipt' AND record = {REPORT}",
            ),
            insert=any_of(
                scope_is("work"),
                DESK,
                f"{scope_is('public')} AND recipient IN ('intake', 'contact', 'receipt')",
                f"{scope_is('provider')} AND recipient IN"
                f" ('intake', 'contact', 'provider:' || {PROVIDER})",
            ),
            update=scope_is("work"),
            delete=any_of(
                scope_is("work"),
                DESK,
                f"{scope_is('provider')} AND recipient = 'provider:' || {PROVIDER}",
            ),
        ),
        wall(
            "evidence_exhibit",
            select=f"{scope_is('work', 'tipline', 'agency', 'coordinator', 'provider', 'receipt')}"
            f" AND {HOLDS_A_KEY}",
            insert=scope_is("public", "provider", "work"),
        ),
    ]
