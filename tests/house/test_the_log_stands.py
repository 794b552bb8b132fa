"""The log stands: nothing goes on without it, and not even its owner changes it."""

import psycopg
import pytest
from django.db import connection
from django.test import RequestFactory

from havre.agencies.doors import door
from havre.agencies.models import Officer
from havre.agencies.rules.permits import Permit
from havre.audit.actions import action
from havre.audit.rules import Event, UnloggedActionError
from havre.intake.reads import report_by_reference
from havre.intake.sealed import told_in
from tests import make
from tests.house.looks import LOOKS, STORY, answered, build, everything_but_sessions

REFUSE = """
    CREATE FUNCTION refuse_lines() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the log is full'; END $$;
    CREATE TRIGGER refuse_lines BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_lines();
"""
CHANGES = ("UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry")


@pytest.mark.real_commits
def test_where_the_log_cannot_be_written_nothing_is_shown_and_nothing_is_changed(real_database):
    world = build()
    with psycopg.connect(real_database.migrate_url, autocommit=True) as owner:
        owner.execute(REFUSE)
    before = everything_but_sessions()
    for name, look in LOOKS.items():
        page = answered(world, look)
        assert page.status_code == 500, name
        assert STORY.encode() not in page.content, name
        assert b"gull@example.com" not in page.content, name
    assert everything_but_sessions() == before


@door(Permit.REPORT_READ)
def careless(request, reference: str):
    """A view that opens a report by itself."""
    report = report_by_reference(reference, actor=request.user)
    return told_in(report, by=request.user)


@action(Event.REPORT_OPENED)
def forgetful(reference: str, *, by: Officer):
    """An action that writes no line."""
    return told_in(report_by_reference(reference, actor=by), by=by)


def test_a_careless_view_shows_nothing(db):
    make.directory()
    report, request = make.report(STORY), RequestFactory().get("/en/reports/any")
    request.user = make.analyst()
    with pytest.raises(UnloggedActionError):
        careless(request, report.reference)


def test_an_action_that_forgets_its_line_shows_nothing(db):
    make.directory()
    report = make.report(STORY)
    with pytest.raises(UnloggedActionError):
        forgetful(report.reference, by=make.analyst())


@pytest.mark.real_commits
def test_the_owner_meets_the_trigger(real_database):
    make.directory()
    make.report()
    for order in CHANGES:
        with psycopg.connect(real_database.migrate_url) as owner:
            # Even with the policies out of the way, which only the owner could do.
            owner.execute("ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY")
            assert owner.execute("SELECT count(*) FROM audit_entry").fetchone() != (0,)
            with pytest.raises(psycopg.errors.DatabaseError, match="the log is written once"):
                owner.execute(order)
            owner.rollback()
    connection.close()
