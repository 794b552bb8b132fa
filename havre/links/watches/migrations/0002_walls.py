from django.db import migrations

from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

WORK = scope_is("work")
OWN = f"{scope_is('agency', 'coordinator')} AND agency_id = {AGENCY}"
# What is watched for a case is seen by whoever sees the case: its members alone, if it is theirs.
ITS_CASE = "(of_case IS NULL OR EXISTS (SELECT 1 FROM cases_case c WHERE c.id = watches_watch.of_case))"
ITS_WATCH = "EXISTS (SELECT 1 FROM watches_watch w WHERE w.id = watches_hit.watch_id)"
TO_BROKER = f"{scope_is('coordinator')} AND tells = 'centre'"
ITS_REPORT = "EXISTS (SELECT 1 FROM intake_report r WHERE r.id = watches_notice.report_id)"


class Migration(migrations.Migration):
    dependencies = [("watches", "0001_initial"), ("cases", "0002_walls")]
    operations = [
        wall(
            "watches_watch",
            select=any_of(WORK, f"{OWN} AND {ITS_CASE}"),
            insert=any_of(WORK, f"{OWN} AND {ITS_CASE}"),
            update=any_of(WORK, f"{OWN} AND {ITS_CASE}"),
        ),
        wall(
            "watches_hit",
            select=any_of(WORK, f"{OWN} AND {ITS_WATCH}", TO_BROKER),
            insert=WORK,
            update=any_of(WORK, f"{OWN} AND {ITS_WATCH}"),
        ),
        wall(
            "watches_notice",
            select=f"{scope_is('work', 'tipline')} AND {ITS_REPORT}",
            insert=WORK,
            delete=WORK,
        ),
    ]
