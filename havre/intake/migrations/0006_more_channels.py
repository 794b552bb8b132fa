from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_channels")]
    operations = [
        migrations.AlterField(
            model_name="report",
            name="channel",
            field=models.CharField(
                choices=[
                    ("agency", "agency"),
                    ("ispws", "ispws"),
                    ("mail", "mail"),
                    ("mra-addresses", "mra-addresses"),
                    ("phone", "phone"),
                    ("public-form", "public-form"),
                ],
                max_length=20,
            ),
        ),
    ]
