import django.db.models.deletion
from django.db import migrations, models

import havre.plumbing.ids
from havre.plumbing.walls import AGENCY, any_of, scope_is, wall

WORK = scope_is("work")
STAFF = scope_is("agency", "coordinator")
# The note's own wall stands before both: whoever sees the note sees its words, and whoever works
# on the case writes them.
SEEN = "EXISTS (SELECT 1 FROM cases_note n WHERE n.id = cases_noteword.note_id)"
WORKED_ON = (
    "EXISTS (SELECT 1 FROM cases_note n JOIN cases_case c ON c.id = n.case_id"
    " WHERE n.id = cases_noteword.note_id AND c.id = cases_noteword.case_id"
    f" AND (c.agency_id = {AGENCY} OR EXISTS (SELECT 1 FROM cases_grant g"
    " WHERE g.case_id = c.id AND g.from_agency_id = c.agency_id AND g.kind = 'joint'"
    f" AND g.to_agency_id = {AGENCY} AND g.withdrawn_at IS NULL"
    " AND g.until > transaction_timestamp())))"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_names")]
    operations = [
        migrations.CreateModel(
            name="NoteWord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=havre.plumbing.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("digest", models.BigIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="cases.note",
                    ),
                ),
            ],
            options={"ordering": ["note", "digest"]},
        ),
        migrations.AddIndex(
            model_name="noteword",
            index=models.Index(fields=["digest", "note"], name="case_note_by_word"),
        ),
        wall(
            "cases_noteword",
            select=any_of(WORK, f"{STAFF} AND {SEEN}"),
            insert=any_of(WORK, f"{STAFF} AND {WORKED_ON}"),
            delete=WORK,
        ),
    ]
