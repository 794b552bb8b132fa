from django.db import migrations, models

from havre.plumbing.walls import COMPARTMENTS, acts_as, any_of

HELD = any_of(
    acts_as("work"),
    f"{acts_as('tipline')} AND triage_queueitem.compartment = ANY ({COMPARTMENTS})",
)
AS_THE_REPORT = (
    f"{HELD} AND EXISTS (SELECT 1 FROM intake_report r WHERE r.id = triage_queueitem.report_id"
    " AND r.compartment = triage_queueitem.compartment AND r.channel = triage_queueitem.channel"
    " AND r.language = triage_queueitem.language"
    " AND r.quarantined = triage_queueitem.quarantined)"
)
FILL = (
    "SELECT set_config('havre.scope', 'work', true);"
    " UPDATE triage_queueitem q SET compartment = r.compartment, channel = r.channel,"
    " language = r.language, quarantined = r.quarantined"
    " FROM intake_report r WHERE r.id = q.report_id;"
    " SELECT set_config('havre.scope', '', true)"
)
WALLS = (
    f"ALTER POLICY triage_queueitem_select ON triage_queueitem USING ({HELD});"
    f" ALTER POLICY triage_queueitem_insert ON triage_queueitem WITH CHECK ({AS_THE_REPORT});"
    f" ALTER POLICY triage_queueitem_update ON triage_queueitem USING ({HELD})"
    f" WITH CHECK ({AS_THE_REPORT});"
    f" ALTER POLICY triage_queueitem_delete ON triage_queueitem USING ({HELD})"
)


def text(length: int) -> "models.CharField[str, str]":
    return models.CharField(default="", max_length=length)


class Migration(migrations.Migration):
    dependencies = [("triage", "0005_raised")]
    operations = [
        migrations.AddField("queueitem", "compartment", text(30)),
        migrations.AddField("queueitem", "channel", text(20)),
        migrations.AddField("queueitem", "language", text(8)),
        migrations.AddField("queueitem", "quarantined", models.BooleanField(default=False)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
        migrations.RemoveIndex("queueitem", "queue_in_order"),
        migrations.AddIndex(
            "queueitem",
            models.Index(
                fields=["rank", "-risk", "queued_at", "report"],
                include=[
                    *("compartment", "band", "channel", "language", "quarantined"),
                    *("needs_attention", "claimed_by", "claimed_at"),
                ],
                name="queue_listed",
            ),
        ),
    ]
