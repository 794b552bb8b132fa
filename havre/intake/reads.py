"""Questions to the front desk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from havre.audit.rules import Actor
from havre.evidence.models import Exhibit
from havre.intake.later.talk import Said
from havre.intake.models import Attachment, Closure, Report, Stage, Token
from havre.intake.releases.reads import Released
from havre.intake.rules.senders import PublicSender
from havre.intake.rules.submission import Submission
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.together.steps import read_once
from havre.plumbing.values.lists import one_of
from havre.plumbing.values.written import written_once


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReport:
    """A report as its reader may see it; one that is not whole tells nothing any more."""

    report: Report
    submission: Submission
    is_whole: bool = True
    messages: tuple[Said, ...] = ()
    stages: tuple[Stage, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    released: tuple[Released, ...] = ()
    # What its reporter may read by now of a report that was closed; "" before.
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What the sender is told: the reference, and whether this delivery was the first."""

    reference: str
    is_first: bool


def delivered_before(by: Actor) -> Received | None:
    """What the first delivery with this form token was told, if there was one."""
    if not isinstance(by, PublicSender):
        return None
    with acting_as(by.context):
        token = Token.objects.filter(digest=by.token).first()
    return Received(token.reference, is_first=False) if token else None


def report_by_reference(reference: str, *, actor: Actor) -> Report:
    """The report of a reference. Raises Report.DoesNotExist, alike for foreign and missing."""
    for report in _by_reference(reference, actor):
        return report
    raise Report.DoesNotExist


@written_once
def _by_reference(reference: str, actor: Actor) -> QuerySet[Report]:
    return Report.objects.visible_to(actor).filter(reference=reference).order_by()


def report_by_id(report_id: UUID, *, actor: Actor) -> Report:
    """The report of an id. Raises Report.DoesNotExist, alike for foreign and missing."""
    for report in read_once(("report", report_id, actor), lambda: _by_id(report_id, actor)):
        return report
    raise Report.DoesNotExist


@written_once
def _by_id(report: UUID, actor: Actor) -> QuerySet[Report]:
    return Report.objects.visible_to(actor).filter(pk=report).order_by()


def reports_by_id(report_ids: Sequence[UUID], *, actor: Actor) -> list[Report]:
    """Those of these reports that the actor may see."""
    return _by_ids(tuple(report_ids), actor) if report_ids else []


@written_once
def _by_ids(report_ids: tuple[UUID, ...], actor: Actor) -> QuerySet[Report]:
    return Report.objects.visible_to(actor).filter(one_of("pk", report_ids))


def references_of(report_ids: Collection[UUID], *, actor: Actor) -> dict[UUID, str]:
    """The numbers of those of these reports that the actor may see, by id, nothing else fetched."""
    return dict(_references(tuple(report_ids), actor)) if report_ids else {}


@written_once
def _references(report_ids: tuple[UUID, ...], actor: Actor) -> QuerySet[Report, tuple[UUID, str]]:
    seen = Report.objects.visible_to(actor).filter(one_of("pk", report_ids)).order_by()
    return seen.values_list("pk", "reference")


def answer_told(report: Report) -> str:
    """The answer that a closed report's reporter may read by now, or ""."""
    told = Closure.objects.filter(report=report, tell_from__lte=clock.now()).first()
    return told.answer if told else ""


@written_once
def stages_of(report: UUID) -> QuerySet[Stage]:
    """How far a report has come, oldest first."""
    return Stage.objects.filter(report=report).order_by("at", "id")


def exhibits_of(*reports: Report, incident: int | None = None) -> tuple[Exhibit, ...]:
    """The files that came with each of these reports, the source document first.

    With `incident`, those that belong to one incident of a split report.
    """
    place = {report.pk: n for n, report in enumerate(reports)}
    if incident is None:
        attached = _attached_to(tuple(place)) if place else []
    else:
        of_it = Q(is_source=True) | Q(parts__contains=[incident])
        attached = list(_attached(tuple(place)).filter(of_it))
    ranked = sorted(attached, key=lambda a: (place[a.report_id], not a.is_source))
    return tuple(one.exhibit for one in ranked)


def _attached(reports: tuple[UUID, ...]) -> QuerySet[Attachment]:
    return Attachment.objects.filter(one_of("report", reports)).select_related("exhibit")


_attached_to = written_once(_attached)
