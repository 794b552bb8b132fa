from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_receipts_end")]
    operations = [
        migrations.AlterField(
            model_name="report",
            name="channel",
            field=models.CharField(
                choices=[
                    ("ispws", "ispws"),
                    ("mra-addresses", "mra-addresses"),
                    ("phone", "phone"),
                    ("public-form", "public-form"),
                ],
                max_length=20,
            ),
        ),
    ]
