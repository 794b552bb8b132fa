"""Writing in one trip: all of it or nothing, and as nobody else."""

from datetime import UTC, datetime
from threading import Barrier, Thread
from uuid import UUID

import psycopg
import pytest
import rfc8785
from django.db import DatabaseError, IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as some

from havre.audit.actions import record
from havre.audit.rules import Event, Station
from havre.intake.rules.senders import PublicSender
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as, acting_at_once, present_context
from havre.plumbing.pipes import ask, run_statement
from havre.plumbing.sealing import canonical_json
from havre.plumbing.together.steps import in_one_go
from havre.plumbing.trips import rows, travel
from havre.plumbing.values.packed import packed

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
    with connection.cursor() as cursor:
        # As on a connection of Havre's own; those of the tests plan otherwise.
        cursor.execute("SET plan_cache_mode = 'auto'")
    with acting_at_once(SET_UP.context):
        write_line(str(ids.uuid7()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('havre.scope', true), current_setting('plan_cache_mode')"
        )
        assert cursor.fetchone() in {("", "auto"), (None, "auto")}


VALUES = [
    "plain",
    "l'été ,{}\"\\ NULL",
    "",
    7,
    -1,
    0.1,
    True,
    None,
    b"",
    b"\x00\xff\\",
    ["a", 'b"c', "\\", "NULL", ""],
    [],
    [b"\x00\x01", b"", b"\\x"],
    [True, False],
    datetime(2026, 1, 15, 14, 30, 0, 123456, tzinfo=UTC),
    UUID(int=5),
    [UUID(int=5), UUID(int=6)],
]


@given(TREES)
def test_what_is_sealed_has_the_canonical_form(tree):
    assert canonical_json(tree) == rfc8785.dumps(tree)


@pytest.mark.real_commits
def test_a_statement_that_the_server_was_made_to_forget_is_prepared_again():
    about = str(ids.uuid7())
    with acting_at_once(SET_UP.context):
        write_line(about)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    with acting_at_once(SET_UP.context):
        write_line(about)
    assert line_count(about) == 2


@pytest.mark.real_commits
@pytest.mark.parametrize("begins", [acting_as, acting_at_once])
def test_what_waits_for_the_end_of_a_block_is_sent_also_after_one_that_was_undone(begins):
    about = str(ids.uuid7())

    def write_together() -> None:
        with acting_as(SET_UP.context), in_one_go():
            write_line(about)
            write_line(about)

    def stumble() -> None:
        with begins(SET_UP.context):
            write_line(about)
            ask(("SELECT 1 AS asked_first", {}))
            raise ValueError

    write_together()
    with pytest.raises(ValueError):  # noqa: PT011 - our own, from above
        stumble()
    with connection.cursor() as cursor:
        # As the driver does at a rollback; in tests what is planned outlives it.
        cursor.execute("DEALLOCATE ALL")
    write_together()
    assert line_count(about) == 4


@pytest.mark.real_commits
@pytest.mark.parametrize("earlier", range(4))
def test_what_is_prepared_before_the_forgetting_is_noticed_takes_no_name_that_is_given_again(
    earlier,
):
    about = str(ids.uuid7())
    with acting_at_once(SET_UP.context):
        write_line(about)
    for number in range(earlier):
        ask((f"SELECT {number} AS asked_before", {}))
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    # Asked outside any transaction, as who shows a key is: no statement here was forgotten.
    for number in range(10):
        ask((f"SELECT {number} AS asked_{earlier}", {}))
    with acting_at_once(SET_UP.context):
        write_line(about)
        run_statement("SELECT 1 AS never_said_before", {})
    assert line_count(about) == 2


@pytest.mark.real_commits
def test_who_asks_for_an_answer_while_a_trip_is_packed_is_refused():
    about = str(ids.uuid7())

    def ask() -> None:
        with acting_at_once(SET_UP.context):
            write_line(about)
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")

    with pytest.raises(psycopg.ProgrammingError):
        ask()
    assert line_count(about) == 0


def write_in_threads(actions):
    """Run each in a thread of its own, all at once; gives what each raised."""
    ready, errors = Barrier(len(actions)), {}

    def run(number, act):
        try:
            ready.wait()
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            errors[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.real_commits
def test_many_who_write_at_once_each_find_their_own_line():
    abouts = [str(ids.uuid7()) for _ in range(40)]

    def writer(about):
        def write():
            with acting_at_once(SET_UP.context):
                write_line(about)

        return write

    assert write_in_threads([writer(about) for about in abouts]) == {}
    assert [line_count(about) for about in abouts] == [1] * 40


@pytest.mark.real_commits
def test_one_refused_row_never_holds_back_those_who_travelled_with_it():
    abouts = [str(ids.uuid7()) for _ in range(24)]
    no_receipt = "INSERT INTO intake_receipt (lookup, report_id) VALUES (NULL, NULL)"

    def writer(number, about):
        def write():
            with acting_at_once(SET_UP.context):
                write_line(about)
                if number % 5 == 0:
                    run_statement(no_receipt, {})

        return write

    errors = write_in_threads([writer(*pair) for pair in enumerate(abouts)])
    assert set(errors) == {0, 5, 10, 15, 20}
    assert all(isinstance(error, IntegrityError) for error in errors.values())
    assert [line_count(about) for about in abouts] == [int(n % 5 != 0) for n in range(24)]


@pytest.mark.real_commits
@pytest.mark.parametrize("unwritable", ["\x00", "\ud800"])
def test_a_text_that_cannot_be_sent_never_holds_back_those_who_travelled_with_it(unwritable):
    abouts = [str(ids.uuid7()) for _ in range(24)]

    def writer(number, about):
        def write():
            with acting_at_once(SET_UP.context):
                write_line(about)
                if number % 5 == 0:
                    run_statement("SELECT %(said)s::text", {"said": unwritable})

        return write

    errors = write_in_threads([writer(*pair) for pair in enumerate(abouts)])
    assert set(errors) == {0, 5, 10, 15, 20}
    assert all(isinstance(error, DatabaseError) for error in errors.values())
    assert [line_count(about) for about in abouts] == [int(n % 5 != 0) for n in range(24)]


@pytest.mark.real_commits
def test_each_acts_under_its_own_context_though_they_share_a_commit():
    """A sender's token row is refused under any other sender's context."""
    senders = [PublicSender(f"{number:064d}") for number in range(16)]
    row = (
        "INSERT INTO intake_token (digest, report, reference, made_at)"
        " VALUES (%(digest)s::text, %(report)s::uuid, 'R-0000-0000', %(at)s::timestamptz)"
    )

    def writer(sender, digest):
        def write():
            with acting_at_once(sender.context):
                run_statement(row, {"digest": digest, "report": ids.uuid7(), "at": clock.now()})

        return write

    own = [writer(sender, sender.token) for sender in senders]
    foreign = [writer(senders[0], f"{number:064d}") for number in range(100, 104)]
    errors = write_in_threads([*own, *foreign])
    assert set(errors) == {16, 17, 18, 19}


KINDS = {
    bytes: "bytea",
    str: "text",
    int: "int8",
    float: "float8",
    bool: "boolean",
    UUID: "uuid",
    datetime: "timestamptz",
    type(None): "text",
}


def asked_back(value):
    is_list = isinstance(value, list)
    kind = KINDS[type(value[0]) if is_list and value else str if is_list else type(value)]
    return (f"SELECT %(value)s::{kind}{'[]' * is_list}", {"value": value})


def test_every_value_arrives_as_it_was_sent(real_database):
    with psycopg.connect(real_database.database_url, autocommit=True) as wire:
        answers = travel(wire, [asked_back(value) for value in VALUES])
        assert [rows(wire, answer) for answer in answers] == [[(value,)] for value in VALUES]


def test_a_letter_that_no_text_may_hold_is_refused_not_cut_off():
    with pytest.raises(psycopg.DataError):
        packed("before\x00after")


def test_more_than_the_pipe_holds_is_sent_and_answered(real_database):
    orders = [("SELECT %(body)s::bytea", {"body": bytes([n]) * 3_000_000}) for n in range(4)]
    with psycopg.connect(real_database.database_url, autocommit=True) as wire:
        answers = travel(wire, orders)
        assert [rows(wire, answer) for answer in answers] == [
            [(values["body"],)] for _sql, values in orders
        ]
