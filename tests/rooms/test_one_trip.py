"""Writing in one trip: all of it or nothing, and as nobody else."""

import psycopg
import pytest
import rfc8785
from django.db import DatabaseError, IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as some

from havre.audit.actions import record
from havre.audit.rules import Event, Station
from havre.plumbing import ids
from havre.plumbing.context import acting_as, acting_at_once, present_context
from havre.plumbing.pipes import run_statement
from havre.plumbing.sealing import canonical_json

SET_UP = Station.SET_UP
TREES = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**50), 2**50) | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text("abcxyz_09"), inner),
)


def write_line(about: str) -> None:
    record(Event.AGENCIES_LOADED, about_kind="agency", about=about, by=SET_UP)


def line_count(about: str) -> int:
    with acting_as(SET_UP.context), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE about = %s", [about])
        return cursor.fetchone()[0]


@pytest.mark.real_commits
def test_what_is_written_in_one_trip_is_there_afterwards():
    about = str(ids.uuid7())
    with acting_at_once(SET_UP.context):
        write_line(about)
        write_line(about)
    assert present_context() is None
    assert line_count(about) == 2


@pytest.mark.real_commits
def test_one_refused_row_takes_the_whole_trip_with_it():
    about = str(ids.uuid7())
    no_receipt = "INSERT INTO intake_receipt (lookup, report_id) VALUES (NULL, NULL)"

    def write_both() -> None:
        with acting_at_once(SET_UP.context):
            write_line(about)
            run_statement(no_receipt, {})

    with pytest.raises(IntegrityError):
        write_both()
    assert line_count(about) == 0


@pytest.mark.real_commits
def test_an_error_of_our_own_keeps_nothing_and_leaves_the_connection_usable():
    about = str(ids.uuid7())

    def write_and_stumble() -> None:
        with acting_at_once(SET_UP.context):
            write_line(about)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own, from above
        write_and_stumble()
    assert line_count(about) == 0
    assert connection.connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE


@pytest.mark.real_commits
def test_a_transaction_inside_a_trip_is_refused_and_keeps_nothing():
    about = str(ids.uuid7())

    def nest() -> None:
        with acting_at_once(SET_UP.context):
            write_line(about)
            with acting_as(Station.PIPELINE.context):
                write_line(about)

    with pytest.raises((DatabaseError, psycopg.Error)):
        nest()
    connection.close()
    assert line_count(about) == 0


@pytest.mark.real_commits
def test_the_context_of_a_trip_ends_with_it():
    with acting_at_once(SET_UP.context):
        write_line(str(ids.uuid7()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('havre.scope', true), current_setting('plan_cache_mode')"
        )
        assert cursor.fetchone() in {("", "auto"), (None, "auto")}


@given(TREES)
def test_what_is_sealed_has_the_canonical_form(tree):
    assert canonical_json(tree) == rfc8785.dumps(tree)
