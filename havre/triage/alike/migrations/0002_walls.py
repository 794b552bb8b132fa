from django.db import migrations

from havre.plumbing.walls import COMPARTMENTS, acts_as, any_of, wall

HELD = any_of(
    acts_as("work"),
    f"{acts_as('tipline')} AND alike_alike.compartment = ANY ({COMPARTMENTS})",
)
AS_THE_REPORT = (
    f"{HELD} AND EXISTS (SELECT 1 FROM intake_report r WHERE r.id = alike_alike.report_id"
    " AND r.compartment = alike_alike.compartment)"
)


class Migration(migrations.Migration):
    dependencies = [("alike", "0001_initial"), ("intake", "0002_walls")]
    operations = [
        wall("alike_alike", select=HELD, insert=AS_THE_REPORT, update=AS_THE_REPORT),
    ]
