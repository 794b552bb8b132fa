"""What was added to a case by mistake is taken out; a note and the log keep that it was there."""

from datetime import timedelta

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
from havre.cases.contents.reads import cases_with_report
from havre.cases.models import Case, CaseReport, NameKey, PersonIdentifier
from havre.cases.rules.access import GrantKind
from havre.cases.search.actions import search_cases
from havre.cases.sharing.actions import share_case
from havre.cases.timeline.actions import read_timeline
from havre.cases.timeline.rules.moments import Happening
from havre.identifiers.rules.words import Kind
from havre.intake.models import Report
from havre.intake.rules.submission import PersonRole
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.sending.actions import note_conflict
from tests import make
from tests.lending import a_place_of

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


def take_out(case: str, officer, what: str, why: str = WHY, *, language: str = "en"):
    where = {"en": f"/en/cases/{case}/take-out", "fr": f"/fr/dossiers/{case}/retrait"}[language]
    return make.browser(officer).post(where, {"what": what, "why": why})


def found(text: str, officer) -> int:
    told = search_cases(text, by=officer)
    return len(told.called) + len(told.known_by) + len(told.notes)


def test_an_identifier_is_found_no_more_and_a_note_says_what_kind_it_was_and_why(case, detective):
    (row,) = read_case(case, by=detective).people
    identifier = row.identifiers[0][0]
    assert found(MAIL, detective) == 1

    assert take_out(case, detective, f"identifier:{identifier.pk}").status_code == 302

    assert found(MAIL, detective) == 0
    contents = read_case(case, by=detective)
    (_note, text), *_ = contents.notes
    assert text == f"Taken out, added by mistake: an identifier of person 1. {WHY}"
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
    assert link_is_told(other, detective) is False
    again = link_report(other, contents.reports[0].link.reference, by=detective)
    assert [one.link for one in read_case(other, by=detective).reports] == [again]
    assert link_is_told(other, detective)


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


NBSP = "\N{NO-BREAK SPACE}"
NOTED = {
    "en": {
        "report": "Taken out, added by mistake: a report.",
        "identifier": "Taken out, added by mistake: an identifier of person 1.",
        "person": "Taken out, added by mistake: person 1.",
    },
    "fr": {
        "report": f"Retiré, ajouté par erreur{NBSP}: un signalement.",
        "identifier": f"Retiré, ajouté par erreur{NBSP}: un identifiant de la personne 1.",
        "person": f"Retiré, ajouté par erreur{NBSP}: la personne 1.",
    },
}


@pytest.mark.parametrize("language", NOTED)
def test_the_note_says_kind_and_place_and_no_name_or_value(case, detective, language):
    contents = read_case(case, by=detective)
    (row,) = contents.people
    rows = {
        "report": contents.reports[0].link.pk,
        "identifier": row.identifiers[0][0].pk,
        "person": row.person.pk,
    }
    for thing, told in NOTED[language].items():
        answer = take_out(case, detective, f"{thing}:{rows[thing]}", "Why.", language=language)
        assert answer.status_code == 302
        assert read_case(case, by=detective).notes[0][1] == f"{told} Why."


def test_a_report_that_was_taken_out_still_keeps_the_case_from_whom_it_names(case, detective):
    neighbour = make.officer(agency_by_code("valley-police"))
    guest = a_place_of(make.officer(neighbour.agency), detective.agency, Role.DETECTIVE)
    until = clock.now() + timedelta(days=7)
    share_case(case, to=neighbour.agency, until=until, kind=GrantKind.JOINT, by=detective)
    (linked,) = read_case(case, by=detective).reports
    assert ways_to_see(case, neighbour) == ways_to_see(case, guest) == [True, True, True]
    note_conflict(report_of(linked.link), agency=neighbour.agency, by=make.analyst())
    assert ways_to_see(case, neighbour) == ways_to_see(case, guest) == [False, False, False]

    assert take_out(case, detective, f"report:{linked.link.pk}").status_code == 302

    assert ways_to_see(case, neighbour) == ways_to_see(case, guest) == [False, False, False]
    assert read_case(case, by=detective).reports == ()
    with acting_as(detective.context):
        assert cases_with_report(report_of(linked.link), actor=detective) == []


def ways_to_see(case: str, officer) -> list[bool]:
    """Whether an officer sees a case: behind either wall alone, and behind both."""
    with acting_as(Station.PIPELINE.context):
        first = Case.objects.visible_to(officer).filter(reference=case).exists()
    with acting_as(officer.context):
        second = Case.objects.filter(reference=case).exists()
        both = Case.objects.visible_to(officer).filter(reference=case).exists()
    return [first, second, both]


def report_of(link: CaseReport) -> Report:
    with acting_as(Station.PIPELINE.context):
        return Report.objects.get(pk=link.report_id)


def link_is_told(case: str, officer) -> bool:
    moments = read_timeline(case, by=officer).moments
    return Happening.REPORT_LINKED in {one.what for one in moments}
