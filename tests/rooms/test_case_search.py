"""Finding somebody: by name and by identifier, in all that one may see and in nothing else."""

from datetime import timedelta

import pytest
from django.db import connection

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.cases.actions import mark_case, open_case
from havre.cases.contents.actions import add_identifier, add_person
from havre.cases.models import NameKey
from havre.cases.rules.access import Part
from havre.cases.search.actions import search_cases
from havre.cases.sharing.actions import share_case
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from tests import make
from tests.pages import assert_sound


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def case(detective):
    case = open_case("The man at the pier", by=detective)
    for name, role in (
        ("Robert Larsen", PersonRole.SUSPECT),
        ("Marie-Ève Côté", PersonRole.VICTIM),
        ("Paul Wetherby", PersonRole.WITNESS),
    ):
        person = add_person(case.reference, name, role=role, by=detective)
        if role is PersonRole.SUSPECT:
            add_identifier(
                case.reference, person.pk, "dock.master@example.com", kind=Kind.EMAIL, by=detective
            )
    return case


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Larsen, Bob", "suspect"),
        ("Marieve Cote", "victim"),
        ("Wetherbee Paul", "witness"),
    ],
)
def test_somebody_is_found_by_a_name_written_otherwise_sealed_or_not(case, detective, text, role):
    first, *_others = search_cases(text, by=detective).called
    assert (first.role, first.case) == (role, case)


def test_a_name_that_nobody_has_finds_nobody(case, detective):
    assert search_cases("Xenia Quartz", by=detective).called == ()


def test_a_name_of_nothing_finds_nobody(case, detective):
    assert search_cases("...", by=detective).called == ()


def test_the_likest_is_found_among_more_people_than_are_weighed(case, detective, monkeypatch):
    for name in ("Robert Smith", "Robert Jones", "Robert Brown"):
        add_person(case.reference, name, role=PersonRole.SUSPECT, by=detective)
    monkeypatch.setattr("havre.cases.search.reads.MOST_WEIGHED", 2)

    first, *_others = search_cases("Bob Larsen", by=detective).called

    assert first.clear_name == "Robert Larsen"


def test_the_database_looks_names_up_by_their_index_behind_the_wall(case, detective):
    """What an array holds it would not look up: only equality may come before the wall."""
    with acting_as(detective.context), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT person_id FROM cases_namekey WHERE digest IN (1, 2)")
        plan = str(cursor.fetchall())
    # Which of its indexes, the planner chooses; behind the wall it could only be a filter.
    assert "Index Cond: (digest = ANY" in plan


def test_the_keys_of_a_name_go_where_the_person_goes(case, detective, harbor):
    """Behind the second wall alone, with nothing of the first."""
    neighbour = make.officer(make.agency_by_code("valley-police"))
    until = clock.now() + timedelta(days=3)

    def keys_seen_by(officer):
        with acting_as(officer.context):
            return NameKey.objects.count()

    assert keys_seen_by(detective) > 0
    assert keys_seen_by(neighbour) == 0
    given = {"to": neighbour.agency, "until": until, "by": detective}
    share_case(case.reference, parts=[Part.NOTES], **given)
    assert keys_seen_by(neighbour) == 0
    share_case(case.reference, parts=[Part.PEOPLE], **given)
    assert keys_seen_by(neighbour) == keys_seen_by(detective)
    assert search_cases("Bob Larsen", by=neighbour).called != ()


def test_of_a_crowds_identifier_the_newest_referrals_are_found(detective, harbor, monkeypatch):
    analyst = make.analyst()
    _, newest = (make.referral(make.report(), to=harbor, by=analyst) for _ in range(2))
    make.report()
    monkeypatch.setattr("havre.referrals.finding.reads.MOST_FOLLOWED", 1)
    found = search_cases("dock.master@example.com", by=detective).referrals
    assert [referral.reference for referral in found] == [newest.reference]


def test_an_identifier_finds_people_and_referrals_in_whatever_form(case, detective, harbor):
    sent = make.referral(make.report(), to=harbor, by=make.analyst())

    found = search_cases(" Dock.Master@Example.com", by=detective)

    assert [person.clear_name for person in found.known_by] == ["Robert Larsen"]
    assert [referral.reference for referral in found.referrals] == [sent.reference]
    assert found.called == ()


def test_nobody_finds_what_they_may_not_see(case, detective, harbor):
    neighbour = make.officer(make.agency_by_code("valley-police"))
    colleague = make.officer(harbor)
    mark_case(case.reference, restricted=True, for_court=False, by=detective)

    for outsider in (neighbour, colleague):
        for text in ("Robert Larsen", "dock.master@example.com"):
            found = search_cases(text, by=outsider)
            assert (found.called, found.known_by, found.referrals) == ((), (), ())


def test_what_was_typed_stands_in_no_log_and_a_sealed_name_in_no_row(case, detective):
    search_cases("Marie-Ève Côté", by=detective)
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        line = Entry.objects.filter(event=Event.CASES_SEARCHED).get()
        assert (line.details["people"], "Marie" in str(line.details)) == (1, False)
        cursor.execute("SELECT p::text FROM cases_person p WHERE role = 'victim'")
        (row,) = cursor.fetchone()
    assert not any(word in row.lower() for word in ("marie", "côté", "cote"))


def test_the_page_of_the_search_shows_what_was_found_and_says_when_nothing_was(case, detective):
    desk = make.browser(detective)
    assert_sound(desk.get("/en/cases/search").content)

    found = assert_sound(desk.post("/en/cases/search", {"text": "Bob Larsen"}).content)
    masked = assert_sound(desk.post("/fr/dossiers/recherche", {"text": "Marieve Cote"}).content)
    nobody = assert_sound(desk.post("/en/cases/search", {"text": "204-555-0199"}).content)

    assert "Robert Larsen" in found.text_content()
    assert "Masqué" in masked.text_content()
    assert "Marie-Ève" not in masked.text_content()
    assert "Nobody like that" in nobody.text_content()
    assert desk.post("/en/cases/search", {}).status_code == 422
