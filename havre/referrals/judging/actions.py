"""Looking at a link, judging it, taking the judgement back. What is said counts at once."""

from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.evidence.custody import key_of
from havre.intake.models import Report
from havre.intake.reads import report_by_reference
from havre.intake.sealed import open_text
from havre.links.judging.actions import NothingToJudgeError, judge_link, undo_judgement
from havre.links.models import Judgement
from havre.links.reads import Linked, judgements_between, linked_to, reason_spot
from havre.links.resolving.models import Likeness
from havre.links.resolving.reads import likeness_between
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from havre.triage.actions import score_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One judgement with its reason opened; only the last of a side that stands counts."""

    judgement: Judgement
    reason: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLink:
    """Two reports, what ties them if anything does, and all that was said, the latest first.

    `likeness` is what comparing all suspects found of theirs, while nobody has judged it.
    """

    report: Report
    other: Report
    linked: Linked | None
    likeness: Likeness | None
    said: tuple[Said, ...]


@action(Event.LINK_READ)
def open_link(reference: str, *, other: str, by: Officer) -> OpenedLink:
    """Lay two reports side by side. Raises Report.DoesNotExist, also for one report alone."""
    report, beside = (report_by_reference(each, actor=by) for each in (reference, other))
    if report.pk == beside.pk:
        raise Report.DoesNotExist
    for one, second in ((report, beside), (beside, report)):
        record(Event.LINK_READ, about_kind="report", about=one.pk, by=by, other=str(second.pk))
    links = linked_to(report.pk, actor=by)
    return OpenedLink(
        report=report,
        other=beside,
        linked=next((each for each in links if each.report == beside.pk), None),
        likeness=likeness_between(report.pk, beside.pk, actor=by),
        said=_said(report, beside, by),
    )


@action(Event.LINK_JUDGED)
def judge(
    reference: str, *, other: str, side: Side, verdict: Verdict, reason: str, by: Officer
) -> None:
    """Keep a judgement and rank both reports by it. Raises Report.DoesNotExist."""
    try:
        judge_link(reference, other=other, side=side, verdict=verdict, reason=reason, by=by)
    except NothingToJudgeError as error:
        raise Report.DoesNotExist from error
    _rank_anew(reference, other, by)


@action(Event.JUDGEMENT_UNDONE)
def take_back(reference: str, *, other: str, judgement: UUID, by: Officer) -> None:
    """Take a judgement back and rank both reports without it. Raises Judgement.DoesNotExist."""
    ends = {report_by_reference(each, actor=by).pk for each in (reference, other)}
    found = Judgement.objects.visible_to(by).get(pk=judgement)
    if {found.left_id, found.right_id} != ends:
        raise Judgement.DoesNotExist
    undo_judgement(judgement, by=by)
    _rank_anew(reference, other, by)


def _said(report: Report, beside: Report, by: Officer) -> tuple[Said, ...]:
    counted: set[str] = set()
    said = []
    for each in judgements_between(report.pk, beside.pk, actor=by):
        counts = each.undone_at is None and each.side not in counted
        if counts:
            counted.add(each.side)
        left = report if report.pk == each.left_id else beside
        key = key_of(left.pk, by=by)
        reason = open_text(left, each.reason, key=key, spot=reason_spot(each))
        said.append(Said(judgement=each, reason=reason, counts=counts))
    return tuple(said)


def _rank_anew(reference: str, other: str, by: Officer) -> None:
    for each in (reference, other):
        report = report_by_reference(each, actor=by)
        score_report(report.pk, by=Station.PIPELINE)
