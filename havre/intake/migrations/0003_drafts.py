from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_filings")]
    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "lookup",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("body", models.BinaryField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={"ordering": ["until"]},
        ),
    ]
