import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0009_clocks"), ("intake", "0013_parts")]
    operations = [
        migrations.AddField("queueitem", "open_incidents", models.SmallIntegerField(default=0)),
        migrations.AddField(
            "closing",
            "incident",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.incident",
            ),
        ),
        migrations.RemoveConstraint("closing", "a_report_is_closed_once_at_a_time"),
        migrations.AddConstraint(
            "closing",
            models.UniqueConstraint(
                fields=["report", "incident"],
                condition=models.Q(reopened_at=None),
                nulls_distinct=False,
                name="a_report_is_closed_once_at_a_time",
            ),
        ),
    ]
