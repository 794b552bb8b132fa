from django.db import migrations, models

from havre.plumbing.walls import TOKEN, scope_is

OWN = f"{scope_is('receipt')} AND lookup = {TOKEN}"


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_drafts")]
    operations = [
        migrations.AddField(
            model_name="receipt", name="until", field=models.DateTimeField(null=True)
        ),
        migrations.RunSQL(
            f"CREATE POLICY intake_receipt_update ON intake_receipt FOR UPDATE USING ({OWN})"
            f" WITH CHECK ({OWN})",
            "DROP POLICY intake_receipt_update ON intake_receipt",
        ),
    ]
