import django.db.models.deletion
from django.db import migrations, models

import havre.plumbing.ids
from havre.cases.walls import worked_on
from havre.plumbing.walls import any_of, scope_is, wall

WORK = scope_is("work")
STAFF = scope_is("agency", "coordinator")
# The person's own wall stands before both: whoever sees the person finds them by name, and
# whoever works on their case writes it.
SEEN = "EXISTS (SELECT 1 FROM cases_person p WHERE p.id = cases_namekey.person_id)"
ITS_PERSON = (
    "EXISTS (SELECT 1 FROM cases_person p WHERE p.id = cases_namekey.person_id"
    " AND p.case_id = cases_namekey.case_id)"
)
# People who were written down before this are found as before.
KEEP = (
    "SELECT set_config('havre.scope', 'work', true);"
    " INSERT INTO cases_namekey (id, case_id, person_id, digest)"
    " SELECT DISTINCT ON (p.id, digest) gen_random_uuid(), p.case_id, p.id, digest"
    " FROM cases_person p, unnest(p.name_keys) digest;"
    " SELECT set_config('havre.scope', '', true)"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_words")]
    operations = [
        migrations.CreateModel(
            name="NameKey",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="cases.person",
                    ),
                ),
            ],
            options={"ordering": ["person", "digest"]},
        ),
        migrations.AddIndex(
            model_name="namekey",
            index=models.Index(fields=["digest", "person"], name="case_person_by_name_key"),
        ),
        wall(
            "cases_namekey",
            select=any_of(WORK, f"{STAFF} AND {SEEN}"),
            insert=any_of(WORK, f"{worked_on('cases_namekey')} AND {ITS_PERSON}"),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="person", name="case_person_by_name"),
    ]
