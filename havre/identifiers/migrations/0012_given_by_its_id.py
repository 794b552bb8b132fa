from django.db import migrations, models

from havre.plumbing.walls import AGENCY, acts_as
from havre.plumbing.walls.plainer import reworded

THROUGH_ITS_RECORD = (
    f"{acts_as('work', 'tipline')} OR EXISTS"
    " (SELECT 1 FROM identifiers_record k JOIN intake_share s ON s.report_id = k.report_id"
    f" WHERE k.id = identifiers_mention.record_id AND s.agency_id = {AGENCY} AND s.until IS NULL"
    " AND (s.parts IS NULL OR s.parts && identifiers_mention.parts))"
)
# The record of a report has its id: of a crowd's thousand mentions, those that were given to nobody
# here are passed by without a look at each record and report.
AT_ONCE = (
    f"{acts_as('work', 'tipline')} OR EXISTS"
    " (SELECT 1 FROM intake_share s WHERE s.report_id = identifiers_mention.record_id"
    f" AND s.agency_id = {AGENCY} AND s.until IS NULL"
    " AND (s.parts IS NULL OR s.parts && identifiers_mention.parts))"
)


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0011_near_of_names")]
    operations = [
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(("report", None), ("report", models.F("id")), _connector="OR"),
                name="record_of_a_report_has_its_id",
            ),
        ),
        reworded(
            "identifiers_mention",
            "identifiers_mention_apart",
            act="SELECT",
            now=AT_ONCE,
            before=THROUGH_ITS_RECORD,
        ),
    ]
