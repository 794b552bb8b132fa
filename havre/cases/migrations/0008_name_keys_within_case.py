import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_conflicts_elsewhere")]
    operations = [
        migrations.AddIndex(
            "namekey", models.Index(fields=["case", "digest"], name="name_key_within_case")
        ),
        # The index above begins with the case, and serves for it as well.
        migrations.AlterField(
            "namekey",
            "case",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.case",
            ),
        ),
    ]
