"""Cases of one agency: opened, worked on, closed; and who sees nothing of them."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.reads import done_to
from havre.audit.rules import Event, Station, UnloggedActionError
from havre.cases.actions import (
    add_member,
    end_membership,
    look_at_case,
    mark_case,
    move_case,
    open_case,
    read_cases,
)
from havre.cases.contents.actions import (
    NotAnIdentifierError,
    add_identifier,
    add_note,
    add_person,
    finish_task,
    link_report,
    read_case,
    reopen_task,
    set_task,
    take_exhibit,
    unmask_person,
)
from havre.cases.models import Case, Person, Task
from havre.cases.reads import members_of
from havre.cases.rules.access import CaseRole, NoLeadError
from havre.cases.rules.states import CaseState, CaseStateError, ClosingReason, Move
from havre.cases.sealed import open_words
from havre.evidence.models import Exhibit
from havre.identifiers.rules.words import Kind
from havre.intake.models import Report
from havre.intake.rules.submission import PersonRole
from havre.plumbing import ids
from havre.plumbing.context import acting_as
from tests import make
from tests.plans import nodes

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def colleague(harbor):
    return make.officer(harbor)


@pytest.fixture
def supervisor(harbor):
    return make.officer(harbor, Role.AGENCY_SUPERVISOR)


@pytest.fixture
def neighbour():
    return make.officer(make.agency_by_code("valley-police"))


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


def events_on(case: Case, officer: Officer) -> list[str]:
    with acting_as(officer.context):
        return [entry.event for entry in done_to(case.pk)]


# ---------------------------------------------------------------------------------- one agency


def test_an_agency_numbers_its_cases_by_year(detective, neighbour, case):
    second = open_case("Another", by=detective)
    elsewhere = open_case("Elsewhere", by=neighbour)

    assert (case.number, second.number, elsewhere.number) == (1, 2, 1)
    assert case.written_number == f"{case.year}-0001"
    assert case.reference.startswith("C-")


def test_a_hidden_case_has_its_number_too(detective, colleague):
    open_case("Hidden", restricted=True, by=detective)

    assert open_case("Open", by=colleague).number == 2


def test_the_title_and_the_notes_of_a_case_stand_nowhere_in_clear(detective, case):
    add_note(case.reference, "Seen at the ferry.", by=detective)
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        cursor.execute("SELECT c::text, n::text FROM cases_case c JOIN cases_note n ON true")
        stored = str(cursor.fetchall())
    assert "pier" not in stored
    assert "ferry" not in stored
    read = read_case(case.reference, by=detective)
    assert read.opened.title == "The man at the pier"
    assert [text for _note, text in read.notes] == ["Seen at the ferry."]


def test_sealed_words_open_nowhere_but_where_they_stand(detective, case):
    key = look_at_case(case.reference, by=detective).key
    with pytest.raises(UnloggedActionError):
        open_words(case, case.title, key=key, column="title", row=case.pk)


def test_every_colleague_sees_a_case_and_the_neighbour_nothing_of_it(
    case, detective, colleague, neighbour
):
    add_note(case.reference, "Seen at the ferry.", by=detective)

    assert seen_by(colleague) == {case.reference}
    assert seen_by(neighbour) == set()
    assert in_the_database(neighbour, "cases_note") == 0
    with pytest.raises(Case.DoesNotExist):
        look_at_case(case.reference, by=neighbour)
    with pytest.raises(Case.DoesNotExist):
        add_note(case.reference, "Mine?", by=neighbour)


def test_a_restricted_case_is_for_its_members_alone_in_the_database_too(
    case, detective, colleague, supervisor
):
    add_note(case.reference, "Seen at the ferry.", by=detective)
    mark_case(case.reference, restricted=True, for_court=False, by=detective)

    assert seen_by(detective) == {case.reference}
    for outsider in (colleague, supervisor):
        assert seen_by(outsider) == set()
        for table in ("cases_case", "cases_note", "cases_member"):
            assert in_the_database(outsider, table) == 0
    add_member(case.reference, colleague.pk, role=CaseRole.READER, by=detective)
    assert seen_by(colleague) == {case.reference}
    assert in_the_database(colleague, "cases_note") == 1


def test_a_reader_adds_nothing_and_a_member_does(case, detective, colleague):
    add_member(case.reference, colleague.pk, role=CaseRole.READER, by=detective)
    with pytest.raises(Case.DoesNotExist):
        add_note(case.reference, "A thought.", by=colleague)

    add_member(case.reference, colleague.pk, role=CaseRole.INVESTIGATOR, by=detective)
    assert add_note(case.reference, "A thought.", by=colleague).by == colleague
    with acting_as(detective.context):
        assert [m.role for m in members_of(case)] == ["lead", "investigator"]


def test_only_a_lead_or_the_agency_s_supervisor_leads(case, detective, colleague, supervisor):
    with pytest.raises(Case.DoesNotExist):
        move_case(case.reference, Move.ACTIVATE, by=colleague)

    assert move_case(case.reference, Move.ACTIVATE, by=supervisor).state == CaseState.ACTIVE


def test_a_restricted_case_never_loses_its_last_lead(case, detective, colleague):
    mark_case(case.reference, restricted=True, for_court=False, by=detective)
    with acting_as(detective.context):
        (lead,) = members_of(case)
    with pytest.raises(NoLeadError):
        end_membership(case.reference, lead.pk, by=detective)

    add_member(case.reference, colleague.pk, role=CaseRole.LEAD, by=detective)
    end_membership(case.reference, lead.pk, by=detective)
    assert seen_by(detective) == set()
    assert seen_by(colleague) == {case.reference}


def test_a_case_closes_with_a_reason_takes_nothing_more_and_opens_again(case, detective):
    closed = move_case(case.reference, Move.CLOSE, because=ClosingReason.NOT_ENOUGH, by=detective)
    assert (closed.state, closed.because) == ("closed", "not-enough")
    with pytest.raises(Case.DoesNotExist):
        add_note(case.reference, "Too late.", by=detective)
    with pytest.raises(CaseStateError):
        move_case(case.reference, Move.REST, by=detective)

    reopened = move_case(case.reference, Move.REOPEN, by=detective)
    assert (reopened.state, reopened.because, reopened.times_reopened) == ("active", "", 1)


def test_the_list_holds_what_is_asked_for(case, detective, colleague):
    other = open_case("Another", by=colleague)
    move_case(other.reference, Move.CLOSE, because=ClosingReason.MERGED, by=colleague)

    def listed(**asked):
        page = read_cases(**asked, by=detective).page
        return [one.reference for one in page.cases]

    assert listed() == [case.reference]
    assert listed(state="closed") == [other.reference]
    assert listed(state="all") == [other.reference, case.reference]
    assert listed(state="all", whose="mine") == [case.reference]
    assert listed(state="all", after=str(other.pk)) == [case.reference]
    assert listed(after="no place") == [case.reference]
    assert listed(whose="shared") == []


def test_the_crown_liaison_sees_what_is_marked_for_court(case, detective, harbor):
    crown = make.officer(harbor, Role.CROWN_LIAISON)
    assert seen_by(crown) == set()

    mark_case(case.reference, restricted=False, for_court=True, by=detective)

    assert seen_by(crown) == {case.reference}
    assert not look_at_case(case.reference, by=crown).standing.may_write
    with pytest.raises(Case.DoesNotExist):
        add_note(case.reference, "From the Crown.", by=crown)


# -------------------------------------------------------------------------------- what it holds


def test_a_task_is_set_for_a_member_and_done_once(case, detective, colleague):
    with pytest.raises(Officer.DoesNotExist):
        set_task(case.reference, "Ask the ferry.", assigned_to=colleague.pk, by=detective)
    task = set_task(case.reference, "Ask the ferry.", assigned_to=detective.pk, by=detective)

    finish_task(case.reference, task.pk, by=colleague)
    finish_task(case.reference, task.pk, by=detective)

    ((done, what),) = read_case(case.reference, by=detective).tasks
    assert (what, done.done_by) == ("Ask the ferry.", colleague)


def test_a_task_said_to_be_done_is_opened_again_and_the_log_keeps_both(case, detective, colleague):
    task = set_task(case.reference, "Ask the ferry.", by=detective)
    finish_task(case.reference, task.pk, by=detective)

    reopen_task(case.reference, task.pk, by=colleague)

    ((again, _what),) = read_case(case.reference, by=detective).tasks
    assert (again.done_at, again.done_by) == (None, None)
    steps = (Event.CASE_TASK_DONE, Event.CASE_TASK_REOPENED)
    with acting_as(Station.SET_UP.context):
        told = Entry.objects.filter(event__in=steps).order_by("pk")
        assert [(one.event, one.actor) for one in told] == [
            (Event.CASE_TASK_DONE, detective.signature),
            (Event.CASE_TASK_REOPENED, colleague.signature),
        ]
    with pytest.raises(Task.DoesNotExist):
        reopen_task(case.reference, ids.uuid7(), by=detective)


def test_a_suspect_stands_in_clear_and_a_child_is_masked_until_unmasked(case, detective):
    suspect = add_person(case.reference, "A. Roy", role=PersonRole.SUSPECT, by=detective)
    child = add_person(case.reference, "Robin Example", role=PersonRole.VICTIM, by=detective)
    for person in (suspect, child):
        add_identifier(case.reference, person.pk, "204-555-0142", kind=Kind.PHONE, by=detective)

    first, second = read_case(case.reference, by=detective).people
    assert (first.name, first.identifiers[0][1]) == ("A. Roy", "+12045550142")
    assert (second.name, second.identifiers[0][1]) == ("", "")

    unmask_person(case.reference, child.pk, by=detective)
    second = read_case(case.reference, unmask=child.pk, by=detective).people[1]
    assert (second.name, second.identifiers[0][1]) == ("Robin Example", "+12045550142")
    assert Event.CASE_UNMASKED in events_on(case, detective)


def test_the_same_identifier_is_added_once_and_nonsense_is_refused(case, detective):
    suspect = add_person(case.reference, "A. Roy", role=PersonRole.SUSPECT, by=detective)
    one, two = (
        add_identifier(case.reference, suspect.pk, text, kind=Kind.EMAIL, by=detective)
        for text in ("dock.master@example.com", " Dock.Master@Example.com ")
    )
    assert one.pk == two.pk
    with pytest.raises(NotAnIdentifierError):
        add_identifier(case.reference, suspect.pk, "not one", kind=Kind.EMAIL, by=detective)


def test_a_person_of_another_case_is_not_found_in_this_one(case, detective):
    other = open_case("Another", by=detective)
    child = add_person(other.reference, "Robin", role=PersonRole.VICTIM, by=detective)

    with pytest.raises(Person.DoesNotExist):
        unmask_person(case.reference, child.pk, by=detective)
    task = set_task(other.reference, "Ask.", by=detective)
    with pytest.raises(Task.DoesNotExist):
        finish_task(case.reference, task.pk, by=detective)


def test_only_a_report_that_was_sent_to_the_agency_is_linked(case, detective, harbor):
    report = make.report()
    with pytest.raises(Report.DoesNotExist):
        link_report(case.reference, report.reference, by=detective)
    make.referral(report, to=harbor, by=make.analyst())

    link = link_report(case.reference, report.reference, by=detective)

    assert link_report(case.reference, report.reference, by=detective) == link
    read = read_case(case.reference, by=detective)
    assert [(one.link.reference, one.is_open) for one in read.reports] == [(report.reference, True)]
    (file,) = read.takeable
    taken = take_exhibit(case.reference, file.pk, by=detective)
    assert (taken.number, taken.sha256) == (1, file.sha256)
    with pytest.raises(Exhibit.DoesNotExist):
        take_exhibit(case.reference, file.pk, by=detective)


@pytest.mark.usefixtures("db")
def test_which_cases_of_others_are_kept_from_an_agency_is_asked_once_a_statement():
    """Asked at every row, a list of cases took a fifth of a second for each thousand there are."""
    officer = make.officer(make.directory())
    with acting_as(officer.context):
        (plan,) = json.loads(Case.objects.visible_to(officer).explain(format="json", verbose=True))
    asking = [node for node in nodes(plan["Plan"]) if "cases_kept_from_us" in str(node)]
    assert {node["Parent Relationship"] for node in asking} == {"InitPlan"}
