"""What happened in a case, drawn from the tables that tell of it; nothing is opened here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from havre.agencies.models import Officer
from havre.agencies.reads import officer_names
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.cases.models import Case, CaseExhibit, CaseReport, Grant, Member, Note, Person, Task
from havre.cases.reads import Standing
from havre.cases.requests.models import LegalRequest
from havre.cases.rules.access import Part
from havre.cases.timeline.rules.moments import PAGE_ROWS, Happening, Moment, Place
from havre.plumbing import clock
from havre.plumbing.context import acting_as

OF_THE_CASE = {
    Event.CASE_OPENED: Happening.OPENED,
    Event.CASE_MOVED: Happening.MOVED,
    Event.CASE_HANDED_OVER: Happening.HANDED_OVER,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A list of rows, which of their columns says when, which says who, and what it was."""

    what: Happening
    rows: QuerySet[Any]
    at: str
    by: str = ""
    detail: str = ""

    def moments(self, before: Place | None) -> Iterator[Moment]:
        """Its moments up to a place, as many as a page can show. Those of one instant all come."""
        rows = self.rows.exclude(**{self.at: None}).order_by(f"-{self.at}", "-pk")
        if before:
            for row in rows.filter(**{self.at: before.at}):
                yield self._moment(row)
            rows = rows.filter(**{f"{self.at}__lt": before.at})
        for row in rows[: PAGE_ROWS + 1]:
            yield self._moment(row)

    def _moment(self, row: Model) -> Moment:
        return Moment(
            what=self.what,
            at=getattr(row, self.at),
            about=str(row.pk),
            who=getattr(row, self.by).display_name if self.by else "",
            detail=str(getattr(row, self.detail)) if self.detail else "",
        )


def moments_of(
    case: Case, *, standing: Standing, before: Place | None, actor: Officer
) -> Iterator[Moment]:
    """What happened in a case up to a place, as far as its parts are open to the actor."""
    for source in _sources(case, standing, actor):
        yield from source.moments(before)
    if standing.works_on_it:
        yield from _of_the_case(case, before)


def _sources(case: Case, standing: Standing, actor: Officer) -> Iterator[Source]:
    notes = Note.objects.visible_to(actor, Part.NOTES).filter(case=case).select_related("by")
    people = Person.objects.visible_to(actor, Part.PEOPLE).filter(case=case).select_related("by")
    reports = CaseReport.objects.visible_to(actor, Part.REPORTS).filter(case=case)
    exhibits = CaseExhibit.objects.visible_to(actor, Part.REPORTS).filter(case=case)
    yield Source(Happening.NOTED, notes, "at", "by")
    yield Source(Happening.PERSON_ADDED, people, "at", "by", "role")
    yield Source(Happening.REPORT_LINKED, reports.select_related("by"), "at", "by", "reference")
    yield Source(Happening.EXHIBIT_TAKEN, exhibits.select_related("by"), "at", "by", "number")
    if not standing.works_on_it:
        return
    tasks = Task.objects.visible_to(actor, None).filter(case=case)
    yield Source(Happening.TASK_SET, tasks.select_related("made_by"), "made_at", "made_by")
    yield Source(Happening.TASK_DONE, tasks.select_related("done_by"), "done_at", "done_by")
    asked = LegalRequest.objects.visible_to(actor, None).filter(case=case)
    yield Source(
        Happening.REQUEST_MADE, asked.select_related("made_by"), "made_at", "made_by", "kind"
    )
    yield Source(
        Happening.REQUEST_SENT, asked.select_related("sent_by"), "sent_at", "sent_by", "kind"
    )
    yield Source(
        Happening.REQUEST_SETTLED,
        asked.select_related("settled_by"),
        "settled_at",
        "settled_by",
        "kind",
    )
    members = Member.objects.filter(case=case).select_related("officer")
    yield Source(Happening.MEMBER_JOINED, members, "since", "officer", "role")
    yield Source(Happening.MEMBER_LEFT, members, "until", "officer")
    if standing.is_owner:
        grants = Grant.objects.filter(case=case).select_related("by", "to_agency")
        over = grants.filter(withdrawn_at=None, until__lte=clock.now())
        yield Source(Happening.SHARED, grants, "since", "by", "to_agency_id")
        yield Source(Happening.SHARE_ENDED, grants, "withdrawn_at", detail="to_agency_id")
        yield Source(Happening.SHARE_ENDED, over, "until", detail="to_agency_id")


def _of_the_case(case: Case, before: Place | None) -> Iterator[Moment]:
    """Its opening, moves and hand-overs, which stand in the log alone, perhaps in another's part.

    Whoever works on the case may know them, whichever agency held it then.
    """
    with acting_as(Station.PIPELINE.context):
        lines = Entry.objects.filter(about=str(case.pk), event__in=list(OF_THE_CASE))
        lines = lines.filter(actor__startswith="officer:")
        if before:
            lines = lines.filter(at__lte=before.at)
        found = list(lines.order_by("-at", "-pk")[: 2 * PAGE_ROWS])
    names = officer_names({UUID(line.actor.partition(":")[2]) for line in found})
    for line in found:
        yield Moment(
            what=OF_THE_CASE[Event(line.event)],
            at=line.at,
            about=str(line.pk),
            who=names.get(UUID(line.actor.partition(":")[2]), ""),
            detail=str(line.details.get("move", "") or line.details.get("agency", "")),
        )
