import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_walls")]
    operations = [
        migrations.AlterField(
            model_name="filing",
            name="state",
            field=models.CharField(
                choices=[
                    ("expired", "expired"),
                    ("finished", "finished"),
                    ("open", "open"),
                    ("retracted", "retracted"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="supplements",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.filing",
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="quality",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="filing",
            name="missing",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="warnings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["provider", "opened_at"],
                name="intake_filing_open",
            ),
        ),
    ]
