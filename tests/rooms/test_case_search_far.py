"""A search that finds more than it shows says so, and how to narrow it (decision 035)."""

import pytest

from havre.cases.actions import open_case
from havre.cases.contents.actions import add_identifier, add_note, add_person
from havre.cases.search import actions, reads
from havre.cases.search.actions import search_cases
from havre.cases.search.reads import More
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.referrals.finding import reads as finding
from tests import make

SEARCH = {"en": "/en/cases/search", "fr": "/fr/dossiers/recherche"}
SAID = "He asked me to meet on Saturday. He is dock.master@example.com."
WORDS = {
    More.PEOPLE: ("Only the first 2 people", "Seules les 2 premières personnes"),
    More.NOTES: ("Only the newest 2 notes are shown", "Seules les 2 notes les plus récentes fig"),
    More.NOTES_UNREAD: (
        "Only the newest 1 notes that seem",
        "Seules les 1 notes les plus récentes",
    ),
    More.REFERRALS: ("Only the newest 2 referrals", "Seules les 2 transmissions"),
}


@pytest.fixture(autouse=True)
def harbor(db, monkeypatch):
    for module in (actions, reads, finding):
        monkeypatch.setattr(module, "MOST_FOUND", 2)
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def case(detective):
    return open_case("The man at the pier", by=detective)


def known(case, by, *names: str) -> None:
    for name in names:
        add_person(case.reference, name, role=PersonRole.SUSPECT, by=by)


def assert_said(detective, text: str, *more: More) -> None:
    """The search says in either language of which there is more, and of nothing else."""
    assert search_cases(text, by=detective).more == frozenset(more)
    for place, language in enumerate(SEARCH):
        shown = make.browser(detective).post(SEARCH[language], {"text": text}).content.decode()
        assert {one for one in More if WORDS[one][place] in shown} == set(more)


@pytest.mark.parametrize(("bear", "more"), [(2, ()), (3, (More.PEOPLE,))])
def test_a_common_name_shows_the_first_and_says_that_there_are_more(case, detective, bear, more):
    known(case, detective, *["Jean Tremblay"] * bear)

    assert len(search_cases("Jean Tremblay", by=detective).called) == 2
    assert_said(detective, "Jean Tremblay", *more)


def test_the_likest_are_those_that_are_shown(case, detective):
    known(case, detective, "Jean Roy", "Jean Tremblay Gagnon Morin", "Jean Tremblay", "Luc Petrov")

    found = search_cases("Jean Tremblay", by=detective)

    names = [person.clear_name for person in found.called]
    assert names == ["Jean Tremblay", "Jean Tremblay Gagnon Morin"]
    assert found.more == {More.PEOPLE}


def test_who_is_too_little_alike_is_no_more(case, detective):
    known(case, detective, "Jean Tremblay", "Jean Tremblay", "Jana Quartz")

    assert search_cases("Jean Tremblay", by=detective).more == frozenset()


@pytest.mark.parametrize(("bear", "more"), [(2, ()), (3, (More.PEOPLE,))])
def test_an_identifier_of_many_people_shows_the_first(case, detective, bear, more):
    for n in range(bear):
        person = add_person(case.reference, f"Luc {n}", role=PersonRole.SUSPECT, by=detective)
        address = "dock.master@example.com"
        add_identifier(case.reference, person.pk, address, kind=Kind.EMAIL, by=detective)

    assert len(search_cases("dock.master@example.com", by=detective).known_by) == 2
    assert_said(detective, "dock.master@example.com", *more)


@pytest.mark.parametrize(("tell", "more"), [(2, ()), (3, (More.REFERRALS,))])
def test_an_identifier_of_many_reports_shows_the_newest(harbor, detective, tell, more):
    analyst = make.analyst()
    sent = [make.referral(make.report(SAID), to=harbor, by=analyst) for _ in range(tell)]

    found = search_cases("dock.master@example.com", by=detective)

    assert list(found.referrals) == sent[::-1][:2]
    assert_said(detective, "dock.master@example.com", *more)


@pytest.mark.parametrize(("hold", "more"), [(2, ()), (3, (More.NOTES,))])
def test_words_of_many_notes_show_the_newest(case, detective, hold, more):
    notes = [
        add_note(case.reference, f"The ferry list, page {n}.", by=detective) for n in range(hold)
    ]

    found = search_cases("ferry list", by=detective)

    assert [one.note for one in found.notes] == notes[::-1][:2]
    assert_said(detective, "ferry list", *more)


@pytest.mark.parametrize(("hold", "more"), [(1, ()), (2, (More.NOTES_UNREAD,))])
def test_notes_that_nobody_looked_into_are_told_of(case, detective, monkeypatch, hold, more):
    for module in (actions, reads):
        monkeypatch.setattr(module, "MOST_READ", 1)
    monkeypatch.setattr("havre.cases.page.MOST_READ", 1)
    for n in range(hold):
        add_note(case.reference, f"The ferry list, page {n}.", by=detective)

    assert len(search_cases("ferry list", by=detective).notes) == 1
    assert_said(detective, "ferry list", *more)
