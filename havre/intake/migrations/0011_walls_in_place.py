from django.db import migrations

from havre.plumbing.walls import PROVIDER, TOKEN, any_of, scope_is
from havre.plumbing.walls.plainer import asked_apart, in_place, read_in_place, reworded

OWN = f"{scope_is('provider')} AND provider_id = {PROVIDER}"
OWN_OR_WORK = any_of(scope_is("work"), OWN)
OWN_TOKEN = any_of(scope_is("work"), f"{scope_is('public', 'provider')} AND digest = {TOKEN}")
SENDERS = scope_is("public", "provider", "work")
BY_A_SENDER = scope_is("public", "provider")
BY_THE_DESK = scope_is("work", "tipline")


class Migration(migrations.Migration):
    dependencies = [("intake", "0010_answered_requests")]
    operations = [
        asked_apart("report_is_seen", "intake_report"),
        reworded(
            "intake_stage",
            "intake_stage_insert",
            act="INSERT",
            now=in_place(any_of(BY_A_SENDER, f"{BY_THE_DESK} AND report_is_seen(report_id)")),
            before=any_of(
                BY_A_SENDER,
                f"{BY_THE_DESK} AND EXISTS"
                " (SELECT 1 FROM intake_report r WHERE r.id = intake_stage.report_id)",
            ),
        ),
        read_in_place(
            "intake_report",
            "INSERT",
            any_of(scope_is("work"), f"{scope_is('public')} AND provider_id IS NULL", OWN),
        ),
        read_in_place("intake_incident", "INSERT", SENDERS),
        read_in_place("intake_attachment", "INSERT", SENDERS),
        read_in_place("intake_receipt", "INSERT", scope_is("public", "work")),
        read_in_place("intake_token", "INSERT", OWN_TOKEN),
        read_in_place("intake_filing", "SELECT", OWN_OR_WORK),
        read_in_place("intake_filing", "INSERT", OWN),
        read_in_place("intake_filing", "UPDATE", OWN_OR_WORK),
    ]
