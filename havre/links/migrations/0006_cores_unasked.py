from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("links", "0005_told")]
    # Who is in a core is found among its cluster's reports: nobody asks by it.
    operations = [migrations.AlterField("member", "core", models.UUIDField(null=True))]
