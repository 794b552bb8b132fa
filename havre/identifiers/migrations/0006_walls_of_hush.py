from django.db import migrations

from havre.plumbing.walls import scope_is, wall

# An agency finds nothing hushed: what it sees is the same whether something is or not.
WORK = scope_is("work")


class Migration(migrations.Migration):
    dependencies = [("identifiers", "0005_hush")]
    operations = [
        wall(
            "identifiers_hush",
            select=scope_is("work", "tipline"),
            insert=WORK,
            delete=WORK,
        ),
    ]
