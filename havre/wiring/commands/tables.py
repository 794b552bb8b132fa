"""`migrate`: the tables brought up to date, in a fifth of the time Django takes by itself.

After each change of a model Django draws anew all forty that refer to it, directly or through
others, though what is done to a table asks for that table's own model and where its keys lead.
Nine tenths of the time go into that. Here the changed model alone is drawn anew, and the state is
marked as Django marks its own short cuts: whatever asks for more, such as Python in a migration or
what is told at the end, has everything drawn afresh first. Only a new name and a key of another
type ask who refers to a table; tests/house/test_migrations.py keeps both out.
"""

from django.core.management import call_command
from django.db.migrations.state import ProjectState


def only_itself(
    state: ProjectState, app_label: str, model_name: str, _delay: object = None
) -> set[tuple[str, str]]:
    """The models to be drawn anew when this one has changed."""
    state.is_delayed = True
    return {(app_label, model_name)}


def bring_up_to_date() -> None:
    """Run what is left of the migrations, as the owner of the tables. Django is started."""
    ProjectState._find_reload_model = only_itself  # type: ignore[attr-defined]  # noqa: SLF001
    call_command("migrate", interactive=False)
