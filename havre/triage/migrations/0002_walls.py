from django.db import migrations

from havre.plumbing.walls import scope_is, wall


def of_a_visible_report(table: str) -> str:
    return (
        f"{scope_is('work', 'tipline')} AND EXISTS"
        f" (SELECT 1 FROM intake_report r WHERE r.id = {table}.report_id)"
    )


ITEM = of_a_visible_report("triage_queueitem")
SUGGESTION = of_a_visible_report("triage_suggestion")


class Migration(migrations.Migration):
    dependencies = [("triage", "0001_initial"), ("intake", "0002_walls")]
    operations = [
        wall("triage_queueitem", select=ITEM, insert=ITEM, update=ITEM, delete=ITEM),
        wall("triage_suggestion", select=SUGGESTION, insert=SUGGESTION, delete=SUGGESTION),
    ]
