import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("intake", "0009_partners"),
        ("triage", "0004_overrides"),
    ]

    operations = [
        migrations.AddField(
            model_name="queueitem",
            name="raised_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.report",
            ),
        ),
        migrations.AddField(
            model_name="queueitem",
            name="raised_from",
            field=models.CharField(blank=True, default="", max_length=1),
        ),
        migrations.AddField(
            model_name="queueitem",
            name="raised_risk",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="queueitem",
            name="raised_at",
            field=models.DateTimeField(null=True),
        ),
    ]
