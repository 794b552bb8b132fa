"""The page of a case: what it shows, in words, and the forms on it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import Form
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from havre.agencies.models import Officer
from havre.cases.actions import OpenedCase, TitledCases
from havre.cases.contents.actions import Contents, PersonInCase
from havre.cases.forms import (
    HandOverForm,
    IdentifierForm,
    MarkForm,
    MemberForm,
    MoveForm,
    NoteForm,
    PersonForm,
    ReportForm,
    ShareForm,
    TaskForm,
)
from havre.cases.models import Case, Grant, Member, Task
from havre.cases.reads import members_of, who_could_join
from havre.cases.requests.page import RequestRow, request_row
from havre.cases.requests.reads import requests_of
from havre.cases.rules.states import CaseState, Move, moves_from
from havre.cases.search.reads import MOST_READ, Found
from havre.cases.sharing.reads import grants_of
from havre.cases.wording import (
    AGE_CLASSES,
    CASE_ROLES,
    GRANT_KINDS,
    MOVES,
    PARTS,
    PERSON_ROLES,
    REASONS,
    STATES,
)
from havre.plumbing import clock
from havre.referrals.pages.tables import Done, done_rows
from havre.referrals.wording import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case as the list shows it."""

    case: Case
    title: str
    agency: str
    state: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """Somebody whom a search found, in words; the name is "" while it is masked."""

    case: Case
    agency: str
    name: str
    role: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody in a case, in words; the name is "" while it is masked."""

    pk: UUID
    called: str
    name: str
    role: Promise
    age: Promise
    identifiers: tuple[tuple[Promise, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task, in words."""

    task: Task
    what: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A member, in words."""

    member: Member
    agency: str
    role: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    """A share, in words."""

    grant: Grant
    agency: str
    kind: Promise
    parts: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """The page of a case."""

    contents: Contents
    agency: str
    state: Promise
    because: Promise | None
    age: Promise
    moves: tuple[tuple[Move, Promise], ...]
    people: tuple[PersonRow, ...]
    tasks: tuple[TaskRow, ...]
    members: tuple[MemberRow, ...]
    grants: tuple[GrantRow, ...]
    requests: tuple[RequestRow, ...]
    done: tuple[Done, ...]

    @property
    def opened(self) -> OpenedCase:
        """The case, opened."""
        return self.contents.opened


def case_rows(found: TitledCases, *, language: str) -> list[CaseRow]:
    """A page of cases, in words."""
    return [
        CaseRow(
            case=case,
            title=found.titles.get(case.pk, ""),
            agency=case.agency.name(language),
            state=STATES[case.state],
        )
        for case in found.page.cases
    ]


def search_rows(found: Found, *, language: str) -> dict[str, object]:
    """What a search found, in words: people of cases once each, and referrals."""
    people = {person.pk: person for person in (*found.known_by, *found.called)}
    rows = [
        FoundRow(
            case=person.case,
            agency=person.case.agency.name(language),
            name=person.clear_name,
            role=PERSON_ROLES.get(person.role, PERSON_ROLES["unknown"]),
        )
        for person in people.values()
    ]
    notes = [(one, one.case.agency.name(language)) for one in found.notes]
    return {
        "cases": [(one, one.agency.name(language), STATES[one.state]) for one in found.cases],
        "numbered": found.numbered,
        "people": rows,
        "referrals": found.referrals,
        "notes": notes,
        "is_done": True,
        "most_read": MOST_READ,
        **{f"more_{one}": True for one in found.more},
    }


def case_view(contents: Contents, *, language: str, officer: Officer) -> CaseView:
    """The page of a case for one officer."""
    case, standing = contents.opened.case, contents.opened.standing
    members = members_of(case) if standing.works_on_it else []
    return CaseView(
        contents=contents,
        agency=case.agency.name(language),
        state=STATES[case.state],
        because=REASONS[case.because] if case.because else None,
        age=AGE_CLASSES[case.subject_age_class],
        moves=tuple(
            (move, MOVES[move])
            for move in moves_from(CaseState(case.state))
            if move is not Move.CLOSE
        ),
        people=tuple(_person(n, one) for n, one in enumerate(contents.people, start=1)),
        tasks=tuple(_task(task, what) for task, what in contents.tasks),
        members=tuple(
            MemberRow(member=one, agency=one.agency.name(language), role=CASE_ROLES[one.role])
            for one in members
        ),
        grants=tuple(_grant(one, language) for one in grants_of(case)) if standing.is_owner else (),
        requests=tuple(map(request_row, requests_of(case, actor=officer))),
        done=done_rows(case.pk, actor=officer),
    )


def forms_for(view: CaseView, faulty: Form | None, *, language: str) -> dict[str, Form]:
    """The forms on the page of a case; the one that did not read keeps its faults."""
    case, standing = view.opened.case, view.opened.standing
    forms: list[Form] = []
    if standing.may_write:
        members = [(row.member.officer_id, row.member.officer.display_name) for row in view.members]
        people = [(row.pk, row.called) for row in view.people]
        forms += [NoteForm(), PersonForm(), ReportForm()]
        forms += [TaskForm(assigned_to=members), IdentifierForm(person=people)]
    if standing.may_lead:
        joining = [
            (one.pk, f"{one.display_name}, {one.agency.name(language)}")
            for one in who_could_join(standing.access)
        ]
        marks = {"restricted": case.restricted, "for_court": case.for_court}
        mark = MarkForm()
        mark.initial = marks
        forms += [mark, MemberForm(officer=joining), MoveForm(), ShareForm(), HandOverForm()]
    named = {_name(form): form for form in forms}
    if faulty is not None and _name(faulty) in named:
        offered = named[_name(faulty)]
        for field in faulty.fields:
            faulty.fields[field].widget = offered.fields[field].widget
        named[_name(faulty)] = faulty
    return named


def _name(form: Form) -> str:
    return type(form).__name__.removesuffix("Form").lower()


def _person(number: int, shown: PersonInCase) -> PersonRow:
    role = PERSON_ROLES.get(shown.person.role, PERSON_ROLES["unknown"])
    called = f"{role}, {shown.name}" if shown.name else _("%(role)s, masked") % {"role": role}
    return PersonRow(
        pk=shown.person.pk,
        called=f"{number}. {called}",
        name=shown.name,
        role=role,
        age=AGE_CLASSES[shown.person.age_class],
        identifiers=tuple((KINDS[one.kind], value) for one, value in shown.identifiers),
    )


def _task(task: Task, what: str) -> TaskRow:
    late = task.due is not None and task.done_at is None and task.due < _today()
    return TaskRow(task=task, what=what, is_late=late)


def _today() -> date:
    moment: datetime = timezone.localtime(clock.now())
    return moment.date()


def _grant(grant: Grant, language: str) -> GrantRow:
    return GrantRow(
        grant=grant,
        agency=grant.to_agency.name(language),
        kind=GRANT_KINDS[grant.kind],
        parts=tuple(PARTS[part] for part in grant.parts),
    )
