import django.contrib.postgres.fields
from django.db import migrations, models

from havre.plumbing.walls import acts_as, any_of, scope_is
from havre.plumbing.walls.plainer import asked_apart, in_place, reworded

DESK = scope_is("work", "tipline")
WORK = acts_as("work")
# Asked of the few that somebody said something of, and acting as the caller.
COMPARTMENT_OF = (
    "CREATE FUNCTION links_compartment_of(uuid) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE"
    " AS $$ BEGIN RETURN (SELECT r.compartment FROM identifiers_record k"
    " JOIN intake_report r ON r.id = k.report_id WHERE k.id = $1); END $$",
    "DROP FUNCTION links_compartment_of(uuid)",
)


def seen(*columns: str) -> str:
    return " AND ".join(
        (DESK, *(f"EXISTS (SELECT 1 FROM identifiers_record k WHERE k.id = {c})" for c in columns))
    )


def apart(*columns: str) -> str:
    return " AND ".join((in_place(DESK), *(f"record_is_seen({column})" for column in columns)))


SEEN_BY = {
    "links_member": ["record_id"],
    "links_proposal": ["left_id", "right_id"],
    "links_judgement": ["left_id", "right_id"],
    "links_name": ["anchor_id"],
}


class Migration(migrations.Migration):
    dependencies = [("links", "0004_indexes_twice"), ("identifiers", "0011_near_of_names")]
    # Nothing is filled: what a place from before told is read where it stands, until it is kept.
    operations = [
        migrations.AddField("member", "told", models.BinaryField(null=True)),
        migrations.AddField(
            "member", "compartment", models.CharField(max_length=30, db_default="")
        ),
        migrations.AlterField(
            "member",
            "values",
            django.contrib.postgres.fields.ArrayField(models.BinaryField(), null=True, size=None),
        ),
        migrations.RunSQL(*COMPARTMENT_OF),
        asked_apart("record_is_seen", "identifiers_record"),
        *(
            reworded(
                table,
                f"{table}_select",
                act="SELECT",
                now=any_of(WORK, apart(*(f"{table}.{column}" for column in columns))),
                before=any_of(WORK, seen(*(f"{table}.{column}" for column in columns))),
            )
            for table, columns in SEEN_BY.items()
        ),
    ]
