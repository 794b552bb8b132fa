"""What the models say is what the migrations make."""

from django.apps import apps
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
