"""Keys of names and words of notes ask for their case at once, and an index lists an agency's own.

They asked for the person or the note first, whose wall asks for the case: one question more for
each of the thousand that a search meets, and a plan so long to make that it was never kept.
"""

from importlib import import_module

from django.db import migrations

from havre.cases.walls import STAFF, WORK
from havre.plumbing.walls import any_of
from havre.plumbing.walls.plainer import reworded

of_case = import_module("havre.cases.migrations.0002_walls").of_case


def by_case(table: str, part: str, before: str) -> migrations.RunSQL:
    """What stands in a row of its own for a part of a case is read as that part is."""
    return reworded(
        table,
        f"{table}_select",
        act="SELECT",
        now=any_of(WORK, of_case(table, part)),
        before=any_of(WORK, f"{STAFF} AND EXISTS (SELECT 1 FROM {before})"),
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_still_counted")]
    operations = [
        by_case("cases_namekey", "people", "cases_person p WHERE p.id = cases_namekey.person_id"),
        by_case("cases_noteword", "notes", "cases_note n WHERE n.id = cases_noteword.note_id"),
        # All that a list or a count of an agency's own asks for.
        migrations.RunSQL(
            "CREATE INDEX cases_of_an_agency ON cases_case (agency_id, id)"
            " INCLUDE (state, restricted, readers)",
            "DROP INDEX cases_of_an_agency",
        ),
    ]
