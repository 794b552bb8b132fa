"""An index that stood unused behind the wall: `alike.Clue` finds the reports with a file."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bundles", "0001_initial"), ("alike", "0003_clues")]
    operations = [migrations.RemoveIndex("outline", "outlines_of_a_file")]
