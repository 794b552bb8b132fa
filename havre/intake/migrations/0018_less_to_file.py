"""What each report paid for: indexes that no question uses, a wall that no row of it came to."""

from typing import Any

from django.db import migrations, models

from havre.plumbing.walls import scope_is
from havre.plumbing.walls.plainer import in_place, reworded

# The framework makes it beside each index of a text, for beginnings of words that nobody looks for.
BEGINNINGS = "intake_report_reference_e81070ad_like"


def unindexed(to: str, name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(to, models.PROTECT, related_name=name, db_index=False)


class Migration(migrations.Migration):
    dependencies = [("intake", "0017_words_decided"), ("evidence", "0004_apart")]
    operations = [
        migrations.AlterField("incident", "report", unindexed("intake.report", "incidents")),
        migrations.AlterField("stage", "report", unindexed("intake.report", "stages")),
        migrations.AlterField("filing", "source", unindexed("evidence.exhibit", "+")),
        migrations.RunSQL(
            f"DROP INDEX IF EXISTS {BEGINNINGS}",
            f"CREATE INDEX {BEGINNINGS} ON intake_report (reference varchar_pattern_ops)",
        ),
        # Every report that is filed writes incidents; the desk adds some to a split one.
        reworded(
            "intake_incident",
            "intake_incident_split_insert",
            act="INSERT",
            now=in_place(scope_is("tipline")) + " AND report_is_seen(report_id)",
            before=f"{scope_is('tipline')} AND EXISTS"
            " (SELECT 1 FROM intake_report r WHERE r.id = intake_incident.report_id)",
        ),
    ]
