"""Cases of several agencies: shared for a time, worked on together, handed over."""

from datetime import timedelta

import pytest
from django.db import connection

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.cases.actions import (
    add_member,
    look_at_case,
    move_case,
    open_case,
    read_cases,
)
from havre.cases.contents.actions import (
    add_note,
    add_person,
    read_case,
    set_task,
)
from havre.cases.models import Case, Note
from havre.cases.reads import members_of
from havre.cases.rules.access import CaseRole, GrantKind, GrantRefusedError, Part
from havre.cases.rules.states import Move
from havre.cases.sharing.actions import (
    drop_ended_keys,
    hand_over_case,
    share_case,
    withdraw_grant,
)
from havre.evidence.custody import key_of
from havre.evidence.models import RecordKey
from havre.intake.rules.submission import PersonRole
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.keys import KeyRefusedError
from tests import make

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def valley():
    return make.agency_by_code("valley-police")


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def supervisor(harbor):
    return make.officer(harbor, Role.AGENCY_SUPERVISOR)


@pytest.fixture
def neighbour(valley):
    return make.officer(valley)


@pytest.fixture
def case(detective):
    return open_case("The man at the pier", by=detective)


def seen_by(officer: Officer) -> set[str]:
    return {case.reference for case in read_cases(state="all", by=officer).page.cases}


def in_the_database(officer: Officer, table: str) -> int:
    """How many rows of a table the database itself shows an officer."""
    with acting_as(officer.context), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def later(hours: float):
    return clock.clock_set_to(clock.now() + hours * HOUR)


def test_a_share_opens_the_parts_it_names_and_no_other(case, detective, neighbour, valley):
    add_note(case.reference, "Seen at the ferry.", by=detective)
    add_person(case.reference, "A. Roy", role=PersonRole.SUSPECT, by=detective)
    set_task(case.reference, "Ask the ferry.", by=detective)

    share_case(
        case.reference,
        to=valley,
        until=clock.now() + HOUR,
        parts=[Part.NOTES],
        by=detective,
    )

    read = read_case(case.reference, by=neighbour)
    assert [text for _note, text in read.notes] == ["Seen at the ferry."]
    assert (read.people, read.tasks, read.takeable) == ((), (), ())
    assert not read.opened.standing.may_write
    assert in_the_database(neighbour, "cases_note") == 1
    assert in_the_database(neighbour, "cases_person") == 0
    with pytest.raises(Case.DoesNotExist):
        add_note(case.reference, "Thank you.", by=neighbour)


def test_a_share_that_ran_out_opens_nothing_by_our_clock(case, detective, neighbour, valley):
    share_case(
        case.reference, to=valley, until=clock.now() + HOUR, parts=[Part.NOTES], by=detective
    )
    with later(2):
        assert seen_by(neighbour) == set()
        with pytest.raises(Case.DoesNotExist):
            look_at_case(case.reference, by=neighbour)


def test_a_share_that_ran_out_opens_nothing_by_the_database_s_clock(detective, neighbour, valley):
    with later(-48):
        case = open_case("The pier", by=detective)
        add_note(case.reference, "Seen at the ferry.", by=detective)
        share_case(
            case.reference, to=valley, until=clock.now() + HOUR, parts=[Part.NOTES], by=detective
        )
        # Our clock stands before the end of the share; that of the database is long past it.
        for table in ("cases_case", "cases_note"):
            assert in_the_database(neighbour, table) == 0
        with acting_as(neighbour.context):
            assert not RecordKey.objects.filter(record=case.pk).exists()
        with pytest.raises(Case.DoesNotExist):
            look_at_case(case.reference, by=neighbour)


def test_withdrawing_a_share_ends_it_at_once_with_its_key(case, detective, neighbour, valley):
    grant = share_case(
        case.reference, to=valley, until=clock.now() + HOUR, parts=[Part.NOTES], by=detective
    )
    withdraw_grant(case.reference, grant.pk, by=detective)

    assert seen_by(neighbour) == set()
    with acting_as(Station.PIPELINE.context):
        wraps = RecordKey.objects.filter(record=case.pk).values_list("recipient", flat=True)
        assert list(wraps) == [f"agency:{detective.agency_id}"]


def test_a_joint_case_is_worked_by_members_of_both(case, detective, neighbour, valley):
    share_case(
        case.reference,
        to=valley,
        until=clock.now() + HOUR,
        kind=GrantKind.JOINT,
        by=detective,
    )
    with pytest.raises(Case.DoesNotExist):
        add_note(case.reference, "Not a member yet.", by=neighbour)
    add_member(case.reference, neighbour.pk, role=CaseRole.INVESTIGATOR, by=detective)

    add_note(case.reference, "He crossed the valley.", by=neighbour)

    read = read_case(case.reference, by=detective)
    assert [text for _note, text in read.notes] == ["He crossed the valley."]
    with pytest.raises(Case.DoesNotExist):
        move_case(case.reference, Move.REST, by=neighbour)


def test_an_officer_of_an_agency_that_sees_nothing_cannot_join(case, detective, neighbour):
    with pytest.raises(Officer.DoesNotExist):
        add_member(case.reference, neighbour.pk, role=CaseRole.READER, by=detective)


def test_a_share_for_nothing_or_with_oneself_is_refused(case, detective, valley, harbor):
    for to, parts in ((valley, []), (harbor, [Part.NOTES])):
        with pytest.raises(GrantRefusedError):
            share_case(case.reference, to=to, until=clock.now() + HOUR, parts=parts, by=detective)


def test_a_transfer_ends_the_old_owner_s_access(case, detective, supervisor, neighbour, valley):
    add_note(case.reference, "Seen at the ferry.", by=detective)
    open_case("The valley's own", by=neighbour)

    handed = hand_over_case(case.reference, to=valley, by=detective)

    assert (handed.agency, handed.number) == (valley, 2)
    assert handed.earlier_numbers == [f"harbor-police {case.year}-0001"]
    for old in (detective, supervisor):
        assert case.reference not in seen_by(old)
        assert in_the_database(old, "cases_note") == 0
        with pytest.raises(Case.DoesNotExist):
            look_at_case(case.reference, by=old)
        with pytest.raises(KeyRefusedError), acting_as(old.context):
            key_of(case.pk, by=old)
    read = read_case(case.reference, by=neighbour)
    assert [text for _note, text in read.notes] == ["Seen at the ferry."]


def test_others_keep_what_they_were_granted_when_a_case_is_handed_over(case, detective, valley):
    third = make.agency("shore-police")
    ashore = make.officer(third)
    share_case(case.reference, to=third, until=clock.now() + HOUR, parts=[Part.NOTES], by=detective)
    hand_over_case(case.reference, to=valley, by=detective)

    assert seen_by(ashore) == {case.reference}


def test_the_keys_of_shares_that_ran_out_are_deleted(case, detective, neighbour, valley):
    share_case(
        case.reference,
        to=valley,
        until=clock.now() + HOUR,
        kind=GrantKind.JOINT,
        by=detective,
    )
    add_member(case.reference, neighbour.pk, role=CaseRole.INVESTIGATOR, by=detective)
    assert drop_ended_keys(by=Station.PIPELINE) == 0
    with later(2):
        assert drop_ended_keys(by=Station.PIPELINE) == 1
        assert drop_ended_keys(by=Station.PIPELINE) == 0
    with acting_as(detective.context):
        assert [member.officer for member in members_of(case)] == [detective]
        assert Note.objects.filter(case=case).count() == 0
