from django.db import migrations

from havre.cases.walls import wall_of_work


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_initial"), ("cases", "0002_walls")]
    operations = [wall_of_work("requests_legalrequest")]
