"""What an agency watches or keeps quiet goes along when a value is noted in another form."""

from contextlib import contextmanager

import pytest
from django.db import connection

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.cases.actions import open_case
from havre.cases.contents.actions import add_identifier, add_person
from havre.cases.models import PersonIdentifier
from havre.evidence.models import RecordKey
from havre.identifiers.editions import reads as editions
from havre.identifiers.models import Hush
from havre.identifiers.reads import token_of
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.silent import carrying
from havre.links.silent.actions import (
    SETTLE,
    decide_silent_watch,
    end_silent_watch,
    settle_around,
)
from havre.links.silent.models import SilentAlert, SilentWatch
from havre.links.watches.actions import add_watch
from havre.links.watches.models import Watch
from havre.plumbing.context import acting_as
from havre.triage.interpreting.anew import note_anew
from havre.wiring.route import walk
from havre.wiring.sweeps.forms import carry_what_is_kept
from tests import make
from tests.rooms.test_silent_watches import GREBE, asked, quiet, tied, told_of
from tests.rooms.test_watches import terms, waiting, watched
from tests.waiting import waits_for

CARRYING = "havre.links.silent.carrying"
NOW = (Kind.EMAIL, GREBE)


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def coordinator(harbor):
    return make.officer(agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR)


@pytest.fixture
def earlier(monkeypatch):
    """Inside, the rules in force are others, by which every value has another form."""
    rooms = ("identifiers", "links.silent", "links.watches", "cases.contents")

    @contextmanager
    def rules():
        with monkeypatch.context() as then:
            then.setattr(editions, "edition", lambda: "earlier")
            for room in rooms:
                then.setattr(f"havre.{room}.actions.token_of", earlier_token)
            yield

    return rules


def earlier_token(kind: str, value: str) -> bytes:
    return token_of(kind, f"earlier {value}")


def settlings() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [SETTLE])
        return cursor.fetchone()[0]


def lines_about(report) -> list[str]:
    with acting_as(Station.SET_UP.context):
        lines = Entry.objects.filter(about=str(report.pk)).order_by("id")
        return [one.event for one in lines]


def test_what_is_quiet_stays_quiet_in_its_new_form_and_ends_as_one(detective, coordinator, earlier):
    analyst = make.analyst()
    with earlier():
        old = told_of("grebe")
        watch = quiet(detective, coordinator)

    before = settlings()
    note_anew(old.pk)
    assert settlings() == before + 1
    new = told_of("grebe")

    assert tied(new, analyst) == set()
    with acting_as(Station.PIPELINE.context):
        hushed = {bytes(one.token) for one in Hush.objects.filter(cause=watch.pk)}
        assert hushed == {token_of(*NOW), earlier_token(*NOW)}
        assert bytes(SilentWatch.objects.get(pk=watch.pk).token) == token_of(*NOW)
        assert SilentAlert.objects.filter(watch=watch, report=new).exists()

    end_silent_watch(watch.reference, by=detective)
    settle_around(watch.pk, by=Station.PIPELINE)
    assert tied(new, analyst) == {old.reference}


def test_no_line_tells_which_report_holds_what_is_watched_or_quiet(detective, coordinator, earlier):
    with earlier():
        held, other = told_of("grebe"), told_of("heron")
        quiet(detective, coordinator)
        watched(detective)

    told = []
    for report in (held, other):
        before = lines_about(report)
        note_anew(report.pk)
        told.append(lines_about(report)[len(before) :])

    assert told == [[Event.IDENTIFIERS_NOTED] * len(told[1])] * 2
    assert told[1]


def test_a_watch_meets_what_is_noted_in_another_form(detective, earlier):
    with earlier():
        old = told_of("grebe")
        watch = watched(detective)
    assert waiting(detective) == 1

    walk(old.pk)
    told_of("grebe")

    assert waiting(detective) == 2
    with acting_as(Station.PIPELINE.context):
        assert bytes(Watch.objects.get(pk=watch.pk).token) == token_of(*NOW)


