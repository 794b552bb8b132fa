"""A row of the queue may stand behind another that says the same. The database lets it forward."""

import django.db.models.deletion
from django.db import migrations, models

# What of a row says how urgent it is, and in which lists it is found.
TELLS = "rank risk band scored_band rule reasons raised_from needs_attention quarantined bundle_id".split()
OLD, NEW = (", ".join(f"{row}.{one}" for one in TELLS) for row in ("OLD", "NEW"))
CHANGED = f"(({OLD}) IS DISTINCT FROM ({NEW}))"
HIDDEN = "(OLD.behind_id IS NULL AND NEW.behind_id IS NOT NULL)"

FORWARD = f"""
ALTER TABLE triage_queueitem ADD CONSTRAINT what_stands_before_waits
    FOREIGN KEY (behind_id) REFERENCES triage_queueitem (report_id) ON DELETE SET NULL;
ALTER TABLE triage_queueitem ADD CONSTRAINT nothing_stands_behind_itself
    CHECK (behind_id <> report_id);
CREATE FUNCTION triage_comes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.behind_id := NULL;
    RETURN NEW;
END $$;
CREATE FUNCTION triage_lets_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE triage_queueitem SET behind_id = NULL WHERE behind_id = NEW.report_id;
    RETURN NULL;
END $$;
CREATE TRIGGER what_changed_comes_forward BEFORE UPDATE ON triage_queueitem
    FOR EACH ROW WHEN {CHANGED} EXECUTE FUNCTION triage_comes_forward();
CREATE TRIGGER what_changed_lets_forward AFTER UPDATE ON triage_queueitem
    FOR EACH ROW WHEN ({CHANGED} OR {HIDDEN}) EXECUTE FUNCTION triage_lets_forward();
"""
BACK = """
DROP TRIGGER what_changed_lets_forward ON triage_queueitem;
DROP TRIGGER what_changed_comes_forward ON triage_queueitem;
DROP FUNCTION triage_lets_forward();
DROP FUNCTION triage_comes_forward();
ALTER TABLE triage_queueitem DROP CONSTRAINT nothing_stands_behind_itself;
ALTER TABLE triage_queueitem DROP CONSTRAINT what_stands_before_waits;
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0007_bundles")]
    operations = [
        migrations.AddField(
            "queueitem",
            "behind",
            models.ForeignKey(
                "triage.queueitem",
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
        migrations.RemoveIndex("queueitem", "queue_listed"),
        migrations.AddIndex(
            "queueitem",
            models.Index(
                fields=["rank", "-risk", "queued_at", "report"],
                include=[
                    *("compartment", "band", "channel", "language", "quarantined"),
                    *("needs_attention", "claimed_by", "claimed_at", "behind"),
                    *("bundle", "scored_band", "strong_links"),
                ],
                name="queue_listed",
            ),
        ),
        migrations.AddIndex(
            "queueitem",
            models.Index(
                fields=["behind"],
                condition=models.Q(behind__isnull=False),
                name="queue_behind",
            ),
        ),
    ]
