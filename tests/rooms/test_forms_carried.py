"""What an agency watches or keeps quiet goes along when a value is noted in another form."""

from contextlib import contextmanager

import pytest
from django.db import connection

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.editions import reads as editions
from havre.identifiers.models import Hush
from havre.identifiers.reads import token_of
from havre.identifiers.rules.words import Kind
from havre.links.silent.actions import SETTLE, end_silent_watch, settle_around
from havre.links.silent.models import SilentAlert, SilentWatch
from havre.links.watches.models import Watch
from havre.plumbing.context import acting_as
from havre.triage.interpreting.anew import note_anew
from havre.wiring.route import walk
from tests import make
from tests.rooms.test_silent_watches import GREBE, quiet, tied, told_of
from tests.rooms.test_watches import waiting, watched

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
    rooms = ("identifiers", "links.silent", "links.watches")

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
