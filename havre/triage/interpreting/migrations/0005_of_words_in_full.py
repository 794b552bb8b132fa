from django.db import migrations

from havre.plumbing.walls import acts_as, any_of


def _given(also: str) -> str:
    return any_of(
        acts_as("work", "tipline"),
        "NOT EXISTS (SELECT 1 FROM unnest(interpreting_translation.of_words) w (id)"
        f" WHERE NOT EXISTS (SELECT 1 FROM intake_message m WHERE m.id = w.id{also}))",
    )


def _policy(also: str) -> str:
    return f"ALTER POLICY interpreting_translation_given ON interpreting_translation USING ({_given(also)})"


# Which passages were put to incidents before, no row says: what was translated of them stays here.
PUT_BEFORE = (
    "SELECT set_config('havre.scope', 'work', true);"
    " ALTER TABLE intake_message NO FORCE ROW LEVEL SECURITY;"
    " UPDATE intake_message m SET kept_because = 'not-all'"
    " WHERE m.from_reporter AND cardinality(m.parts) > 0 AND EXISTS (SELECT 1 FROM splits_part p"
    " WHERE p.report_id = m.report_id AND p.ended_at IS NULL);"
    " ALTER TABLE intake_message FORCE ROW LEVEL SECURITY;"
    " SELECT set_config('havre.scope', '', true)"
)


class Migration(migrations.Migration):
    dependencies = [("interpreting", "0004_of_words"), ("splits", "0001_initial")]
    operations = [
        migrations.RunSQL(_policy(" AND m.kept_because = ''"), _policy("")),
        migrations.RunSQL(PUT_BEFORE, migrations.RunSQL.noop),
    ]