def test_a_watch_of_a_value_whose_form_is_the_same_stays_as_it_is(detective, monkeypatch):
    with monkeypatch.context() as then:
        then.setattr(editions, "edition", lambda: "earlier")
        old = told_of("grebe")
        watch = watched(detective)

    note_anew(old.pk)

    with acting_as(Station.PIPELINE.context):
        assert bytes(Watch.objects.get(pk=watch.pk).token) == bytes(watch.token)
    assert waiting(detective) == 1


def kept_in(rows, **which) -> bytes:
    with acting_as(Station.PIPELINE.context):
        return bytes(rows.objects.get(**which).token)


def carried() -> list[int | str | bool | list[str] | None]:
    """What each line says that was written while it was carried."""
    with acting_as(Station.SET_UP.context):
        found = Entry.objects.filter(event=Event.FORMS_CARRIED).order_by("id")
        return [one.details["rows"] for one in found]


def test_what_no_report_holds_is_kept_quiet_in_its_new_form_too(detective, coordinator, earlier):
    analyst = make.analyst()
    with earlier():
        watch = quiet(detective, coordinator)
    first = told_of("grebe")
    assert not alerted(watch, first)

    assert carry_what_is_kept() == 1

    with acting_as(Station.PIPELINE.context):
        hushed = {bytes(one.token) for one in Hush.objects.filter(cause=watch.pk)}
    assert hushed == {token_of(*NOW), earlier_token(*NOW)}
    assert kept_in(SilentWatch, pk=watch.pk) == token_of(*NOW)
    assert tied(told_of("grebe"), analyst) == set()
    assert route_jobs(first) == 1
    walk(first.pk)
    assert alerted(watch, first)
    assert (carry_what_is_kept(), carried()) == (0, [1])


def alerted(watch, report) -> bool:
    with acting_as(Station.PIPELINE.context):
        return SilentAlert.objects.filter(watch=watch, report=report).exists()


def route_jobs(report) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'route' AND priority = -30"
            " AND args ->> 'report' = %s",
            [str(report.pk)],
        )
        return cursor.fetchone()[0]


def test_a_watch_that_no_report_meets_gets_its_new_form_too(detective, earlier):
    with earlier():
        watch = watched(detective)
    assert carry_what_is_kept() == 1
    assert kept_in(Watch, pk=watch.pk) == token_of(*NOW)
    told_of("grebe")
    assert waiting(detective) == 1


@pytest.mark.parametrize("role", [PersonRole.SUSPECT, PersonRole.VICTIM])
def test_so_does_what_officers_added_to_a_case(detective, earlier, role):
    with earlier():
        case = open_case("The pier", by=detective).reference
        whose = add_person(case, "A. Roy", role=role, by=detective)
        one = add_identifier(case, whose.pk, GREBE, kind=Kind.EMAIL, by=detective)
    assert bytes(one.token) == earlier_token(*NOW)

    assert carry_what_is_kept() == 1

    assert kept_in(PersonIdentifier, pk=one.pk) == token_of(*NOW)
    assert (carry_what_is_kept(), carried()) == (0, [1])
    again = add_identifier(case, whose.pk, GREBE, kind=Kind.EMAIL, by=detective)
    assert (again.pk, carry_what_is_kept()) == (one.pk, 0)


def test_what_cannot_be_opened_stays_as_it_is_and_keeps_no_other_back(detective, earlier):
    with earlier():
        lost = watched(detective)
        named = {"kind": Kind.EMAIL, "terms": terms(), "by": detective}
        watch = add_watch("heron@example.com", **named)
    with acting_as(Station.PIPELINE.context):
        RecordKey.objects.filter(record=lost.pk).delete()

    assert carry_what_is_kept() == 2

    assert kept_in(Watch, pk=lost.pk) == earlier_token(*NOW)
    assert kept_in(Watch, pk=watch.pk) == token_of(Kind.EMAIL, "heron@example.com")
    assert carry_what_is_kept() == 0


