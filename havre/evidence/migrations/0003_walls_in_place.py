from django.db import migrations

from havre.plumbing.walls import AGENCY, COMPARTMENTS, PROVIDER, REPORT, any_of, scope_is
from havre.plumbing.walls.plainer import read_in_place

DESK = (
    f"{scope_is('tipline')} AND compartment = ANY ({COMPARTMENTS})"
    " AND NOT starts_with(recipient, 'provider:')"
)
OWN = f"{scope_is('provider')} AND recipient = 'provider:' || {PROVIDER}"
TABLE = "evidence_recordkey"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_walls")]
    operations = [
        read_in_place(
            TABLE,
            "SELECT",
            any_of(
                scope_is("work"),
                DESK,
                f"{scope_is('agency', 'coordinator')} AND recipient = 'agency:' || {AGENCY}",
                OWN,
                f"{scope_is('receipt')} AND recipient = 'receipt' AND record = {REPORT}",
            ),
        ),
        read_in_place(
            TABLE,
            "INSERT",
            any_of(
                scope_is("work"),
                DESK,
                f"{scope_is('public')} AND recipient IN ('intake', 'contact', 'receipt')",
                f"{scope_is('provider')} AND recipient IN"
                f" ('intake', 'contact', 'provider:' || {PROVIDER})",
            ),
        ),
        read_in_place(TABLE, "DELETE", any_of(scope_is("work"), DESK, OWN)),
        read_in_place("evidence_exhibit", "INSERT", scope_is("public", "provider", "work")),
    ]
