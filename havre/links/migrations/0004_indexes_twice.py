import django.db.models.deletion
from django.db import migrations, models


def found_by_its_constraint(model: str, name: str) -> migrations.AlterField:
    """A constraint's index begins with this field: another of the field alone is only written."""
    return migrations.AlterField(
        model_name=model,
        name=name,
        field=models.ForeignKey(
            db_index=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="identifiers.record",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("links", "0003_walls_of_stations")]
    operations = [
        found_by_its_constraint("member", "record"),
        found_by_its_constraint("proposal", "left"),
    ]
