"""What stood before an upgrade is found by what it shares with others, as what comes after it."""

import os
from importlib import import_module

import psycopg
import pytest
from django.db import connection

from havre.audit.rules import Station
from havre.intake.rules.submission import FileFacts
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.triage.alike.models import Alike, Clue
from havre.triage.alike.rules.shapes import AS_OLD
from tests import make
from tests.database import addresses_of

MIGRATION = "havre.triage.alike.migrations.0003_clues"
WORDS = "He asked me to meet him at the old pier on Saturday, and I said that I would think of it."


def clues() -> set[tuple[bytes, object]]:
    with acting_as(Station.PIPELINE.context):
        found = Clue.objects.values_list("digest", "leads_to")
        return {(bytes(digest), leads_to) for digest, leads_to in found}


def as_before() -> None:
    """The earlier release knew no clues."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["HAVRE_ADMIN_URL"], dbname=name) as admin:
        admin.execute("DELETE FROM alike_clue")


def migrated() -> None:
    """Run the step as it runs, as the owner of the tables."""
    _table, _wall, fill, _index = import_module(MIGRATION).Migration.operations
    url = addresses_of(connection.settings_dict["NAME"]).migrate_url
    with psycopg.connect(url) as owner:
        for statement in connection.ops.prepare_sql_script(fill.sql):
            owner.execute(statement)


@pytest.mark.real_commits
def test_what_stood_before_an_upgrade_has_its_clues_too():
    make.directory()
    file = FileFacts(name="boat.jpg", hashes=(("sha256", "ab" * 32),), classification="B2")
    with_a_file = make.report(WORDS, files=(file,))
    make.report(f"{WORDS} Today.")
    old = make.report("A boat left the harbor in the morning with three people whom nobody knew.")
    with acting_as(Station.PIPELINE.context):
        first = Alike.objects.filter(report=old)
        (group,) = first.values_list("group", flat=True)
        first.update(noted_at=clock.now() - AS_OLD)
    before = clues()
    compared_no_more = {one for one in before if one[1] == group}
    assert compared_no_more
    assert {leads_to for _, leads_to in before} > {with_a_file.pk}
    as_before()
    assert clues() == set()

    migrated()

    assert clues() == before - compared_no_more