def test_every_report_that_holds_what_was_carried_walks_again(detective, earlier, monkeypatch):
    with earlier():
        watched(detective)
    held = [told_of("grebe") for _ in range(5)]
    monkeypatch.setattr(f"{CARRYING}.AT_ONCE", 2)

    assert carry_what_is_kept() == 1

    assert [route_jobs(report) for report in held] == [1] * 5


def test_what_a_fault_keeps_back_is_tried_once_by_each_sweep(detective, earlier, monkeypatch):
    """As while a key or a disk is away: it is carried when that is back, and holds up no other."""
    with earlier():
        first = watched(detective)
        others = {"kind": Kind.EMAIL, "terms": terms(), "by": detective}
        second = add_watch("heron@example.com", **others)
    tried = []

    def away(watch, table):
        tried.append(watch.pk)
        if watch.pk == first.pk:
            raise OSError
        return form_now(watch, table)

    form_now = carrying._form_now
    monkeypatch.setattr(f"{CARRYING}.AT_ONCE", 1)
    with monkeypatch.context() as then:
        then.setattr(f"{CARRYING}._form_now", away)
        assert carry_what_is_kept() == 2

    assert sorted(tried) == sorted([first.pk, second.pk])
    assert kept_in(Watch, pk=first.pk) == earlier_token(*NOW)
    assert kept_in(Watch, pk=second.pk) == token_of(Kind.EMAIL, "heron@example.com")
    assert carry_what_is_kept() == 1
    assert kept_in(Watch, pk=first.pk) == token_of(*NOW)
    assert carry_what_is_kept() == 0


def test_so_is_what_officers_added_to_a_case(detective, earlier, monkeypatch):
    with earlier():
        case = open_case("The pier", by=detective).reference
        whose = add_person(case, "A. Roy", role=PersonRole.VICTIM, by=detective)
        one = add_identifier(case, whose.pk, GREBE, kind=Kind.EMAIL, by=detective)

    def away(*_: object, **__: object) -> str:
        raise OSError

    with monkeypatch.context() as then:
        then.setattr("havre.cases.contents.carrying.open_words", away)
        assert carry_what_is_kept() == 1

    assert kept_in(PersonIdentifier, pk=one.pk) == earlier_token(*NOW)
    assert carry_what_is_kept() == 1
    assert kept_in(PersonIdentifier, pk=one.pk) == token_of(*NOW)


def test_what_ends_while_it_is_carried_is_quiet_in_no_form(
    detective, coordinator, earlier, monkeypatch
):
    with earlier():
        old = told_of("grebe")
        watch = quiet(detective, coordinator)

    def ends_first(key: str) -> None:
        """Whoever held the key before ended the watch."""
        monkeypatch.undo()
        assert key == f"quiet/{watch.pk}"
        end_silent_watch(watch.reference, by=detective)

    monkeypatch.setattr("havre.links.silent.reads.one_after_the_other", ends_first)
    note_anew(old.pk)
    carry_what_is_kept()

    with acting_as(Station.PIPELINE.context):
        assert not Hush.objects.filter(cause=watch.pk).exists()


def test_nobody_ends_or_grants_what_is_just_being_carried(detective, coordinator, earlier):
    with earlier():
        old = told_of("grebe")
        watch = asked(detective)
    named = watch.reference
    for act in (
        lambda: end_silent_watch(named, by=detective),
        lambda: decide_silent_watch(named, refusal=None, by=coordinator),
        lambda: note_anew(old.pk),
        carry_what_is_kept,
    ):
        with waits_for(f"quiet/{watch.pk}"):
            act()


def test_what_is_granted_while_it_is_carried_is_quiet_in_the_present_form(
    detective, coordinator, earlier
):
    with earlier():
        watch = asked(detective)
    carry_what_is_kept()
    decide_silent_watch(watch.reference, refusal=None, by=coordinator)
    with acting_as(Station.PIPELINE.context):
        assert [bytes(one.token) for one in Hush.objects.filter(cause=watch.pk)] == [token_of(*NOW)]
