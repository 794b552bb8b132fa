"""A report that the present rules cannot note is given to nobody; the desk reads which, and since.

It is tried again by itself, later each time, and never given up.
"""

import json
from argparse import Namespace
from datetime import timedelta

import pytest
from django.db import DataError, OperationalError
from django.test import Client

from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.editions import reads as editions
from havre.identifiers.editions.reads import is_noted, noted_otherwise, unnoted
from havre.identifiers.editions.rules import FIRST_WAIT, LONGEST_WAIT, wait_after
from havre.identifiers.models import Unnoted
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral
from havre.referrals.packages.actions import fetch_package
from havre.referrals.records.actions import issue_system_key
from havre.triage.interpreting import anew
from havre.triage.interpreting.anew import ask_to_note_anew, note_some_anew
from havre.wiring.commands.identifiers import run_identifiers
from tests import make
from tests.pages import assert_sound

HERS = "204-555-0177"
BY = Station.PIPELINE


class World:
    """A report that an agency has and has a package of, and that the present rules cannot note."""

    def __init__(self, harbor, monkeypatch, *, is_noted_before=True):
        self.patch = monkeypatch
        self.analyst, self.detective = make.analyst(), make.officer(harbor)
        self.report = make.report("He waits at the pier.", walks=is_noted_before)
        self.reference = make.referral(self.report, to=harbor, by=self.analyst).reference
        _row, key = issue_system_key("Files", officer=self.detective.username, by=self.detective)
        self.system = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {key}")
        self.tries = []

    def breaks(self, kind=ValueError):
        """From here on other rules are the present ones, and fail at it."""
        self.patch.setattr(editions, "edition", lambda: "present")
        self.patch.setattr(anew, "note_identifiers", self.fails(kind))

    def fails(self, kind):
        def fails(report, *, by):
            self.tries.append(report)
            raise kind(HERS)

        return fails

    def asks(self, path="", **headers):
        return self.system.get(f"/records/v1/referrals/{self.reference}{path}", **headers)

    def row(self) -> Unnoted | None:
        with acting_as(BY.context):
            return Unnoted.objects.filter(report=self.report).first()

    def later(self, wait: timedelta):
        now = clock.now() + wait
        self.patch.setattr(clock, "now", lambda: now)


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def world(harbor, monkeypatch):
    world = World(harbor, monkeypatch)
    fetch_package(world.reference, by=world.detective)
    world.breaks()
    return world


def told(answer) -> dict:
    assert answer["Content-Type"] == "application/problem+json"
    assert HERS not in answer.content.decode()
    return json.loads(answer.content)


@pytest.mark.parametrize("path", ["", "/package", "/package?number=1"])
def test_a_record_system_is_told_when_to_ask_again(world, path):
    answer = world.asks(path)

    assert answer.status_code == 503
    said = told(answer)
    assert (said["code"], said["type"]) == ("not-noted", "urn:havre:problem:not-noted")
    assert "call the tipline" in said["detail"]
    assert int(answer["Retry-After"]) in range(290, 301)
    french = told(world.asks(path, HTTP_ACCEPT_LANGUAGE="fr"))
    assert "appelez la ligne de signalement" in french["detail"]


def test_a_fault_of_the_database_is_a_report_that_cannot_be_noted_too(harbor, monkeypatch):
    world = World(harbor, monkeypatch)
    world.breaks(DataError)
    assert told(world.asks())["code"] == "not-noted"
    assert world.row().fault == "DataError"


def test_a_program_that_asks_again_waits_for_the_next_try_and_a_person_does_not(world):
    first = world.asks()
    world.later(timedelta(minutes=2))
    second = world.asks("/package")
    assert len(world.tries) == 1
    assert int(second["Retry-After"]) < int(first["Retry-After"]) - 100

    make.browser(world.detective).get(f"/en/referrals/{world.reference}")
    assert len(world.tries) == 2
    assert world.row().tries == 1

    world.later(timedelta(minutes=4))
    world.asks()
    assert (len(world.tries), world.row().tries) == (3, 2)


