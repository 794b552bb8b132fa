"""What the models say is what the migrations make."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_the_migrations_make_what_the_models_say_and_do_not_part():
    kept = MigrationLoader(None)
    asked = MigrationAutodetector(kept.project_state(), ProjectState.from_apps(apps))

    changes = asked.changes(graph=kept.graph)

    assert kept.migrated_apps
    assert {label: [m.operations for m in found] for label, found in changes.items()} == {}
    assert kept.detect_conflicts() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("bulk_upload", "is_trial"),
        ("mirrors_answer", "fields"),
        ("mirrors_answer", "username"),
        ("mirrors_copy", "remarks"),
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
