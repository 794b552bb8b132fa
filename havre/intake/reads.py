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
    return Report.objects.visible_to(actor).get(reference=reference)


def report_by_id(report_id: UUID, *, actor: Actor) -> Report:
    """The report of an id. Raises Report.DoesNotExist, alike for foreign and missing."""
    for report in _by_id(report_id, actor):
        return report
    raise Report.DoesNotExist


@written_once
def _by_id(report: UUID, actor: Actor) -> QuerySet[Report]:
    return Report.objects.visible_to(actor).filter(pk=report).order_by()


def reports_by_id(report_ids: Sequence[UUID], *, actor: Actor) -> list[Report]:
    """Those of these reports that the actor may see."""
    return list(Report.objects.visible_to(actor).filter(pk__in=report_ids))


def references_of(report_ids: Collection[UUID], *, actor: Actor) -> dict[UUID, str]:
    """The numbers of those of these reports that the actor may see, by id, nothing else fetched."""
    seen = Report.objects.visible_to(actor).filter(pk__in=report_ids).order_by()
    return dict(seen.values_list("pk", "reference"))


def answer_told(report: Report) -> str:
    """The answer that a closed report's reporter may read by now, or ""."""
    told = Closure.objects.filter(report=report, tell_from__lte=clock.now()).first()
    return told.answer if told else ""


def stages_of(report: Report) -> tuple[Stage, ...]:
    """How far the report has come, oldest first."""
    return tuple(Stage.objects.filter(report=report).order_by("at", "id"))


def exhibits_of(*reports: Report, incident: int | None = None) -> tuple[Exhibit, ...]:
    """The files that came with each of these reports, the source document first.

    With `incident`, those that belong to one incident of a split report.
    """
    place = {report.pk: n for n, report in enumerate(reports)}
    attached = Attachment.objects.filter(report__in=reports).select_related("exhibit")
    if incident is not None:
        attached = attached.filter(Q(is_source=True) | Q(parts__contains=[incident]))
    ranked = sorted(attached, key=lambda a: (place[a.report_id], not a.is_source))
    return tuple(one.exhibit for one in ranked)
