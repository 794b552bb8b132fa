"""The pages of our own mistake and of a database that is away, as a browser meets them.

The trouble is real: tables that are not there, a database that lets nobody in.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections
from playwright.sync_api import expect
from psycopg import sql

from havre.intake.rules.receipts import SECRET_BYTES, words_of
from havre.plumbing import roles
from tests.database import admin_connection
from tests.journeys.looking import DESK, assert_sound_as_sent, faults_of, lend_axe
from tests.journeys.states import LANGUAGES, SEND, Visit, tell
from tests.journeys.town import Town
from tests.live import LiveHouse

A_SECRET = bytes(range(SECRET_BYTES))


@pytest.fixture
def name_of_database(own_database) -> str:
    return own_database[1]


@pytest.fixture(scope="module")
def house(lasting_database) -> Iterator[str]:
    """A house with one thread: what it found away and then found back is back for the next test."""
    running = LiveHouse(lasting_database, threads=1)
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture
def visit(house, browser) -> Iterator:
    contexts = []

    def visit(language: str) -> Visit:
        contexts.append(lend_axe(browser.new_context(viewport=DESK)))
        return Visit(Town(house), contexts[-1].new_page(), language)

    yield visit
    for context in contexts:
        context.close()


@contextmanager
def something_broken(name: str) -> Iterator[None]:
    """Two tables are not where the pages look for them."""
    inside = roles.at_database(os.environ["HAVRE_ADMIN_URL"], name)
    rename = "ALTER TABLE {} RENAME TO {}"
    with psycopg.connect(inside, autocommit=True) as owner:
        for table in ("intake_report", "intake_receipt"):
            owner.execute(rename.format(table, f"{table}_away"))
        try:
            yield
        finally:
            for table in ("intake_report", "intake_receipt"):
                owner.execute(rename.format(f"{table}_away", table))


@contextmanager
def database_away(name: str) -> Iterator[None]:
    """Nobody gets into the database, and whoever was in it is out."""
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    connections["default"].close()
    with admin_connection() as admin:
        admin.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        admin.execute(out, [name])
        try:
            yield
        finally:
            admin.execute(allow.format(sql.Identifier(name), sql.SQL("true")))


def come_back(visit: Visit) -> None:
    visit.go("come_back")
    visit.fill("[name=words]", " ".join(words_of(A_SECRET, language=visit.language)))
    visit.press()


def assert_for_everyone(came: Visit, status: int) -> None:
    assert came.answer is not None
    assert came.answer.status == status
    assert "R-" not in came.page.locator("main").inner_text()
    assert_sound_as_sent(came)
    assert faults_of(came) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("trouble", "status"), [(something_broken, 500), (database_away, 503)])
def test_the_pages_of_trouble_are_for_everyone_and_keep_what_was_typed(
    visit, name_of_database, trouble, status, language
):
    came, back = visit(language), visit(language)

    with trouble(name_of_database):
        tell(came)
        come_back(back)

    assert_for_everyone(came, status)
    assert_for_everyone(back, status)
    # What was typed waits in the page; one button, and the report is in.
    came.press(SEND)
    while came.answer is not None and came.answer.status == 503:
        came.press(SEND)  # the thread of the server finds out for itself
    expect(came.page.locator(".words-grid li")).to_have_count(8)
