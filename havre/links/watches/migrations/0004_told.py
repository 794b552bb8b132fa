from django.db import migrations, models

from havre.plumbing.walls import AGENCY, any_of, scope_is

WORK = scope_is("work")
# Who speaks of others' alerts with both sides is asked before the words are passed on.
TO_BROKER = f"{scope_is('coordinator')} AND tells = 'centre' AND agency_id <> {AGENCY}"


def told(act: str, *also: str) -> migrations.RunSQL:
    """A third condition beside the wall that stands and the one of 0003."""
    name = f"watches_hit_told_{act}"
    return migrations.RunSQL(
        f"CREATE POLICY {name} ON watches_hit AS RESTRICTIVE FOR {act.upper()}"
        f" USING ({any_of(WORK, 'is_told', *also)})",
        f"DROP POLICY {name} ON watches_hit",
    )


class Migration(migrations.Migration):
    dependencies = [("watches", "0003_hush")]
    operations = [
        migrations.AddField("hit", "is_told", models.BooleanField(default=True)),
        told("select", TO_BROKER),
        told("update"),
    ]
