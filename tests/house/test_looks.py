"""A look leaves a line: no page shows a report, a referral or an identifier unwritten."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.house.callers import undone
from tests.house.looks import LOOKS, World, answered, build, lines_of, staff_pages


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    outer = transaction.atomic()
    outer._from_testcase = True
    with django_db_blocker.unblock(), outer:
        yield build()
        transaction.set_rollback(True)


def test_every_page_that_shows_something_is_looked_at_here():
    assert staff_pages() == set(LOOKS)


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_a_look_leaves_its_line(town, name):
    look = LOOKS[name]
    with undone():
        before = lines_of(town, look)
        assert answered(town, look).status_code in {200, 302, 422}
        assert lines_of(town, look) == before + 1
