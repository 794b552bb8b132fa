"""Questions about what a case holds, as far as the one who asks may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, QuerySet

from havre.audit.rules import Actor, Station
from havre.cases.models import (
    Case,
    CaseExhibit,
    CaseReport,
    Note,
    Person,
    PersonIdentifier,
    Task,
)
from havre.cases.rules.access import Part
from havre.evidence.models import Exhibit
from havre.intake.models import Report
from havre.intake.reads import exhibits_of, reports_by_id
from havre.plumbing.context import acting_as
from havre.plumbing.values.written import written_once
from havre.referrals.models import Referral
from havre.referrals.rules.states import OVER

# A page shows the newest of each; what is older is found by asking for it.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedReport:
    """A report of a case, and whether the reader was sent it and may open it."""

    link: CaseReport
    is_open: bool
    # The latest referral by which the reader's agency has it, "" for none.
    referral: str = ""


def notes_of(case: Case, *, actor: Actor) -> list[Note]:
    """The notes of a case, newest first."""
    return _notes(case.pk, actor)


@written_once
def _notes(case: UUID, actor: Actor) -> QuerySet[Note]:
    seen = Note.objects.visible_to(actor, Part.NOTES)
    return seen.filter(case=case).select_related("by__agency")[:MOST_SHOWN]


def tasks_of(case: Case, *, actor: Actor) -> list[Task]:
    """The tasks of a case: what is not done first, by day."""
    return sorted(_tasks(case.pk, actor), key=lambda task: task.done_at is not None)


@written_once
def _tasks(case: UUID, actor: Actor) -> QuerySet[Task]:
    seen = Task.objects.visible_to(actor, None)
    return seen.filter(case=case).select_related("assigned_to", "done_by")[:MOST_SHOWN]


def people_of(case: Case, *, actor: Actor) -> list[Person]:
    """The people of a case, as they were added."""
    return _people(case.pk, actor)


@written_once
def _people(case: UUID, actor: Actor) -> QuerySet[Person]:
    seen = Person.objects.visible_to(actor, Part.PEOPLE)
    return seen.filter(case=case)[:MOST_SHOWN]


def identifiers_of(case: Case, *, actor: Actor) -> dict[UUID, list[PersonIdentifier]]:
    """The identifiers of the people of a case, by person."""
    found: dict[UUID, list[PersonIdentifier]] = {}
    for one in _identifiers(case.pk, actor):
        found.setdefault(one.person_id, []).append(one)
    return found


@written_once
def _identifiers(case: UUID, actor: Actor) -> QuerySet[PersonIdentifier]:
    return PersonIdentifier.objects.visible_to(actor, Part.PEOPLE).filter(case=case)


def reports_in(case: Case, *, actor: Actor) -> list[LinkedReport]:
    """The reports of a case. Being in the case opens none of them to whoever was not sent it."""
    links = _links(case.pk, actor)
    mine = {r.pk for r in reports_by_id([link.report_id for link in links], actor=actor)}
    sent = Referral.objects.visible_to(actor).filter(report__in=mine).exclude(state__in=OVER)
    by_report = dict(sent.order_by("sent_at").values_list("report", "reference")) if mine else {}
    return [
        LinkedReport(
            link=link,
            is_open=link.report_id in mine,
            referral=by_report.get(link.report_id, ""),
        )
        for link in links
    ]


@written_once
def _links(case: UUID, actor: Actor) -> QuerySet[CaseReport]:
    seen = CaseReport.objects.visible_to(actor, Part.REPORTS)
    return seen.filter(case=case)[:MOST_SHOWN]


def exhibits_in(case: Case, *, actor: Actor) -> list[CaseExhibit]:
    """The exhibits of a case, by number."""
    return _exhibits(case.pk, actor)


@written_once
def _exhibits(case: UUID, actor: Actor) -> QuerySet[CaseExhibit]:
    return CaseExhibit.objects.visible_to(actor, Part.REPORTS).filter(case=case)


def link_that_stands(case: Case, report: Report) -> CaseReport | None:
    """What ties a report to a case already, whether or not whoever asks may see it."""
    with acting_as(Station.PIPELINE.context):
        links = CaseReport.objects.filter(case=case, report=report, taken_out_at=None)
        return links.first()


def next_number(case: Case) -> int:
    """The number of the next exhibit of a case, after all of them, also those that are not seen."""
    with acting_as(Station.PIPELINE.context):
        last = CaseExhibit.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    return 1 + (last or 0)


def exhibits_to_take(case: Case, *, actor: Actor) -> list[Exhibit]:
    """The files of a case's reports that are no exhibit of it yet."""
    reports, exhibits = reports_in(case, actor=actor), exhibits_in(case, actor=actor)
    return exhibits_of_reports(reports, besides=exhibits, actor=actor)


def exhibits_of_reports(
    reports: Sequence[LinkedReport], *, besides: Sequence[CaseExhibit], actor: Actor
) -> list[Exhibit]:
    """The files of these reports of a case that are none of these exhibits."""
    taken = {one.exhibit_id for one in besides}
    links = [one.link.report_id for one in reports if one.is_open]
    found = exhibits_of(*reports_by_id(links, actor=actor))
    return [exhibit for exhibit in found if exhibit.pk not in taken]


def cases_with_report(report: Report, *, actor: Actor) -> list[Case]:
    """The cases that a report belongs to, as far as the actor may see them."""
    links = CaseReport.objects.visible_to(actor, Part.REPORTS).filter(report=report)
    cases = Case.objects.visible_to(actor).filter(pk__in=links.values("case"))
    return list(cases.select_related("agency"))
