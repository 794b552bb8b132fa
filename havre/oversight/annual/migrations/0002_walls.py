from django.db import migrations

from havre.plumbing.walls import scope_is, wall

READS = scope_is("work", "tipline", "coordinator", "auditor")
WRITES = scope_is("work", "tipline")


class Migration(migrations.Migration):
    dependencies = [("annual", "0001_initial")]
    operations = [wall("annual_annualtext", select=READS, insert=WRITES, update=WRITES)]
