"""One small world for all tests of the walls: to build it takes longer than most of them."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.database import rolled_back
from tests.house.callers import undone
from tests.house.worlds import World, build_world

# Nobody signs in here.
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files are shuffled, but these stay together: the world is gone when others begin."""
    items.sort(key=lambda item: item.path.parent.name == "walls")


@pytest.fixture(scope="package")
def whole_world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    with django_db_blocker.unblock(), rolled_back():
        with override_settings(PASSWORD_HASHERS=QUICK):
            built = build_world()
        yield built


@pytest.fixture
def world(whole_world) -> Iterator[World]:
    """The world, for a test that may leave nothing behind."""
    with undone():
        yield whole_world
