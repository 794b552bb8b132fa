"""Adding to a case, and reading what it holds."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action
from havre.audit.rules import Event
from havre.cases.actions import OpenedCase, look_at_case
from havre.cases.contents.reads import (
    LinkedReport,
    exhibits_in,
    exhibits_of_reports,
    exhibits_to_take,
    identifiers_of,
    link_that_stands,
    next_number,
    notes_of,
    people_of,
    reports_in,
    tasks_of,
)
from havre.cases.keeping import note_on
from havre.cases.models import (
    Case,
    CaseExhibit,
    CaseReport,
    Note,
    Person,
    PersonIdentifier,
    Task,
)
from havre.cases.reads import case_by_reference, case_to_write_in, members_of, standing_of
from havre.cases.rules.access import Part
from havre.cases.sealed import case_key, open_words, seal_words
from havre.cases.search.digests import digests_of
from havre.cases.search.keeping import keep_name, keep_words
from havre.evidence.models import Exhibit
from havre.identifiers.editions.reads import present_edition
from havre.identifiers.reads import IN_CLEAR, token_of
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.intake.reads import report_by_reference
from havre.intake.rules.submission import AgeClass, LegalBasis, PersonRole
from havre.plumbing import clock, ids


class NotAnIdentifierError(Exception):
    """What was given is no identifier of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInCase:
    """Somebody in a case; the name is "" while it is masked."""

    person: Person
    name: str
    identifiers: tuple[tuple[PersonIdentifier, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All that a case holds for one reader, with the sealed words opened."""

    opened: OpenedCase
    notes: tuple[tuple[Note, str], ...]
    tasks: tuple[tuple[Task, str], ...]
    people: tuple[PersonInCase, ...]
    reports: tuple[LinkedReport, ...]
    exhibits: tuple[CaseExhibit, ...]
    takeable: tuple[Exhibit, ...]


@action(Event.CASE_READ)
def read_case(reference: str, *, unmask: UUID | None = None, by: Officer) -> Contents:
    """Look at a case and at what it holds, as far as it is open to the reader.

    Everybody but suspects stays masked; `unmask` names one who was unmasked just now. Raises
    Case.DoesNotExist.
    """
    opened = look_at_case(reference, by=by)
    case, key = opened.case, opened.key
    identifiers = identifiers_of(case, actor=by)
    reports, exhibits = reports_in(case, actor=by), exhibits_in(case, actor=by)
    writes = opened.standing.may_write
    return Contents(
        opened=opened,
        notes=tuple(
            (note, open_words(case, note.body, key=key, column="note", row=note.pk))
            for note in notes_of(case, actor=by)
        ),
        tasks=tuple(
            (task, open_words(case, task.what, key=key, column="task", row=task.pk))
            for task in tasks_of(case, actor=by)
        ),
        people=tuple(
            _shown(opened, person, identifiers.get(person.pk, []), is_open=person.pk == unmask)
            for person in people_of(case, actor=by)
        ),
        reports=tuple(reports),
        exhibits=tuple(exhibits),
        takeable=tuple(exhibits_of_reports(reports, besides=exhibits, actor=by) if writes else ()),
    )


@action(Event.CASE_NOTED)
def add_note(reference: str, text: str, *, by: Officer) -> Note:
    """Write something down in a case. Raises Case.DoesNotExist for who may not write in it."""
    case = case_to_write_in(reference, by=by)
    note = Note(id=ids.uuid7(), case=case, at=clock.now(), by=by)
    note.body = _sealed(case, text, column="note", row=note.pk, by=by)
    note.save(force_insert=True)
    keep_words(note, text, case=case)
    note_on(case, Event.CASE_NOTED, by=by, note=str(note.pk))
    return note


@action(Event.CASE_TASK_SET)
def set_task(
    reference: str,
    what: str,
    *,
    due: date | None = None,
    assigned_to: UUID | None = None,
    by: Officer,
) -> Task:
    """Set a task in a case. Raises Officer.DoesNotExist when it is for no member of the case."""
    case = case_to_write_in(reference, by=by)
    if assigned_to and assigned_to not in {m.officer_id for m in members_of(case)}:
        raise Officer.DoesNotExist
    task = Task(
        id=ids.uuid7(),
        case=case,
        due=due,
        assigned_to_id=assigned_to,
        made_at=clock.now(),
        made_by=by,
    )
    task.what = _sealed(case, what, column="task", row=task.pk, by=by)
    task.save(force_insert=True)
    note_on(case, Event.CASE_TASK_SET, by=by, task=str(task.pk))
    return task


@action(Event.CASE_TASK_DONE)
def finish_task(reference: str, task: UUID, *, by: Officer) -> Task:
    """Say that a task is done. The first one to say so stands. Raises Task.DoesNotExist."""
    case = case_to_write_in(reference, by=by)
    done = Task.objects.visible_to(by, None).get(case=case, pk=task)
    if done.done_at is None:
        done.done_at, done.done_by = clock.now(), by
        done.save(update_fields=["done_at", "done_by"])
    note_on(case, Event.CASE_TASK_DONE, by=by, task=str(done.pk))
    return done


@action(Event.CASE_TASK_REOPENED)
def reopen_task(reference: str, task: UUID, *, by: Officer) -> Task:
    """Say that a task is to be done after all; the log keeps who had said it was done.

    Raises Task.DoesNotExist.
    """
    case = case_to_write_in(reference, by=by)
    again = Task.objects.visible_to(by, None).get(case=case, pk=task)
    again.done_at, again.done_by = None, None
    again.save(update_fields=["done_at", "done_by"])
    note_on(case, Event.CASE_TASK_REOPENED, by=by, task=str(again.pk))
    return again


@action(Event.CASE_PERSON_ADDED)
def add_person(
    reference: str,
    name: str,
    *,
    role: PersonRole,
    age_class: AgeClass = AgeClass.UNKNOWN,
    by: Officer,
) -> Person:
    """Add somebody to a case. A role is not a finding. Only a suspect's name stands in clear."""
    case = case_to_write_in(reference, by=by)
    person = Person(
        id=ids.uuid7(), case=case, role=role, age_class=age_class, at=clock.now(), by=by
    )
    person.name_keys = sorted(digests_of(name))
    if role in IN_CLEAR:
        person.clear_name = name
    else:
        person.sealed_name = _sealed(case, name, column="name", row=person.pk, by=by)
    person.save(force_insert=True)
    keep_name(person)
    note_on(case, Event.CASE_PERSON_ADDED, by=by, person=str(person.pk), role=role)
    return person


@action(Event.CASE_IDENTIFIER_ADDED)
def add_identifier(
    reference: str,
    person: UUID,
    value: str,
    *,
    kind: Kind,
    platform: str = "",
    legal_basis: LegalBasis = LegalBasis.VOLUNTARY,
    by: Officer,
) -> PersonIdentifier:
    """Add an identifier to somebody in a case, in the normal form that reports have too.

    Adding the same one again gives the first. Raises Person.DoesNotExist, NotAnIdentifierError.
    """
    case = case_to_write_in(reference, by=by)
    whose = Person.objects.visible_to(by, Part.PEOPLE).get(case=case, pk=person)
    normal = normalise(kind, value, platform=platform)
    if normal is None:
        raise NotAnIdentifierError
    token = token_of(kind, normal)
    one = PersonIdentifier.objects.filter(person=whose, token=token).first()
    if one is None:
        one = PersonIdentifier(
            id=ids.uuid7(),
            case=case,
            person=whose,
            kind=kind,
            token=token,
            edition=present_edition(),
            legal_basis=legal_basis,
            at=clock.now(),
        )
        if whose.role in IN_CLEAR:
            one.clear = normal
        else:
            one.sealed = _sealed(case, normal, column="identifier", row=one.pk, by=by)
        one.save(force_insert=True)
    note_on(case, Event.CASE_IDENTIFIER_ADDED, by=by, person=str(whose.pk), kind=kind)
    return one


@action(Event.CASE_UNMASKED)
def unmask_person(reference: str, person: UUID, *, by: Officer) -> Person:
    """Show the name and identifiers of somebody who is masked. Raises Person.DoesNotExist."""
    case = case_by_reference(reference, actor=by)
    standing_of(by, case)
    shown = Person.objects.visible_to(by, Part.PEOPLE).get(case=case, pk=person)
    note_on(case, Event.CASE_UNMASKED, by=by, person=str(shown.pk), role=shown.role)
    return shown


@action(Event.CASE_REPORT_LINKED)
def link_report(reference: str, report: str, *, by: Officer) -> CaseReport:
    """Say that a report belongs to a case. Only one that was sent to one's agency can.

    Linking it again changes nothing. Raises Report.DoesNotExist, Case.DoesNotExist.
    """
    case = case_to_write_in(reference, by=by)
    found = report_by_reference(report, actor=by)
    link = link_that_stands(case, found)
    if link is None:
        link = CaseReport(
            id=ids.uuid7(),
            case=case,
            report=found,
            reference=found.reference,
            at=clock.now(),
            by=by,
        )
        link.save(force_insert=True)
    note_on(case, Event.CASE_REPORT_LINKED, by=by, report=str(found.pk))
    return link


@action(Event.CASE_EXHIBIT_TAKEN)
def take_exhibit(reference: str, exhibit: UUID, *, by: Officer) -> CaseExhibit:
    """Take a file of a linked report into the case, under the next number.

    Raises Exhibit.DoesNotExist for a file that no report of the case brought to the reader.
    """
    case = case_to_write_in(reference, by=by)
    found = {one.pk: one for one in exhibits_to_take(case, actor=by)}.get(exhibit)
    if found is None:
        raise Exhibit.DoesNotExist
    taken = CaseExhibit(
        id=ids.uuid7(),
        case=case,
        exhibit=found,
        number=next_number(case),
        size=found.size,
        sha256=found.sha256,
        at=clock.now(),
        by=by,
    )
    taken.save(force_insert=True)
    note_on(case, Event.CASE_EXHIBIT_TAKEN, by=by, exhibit=str(found.pk), number=taken.number)
    return taken


def _sealed(case: Case, words: str, *, column: str, row: UUID, by: Officer) -> bytes:
    return seal_words(case, words, key=case_key(case, by=by), column=column, row=row)


def _shown(
    opened: OpenedCase, person: Person, identifiers: list[PersonIdentifier], *, is_open: bool
) -> PersonInCase:
    case, key = opened.case, opened.key
    name, values = person.clear_name, [one.clear for one in identifiers]
    if is_open and person.role not in IN_CLEAR:
        name = open_words(case, person.sealed_name, key=key, column="name", row=person.pk)
        values = [
            open_words(case, one.sealed, key=key, column="identifier", row=one.pk)
            for one in identifiers
        ]
    return PersonInCase(
        person=person, name=name, identifiers=tuple(zip(identifiers, values, strict=True))
    )
