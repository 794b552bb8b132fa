"""What was added to a case by mistake is taken out; a note and the log keep that it was there."""

import pytest

from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.cases.actions import open_case
from havre.cases.contents.actions import (
    add_identifier,
    add_person,
    link_report,
    read_case,
    take_exhibit,
)
from havre.cases.models import NameKey, PersonIdentifier
from havre.cases.search.actions import search_cases
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.plumbing.context import acting_as
from tests import make

pytestmark = pytest.mark.django_db
MAIL, WHY = "grebe@example.com", "Another Robin was meant."


@pytest.fixture
def detective():
    return make.officer(make.directory())


@pytest.fixture
def case(detective) -> str:
    case = open_case("The pier.", by=detective).reference
    person = add_person(case, "Robin Example", role=PersonRole.SUSPECT, by=detective)
    add_identifier(case, person.pk, MAIL, kind=Kind.EMAIL, by=detective)
    report = make.report()
    make.referral(report, to=detective.agency, by=make.analyst())
    link_report(case, report.reference, by=detective)
    return case


def take_out(case: str, officer, what: str, why: str = WHY):
    return make.browser(officer).post(f"/en/cases/{case}/take-out", {"what": what, "why": why})


def found(text: str, officer) -> int:
    told = search_cases(text, by=officer)
    return len(told.called) + len(told.known_by)


def test_an_identifier_is_found_no_more_and_a_note_says_what_it_was_and_why(case, detective):
    (row,) = read_case(case, by=detective).people
    identifier = row.identifiers[0][0]
    assert found(MAIL, detective) == 1

    assert take_out(case, detective, f"identifier:{identifier.pk}").status_code == 302

    assert found(MAIL, detective) == 0
    contents = read_case(case, by=detective)
    (_note, text), *_ = contents.notes
    assert text.startswith("Taken out, added by mistake: E-mail grebe@example.com, of 1. Suspect")
    assert text.endswith(WHY)
    assert len(contents.people) == 1
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.get(event=Event.CASE_TAKEN_OUT)
        assert MAIL not in str(line.details)


def test_a_person_goes_with_names_and_identifiers(case, detective):
    (row,) = read_case(case, by=detective).people
    assert found("Robin Example", detective) == 1

    assert take_out(case, detective, f"person:{row.person.pk}").status_code == 302

    assert found("Robin Example", detective) == found(MAIL, detective) == 0
    with acting_as(Station.PIPELINE.context):
        assert not PersonIdentifier.objects.exists()
        assert not NameKey.objects.exists()


def test_a_report_goes_unless_the_case_took_a_file_of_it(case, detective):
    contents = read_case(case, by=detective)
    what = f"report:{contents.reports[0].link.pk}"
    take_exhibit(case, contents.takeable[0].pk, by=detective)
    refused = take_out(case, detective, what)
    assert refused.status_code == 422
    assert "The case took a file of this report, so it stays." in refused.content.decode()

    other = open_case("The quay.", by=detective).reference
    link = link_report(other, contents.reports[0].link.reference, by=detective)
    assert take_out(other, detective, f"report:{link.pk}").status_code == 302
    assert read_case(other, by=detective).reports == ()


def test_nothing_is_taken_out_of_another_case_nor_by_who_may_not_write(case, detective):
    (row,) = read_case(case, by=detective).people
    what = f"person:{row.person.pk}"
    stranger = make.officer(agency_by_code("valley-police"))
    crown = make.officer(detective.agency, Role.CROWN_LIAISON)
    for officer in (stranger, crown):
        assert take_out(case, officer, what).status_code == 404
    elsewhere = open_case("The quay.", by=detective).reference
    assert take_out(elsewhere, detective, what).status_code == 422
    assert take_out(case, detective, what, why="").status_code == 422
    assert found("Robin Example", detective) == 1
    page = make.browser(detective).get(f"/en/cases/{elsewhere}/take-out").content.decode()
    assert "nothing can be taken out" in page
