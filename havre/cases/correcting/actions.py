"""Looking at what may be taken out of a case, and taking it out."""

from enum import StrEnum
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action
from havre.audit.rules import Event, Station
from havre.cases.contents.actions import Contents, add_note, read_case
from havre.cases.contents.reads import exhibits_in
from havre.cases.keeping import note_on
from havre.cases.models import Case, CaseReport, NameKey, Person, PersonIdentifier
from havre.cases.reads import case_to_write_in
from havre.cases.rules.access import Part
from havre.plumbing import clock
from havre.plumbing.context import acting_as


class Thing(StrEnum):
    """What may be taken out of a case."""

    IDENTIFIER = "identifier"
    PERSON = "person"
    REPORT = "report"


class ExhibitsTakenError(ValueError):
    """The case took a file of this report: it stays, and so does the report."""


@action(Event.CASE_READ)
def read_to_correct(reference: str, *, by: Officer) -> Contents:
    """Look at a case that one may write in. Raises Case.DoesNotExist for everybody else."""
    case_to_write_in(reference, by=by)
    return read_case(reference, by=by)


@action(Event.CASE_TAKEN_OUT)
def take_out(reference: str, *, thing: Thing, row: UUID, note: str, by: Officer) -> None:
    """Take out a person with all identifiers, one identifier, or a report, added by mistake.

    It is found by no search and met by no report any more; `note` says of what kind it was and
    why it went, by no name or value, and stays in the case. Raises ExhibitsTakenError,
    Case.DoesNotExist, and DoesNotExist of the thing.
    """
    case = case_to_write_in(reference, by=by)
    match thing:
        case Thing.IDENTIFIER:
            _take_identifier(case, row, by)
        case Thing.PERSON:
            _take_person(case, row, by)
        case Thing.REPORT:
            _take_report(case, row, by)
    note_on(case, Event.CASE_TAKEN_OUT, by=by, thing=thing, row=str(row))
    add_note(reference, note, by=by)


def _take_identifier(case: Case, row: UUID, by: Officer) -> None:
    found = PersonIdentifier.objects.visible_to(by, Part.PEOPLE).get(case=case, pk=row)
    with acting_as(Station.PIPELINE.context):
        found.delete()


def _take_person(case: Case, row: UUID, by: Officer) -> None:
    found = Person.objects.visible_to(by, Part.PEOPLE).get(case=case, pk=row)
    with acting_as(Station.PIPELINE.context):
        PersonIdentifier.objects.filter(person=found).delete()
        NameKey.objects.filter(person=found).delete()
        found.delete()


def _take_report(case: Case, row: UUID, by: Officer) -> None:
    found = CaseReport.objects.visible_to(by, Part.REPORTS).get(case=case, pk=row)
    with acting_as(Station.PIPELINE.context):
        taken = exhibits_in(case, actor=Station.PIPELINE)
        if any(one.exhibit.record == found.report_id for one in taken):
            raise ExhibitsTakenError
        # The row stays: the case is kept on from whom the report names.
        found.taken_out_at = clock.now()
        found.save(update_fields=["taken_out_at"])
