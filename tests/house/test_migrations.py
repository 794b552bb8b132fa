"""What the models say is what the migrations make."""

from importlib import import_module
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import AlterField, AlterModelTable, RenameField, RenameModel, RunSQL
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from havre.wiring.commands.tables import only_itself
from tests.database import addresses_of


def test_the_migrations_make_what_the_models_say_and_do_not_part():
    kept = MigrationLoader(None)
    asked = MigrationAutodetector(kept.project_state(), ProjectState.from_apps(apps))

    changes = asked.changes(graph=kept.graph)

    assert kept.migrated_apps
    assert {label: [m.operations for m in found] for label, found in changes.items()} == {}
    assert kept.detect_conflicts() == {}


def steps_of(operations):
    """All of them, those too that stand within another."""
    for one in operations:
        yield one
        yield from steps_of(getattr(one, "database_operations", ()))
        yield from steps_of(getattr(one, "state_operations", ()))


def test_no_migration_asks_who_refers_to_a_table():
    """Each changed model is drawn alone: see havre/wiring/commands/tables.py."""
    kept = MigrationLoader(None)
    referred_to = {
        (*key, getattr(field.remote_field, "field_name", None) or "id")
        for key, by in kept.project_state().relations.items()
        for fields in by.values()
        for field in fields.values()
    }
    for (app, name), migration in kept.disk_migrations.items():
        for step in steps_of(migration.operations):
            assert not isinstance(step, RenameModel | RenameField | AlterModelTable), (app, name)
            if isinstance(step, AlterField):
                assert not step.field.primary_key, (app, name)
                assert (app, step.model_name_lower, step.name) not in referred_to, (app, name)


def test_what_is_drawn_alone_is_drawn_with_all_the_rest_for_whoever_asks():
    state = ProjectState()

    assert only_itself(state, "intake", "report") == {("intake", "report")}
    assert state.is_delayed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("bulk_upload", "is_trial"),
        ("intake_message", "kept_because"),
        ("interpreting_translation", "of_words"),
        ("mirrors_answer", "fields"),
        ("mirrors_answer", "username"),
        ("mirrors_copy", "remarks"),
        ("triage_override", "ended_by_words"),
    ],
)
def test_a_process_that_does_not_know_a_column_yet_goes_on_writing(table, column):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_default IS NOT NULL FROM information_schema.columns"
            " WHERE table_name = %s AND column_name = %s",
            [table, column],
        )
        assert cursor.fetchall() == [(True,)]


A_MIRROR = (
    "INSERT INTO mirrors_mirror (id, provider_id, url, username, is_on, set_at, set_by_id,"
    " is_to_be_tried, failed_as)"
    " SELECT gen_random_uuid(), '{0}'::uuid, 'https://there.example.com', 'pier', true, now(),"
    " gen_random_uuid(), true, ''"
)
AN_ANSWER = (
    "INSERT INTO mirrors_answer (id, provider_id, url, username, step, at, status, far_report,"
    " far_file, request, failed_as)"
    " VALUES (gen_random_uuid(), %s, %s, %s, 'submit', now() + %s * interval '1 hour', 200, %s,"
    " '', '', '')"
)


@pytest.mark.django_db
def test_an_answer_from_before_its_account_was_kept_is_given_to_it_behind_the_wall():
    """The tables stand empty beside those of the clone, behind the wall that the room gave them."""
    pier, other = uuid4(), uuid4()
    here, there = "https://there.example.com", "https://earlier.example.com"
    rows = [(pier, here, "", 1), (pier, there, "", 1), (pier, here, "", -1)]
    rows += [(other, here, "", 1), (pier, here, "quay", 1)]
    steps = "havre.intake.mirrors.migrations."
    walls = import_module(f"{steps}0001_initial").Migration.operations
    (fill,) = import_module(f"{steps}0005_whose_answers").Migration.operations
    url = addresses_of(connection.settings_dict["NAME"]).migrate_url
    with psycopg.connect(url) as owner:
        for table in ("mirrors_mirror", "mirrors_answer"):
            owner.execute(f"CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING DEFAULTS)")
        owner.execute(A_MIRROR.format(pier))
        for number, row in enumerate(rows):
            owner.execute(AN_ANSWER, [*row, str(number)])
        for wall in walls:
            if isinstance(wall, RunSQL) and "mirrors_copy" not in wall.sql:
                owner.execute(wall.sql)
        owner.execute(fill.sql)
        owner.execute("SELECT set_config('havre.scope', 'work', true)")
        found = owner.execute("SELECT username FROM mirrors_answer ORDER BY far_report").fetchall()
        walls_left = owner.execute(
            "SELECT polcmd::text FROM pg_policy WHERE polrelid = 'mirrors_answer'::regclass"
        ).fetchall()
        owner.rollback()
    assert [name for (name,) in found] == ["pier", "", "", "", "quay"]
    assert "w" not in {one for (one,) in walls_left}, "a receipt can be changed no more"
    assert len(walls_left) == 2
