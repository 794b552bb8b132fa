"""The first wall alone: what a query shows an officer where row security would show everything.

Every other test runs behind both walls, and passes while one of them stands. Tables that have no
first wall of their own are reached through the one they belong to.
"""

import pytest
from django.apps import apps
from django.db import models

from havre.agencies.models import Officer
from havre.cases.models import PartQuerySet
from havre.cases.rules.access import Part
from havre.plumbing.context import acting_as
from tests.house.sheets_at_doors import guests
from tests.house.walls.test_two_walls import ITS_OWN, WORK, key_of, rows

WALLED = {
    model._meta.db_table: model
    for model in apps.get_models()
    if model._meta.db_table in ITS_OWN
    and hasattr(model._default_manager.get_queryset(), "visible_to")
}


def shown(model: type[models.Model], officer: Officer) -> set[tuple]:
    found = model._default_manager.get_queryset()
    if isinstance(found, PartQuerySet):
        parts = (found.visible_to(officer, part) for part in (None, *Part))
        return {row for part in parts for row in part.values_list("pk")}
    return set(found.visible_to(officer).values_list("pk"))


@pytest.mark.parametrize("table", sorted(WALLED))
def test_a_query_by_itself_shows_an_agency_its_own_and_nothing_else(world, table):
    key = key_of(table)
    for agency, officer in world.officers.items():
        values = {"agency": str(agency.pk), "mine": world.reports_of(agency)}
        with acting_as(WORK):
            own = set(rows(f"SELECT {key} FROM {table} WHERE {ITS_OWN[table]}", values))
            assert shown(WALLED[table], officer) == own
    for values, clerk, theirs in guests(world):
        its_own = theirs.get(table, "false")
        with acting_as(WORK):
            own = set(rows(f"SELECT {key} FROM {table} WHERE {its_own}", values))
            assert shown(WALLED[table], clerk) == own