def test_the_desk_reads_which_report_since_when_and_why_and_no_agency_does(world, harbor):
    world.asks()
    desk = make.browser(world.analyst)
    for place, words in {
        "/en/clocks": "Reports that cannot be given",
        "/fr/echeances": "Signalements qui ne peuvent être remis",
    }.items():
        page = assert_sound(desk.get(place, follow=True).content).text_content()
        for said in (words, world.report.reference, "ValueError"):
            assert said in page
        assert HERS not in page

    lead = make.officer(harbor, Role.AGENCY_SUPERVISOR)
    page = make.browser(lead).get("/en/clocks").content.decode()
    assert "cannot be given" not in page
    with acting_as(lead.context):
        assert list(Unnoted.objects.all()) == []


def test_an_officer_who_asks_for_a_package_reads_what_to_do(world):
    browser = make.browser(world.detective)
    for place, words in {
        f"/en/referrals/{world.reference}/package": "nor one that was made before",
        f"/fr/transmissions/{world.reference}/dossier": "pas même un paquet déjà fait",
    }.items():
        answer = browser.post(place, {"number": "1"}, follow=True)
        assert answer.status_code == 200
        assert words in assert_sound(answer.content).text_content()


def test_tries_come_later_each_time_and_never_end(world):
    waits = []
    world.later(timedelta())
    assert ask_to_note_anew()
    for _try in range(9):
        note_some_anew("")
        row = world.row()
        waits.append(row.next_try_at - clock.now())
        with acting_as(BY.context):
            assert noted_otherwise(before=None, most=9) == []
        assert note_some_anew("") == 0
        world.later(waits[-1] + timedelta(seconds=1))
    assert len(world.tries) == 9
    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT == wait_after(1_000_000)
    with acting_as(BY.context):
        assert noted_otherwise(before=None, most=9) == [world.report.pk]
        lines = Entry.objects.filter(event=Event.IDENTIFIERS_NOT_NOTED)
        assert [line.details["fault"] for line in lines] == ["ValueError"] * 9


def test_other_rules_try_it_at_once_and_what_is_noted_shows_no_more(world, monkeypatch, capsys):
    world.asks()
    assert run_identifiers(Namespace()) == 1
    assert f"{world.report.reference} cannot be noted since" in capsys.readouterr().out
    monkeypatch.undo()

    monkeypatch.setattr(editions, "edition", lambda: "mended")
    with acting_as(BY.context):
        assert noted_otherwise(before=None, most=9) == [world.report.pk]
        assert unnoted(actor=BY) == []
    assert open_referral(world.reference, by=world.detective)


def test_what_is_noted_after_all_shows_no_more(world, monkeypatch):
    world.asks()
    with acting_as(BY.context):
        assert [row.report for row in unnoted(actor=BY)] == [world.report]
    monkeypatch.undo()
    monkeypatch.setattr(editions, "edition", lambda: "present")
    open_referral(world.reference, by=world.detective)
    with acting_as(BY.context):
        assert is_noted(world.report.pk, actor=BY)
        assert unnoted(actor=BY) == []


def test_what_no_rules_ever_noted_is_tried_again_too(harbor, monkeypatch):
    world = World(harbor, monkeypatch, is_noted_before=False)
    world.breaks()
    world.asks()
    assert note_some_anew("") == 0
    assert len(world.tries) == 1

    world.later(FIRST_WAIT)
    assert ask_to_note_anew()
    note_some_anew("")
    assert len(world.tries) == 2


def test_a_database_that_is_away_is_no_fault_of_a_report(harbor, monkeypatch):
    world = World(harbor, monkeypatch)
    world.breaks(OperationalError)
    note_some_anew("")
    assert world.asks().status_code == 503
    assert world.row() is None
