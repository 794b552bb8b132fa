"""What analysts say of two reports: the same, different, unsure."""

from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.evidence.custody import key_of
from havre.intake.models import Report
from havre.intake.reads import report_by_reference
from havre.intake.sealed import seal_text
from havre.links.book import StoredBook
from havre.links.models import Judgement
from havre.links.reads import reason_spot
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from havre.links.rules.settling import settle
from havre.links.settling import wait_to_settle
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as


class NothingToJudgeError(Exception):
    """A report cannot be compared with itself."""


@action(Event.LINK_JUDGED)
def judge_link(
    reference: str, *, other: str, side: Side, verdict: Verdict, reason: str, by: Officer
) -> None:
    """Keep what an analyst says of two reports; it outranks what they share, until it is undone.

    Raises Report.DoesNotExist, and NothingToJudgeError for one report alone.
    """
    ends = [report_by_reference(each, actor=by) for each in (reference, other)]
    if ends[0].pk == ends[1].pk:
        raise NothingToJudgeError
    left, right = sorted(ends, key=lambda report: report.pk)
    judgement = Judgement(
        id=ids.uuid7(),
        side=side,
        left_id=left.pk,
        right_id=right.pk,
        verdict=verdict,
        by=by,
        at=clock.now(),
    )
    key = key_of(left.pk, by=by)
    judgement.reason = seal_text(left, reason, key=key, spot=reason_spot(judgement))
    judgement.save(force_insert=True)
    _judged(left, right, side)
    for report, beside in ((left, right), (right, left)):
        record(
            Event.LINK_JUDGED,
            about_kind="report",
            about=report.pk,
            by=by,
            other=str(beside.pk),
            side=side,
            verdict=verdict,
        )


@action(Event.JUDGEMENT_UNDONE)
def undo_judgement(judgement_id: UUID, *, by: Officer) -> None:
    """Take a judgement back; what was said of the two before stands again.

    Raises Judgement.DoesNotExist, also when it was taken back already.
    """
    judgement = (
        Judgement.objects.visible_to(by)
        .select_related("left__report", "right__report")
        .get(pk=judgement_id, undone_at=None)
    )
    judgement.undone_at, judgement.undone_by = clock.now(), by
    judgement.save(update_fields=["undone_at", "undone_by"])
    left, right = judgement.left.report, judgement.right.report
    if left is not None and right is not None:
        _judged(left, right, Side(judgement.side))
    for report in (judgement.left_id, judgement.right_id):
        record(
            Event.JUDGEMENT_UNDONE,
            about_kind="report",
            about=report,
            by=by,
            judgement=str(judgement.pk),
        )


def _judged(left: Report, right: Report, side: Side) -> None:
    """Havre's own station settles: an analyst may not read what it must read."""
    if left.compartment != right.compartment:
        return
    with acting_as(Station.PIPELINE.context):
        wait_to_settle()
        book = StoredBook(side, left.compartment)
        book.keep(settle(book, touched={left.pk.bytes, right.pk.bytes}, values=set()))
