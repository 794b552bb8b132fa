"""Splitting a report into its incidents, and merging them back."""

from collections.abc import Sequence
from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.intake.actions import open_report
from havre.intake.models import Report, Share
from havre.intake.reads import OpenedReport, exhibits_of, report_by_reference
from havre.intake.sealed import told_in
from havre.intake.splits.drawing import drawn_up, end_parts, let_words_wait
from havre.intake.splits.models import Part
from havre.intake.splits.reads import standing_parts
from havre.intake.splits.rules import Draft, Piece, check_split, is_later, pieces_of
from havre.triage.bundles.models import Outline
from havre.triage.models import QueueItem
from havre.triage.reads import item_of
from havre.triage.splitting.deciding import read_anew
from havre.triage.splitting.models import IncidentScore
from havre.triage.splitting.rules import (
    AlreadySplitError,
    DecidedAlreadyError,
    NotWaitingError,
    SplittingRefusedError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSplit:
    """A report opened to be split: everything of it that can belong to an incident."""

    opened: OpenedReport
    pieces: tuple[Piece, ...]
    parts: tuple[Part, ...]

    @property
    def report(self) -> Report:
        """The report."""
        return self.opened.report


@action(Event.SPLIT_READ)
def read_split(reference: str, *, by: Officer) -> ToSplit:
    """Open a report to see what of it belongs, or could belong, to which incident."""
    opened = open_report(reference, by=by)
    files = [str(exhibit.pk) for exhibit in opened.exhibits[1:]]
    parts = tuple(standing_parts(opened.report.pk, actor=by))
    record(Event.SPLIT_READ, about_kind="report", about=opened.report.pk, by=by)
    pieces = pieces_of(opened.submission, exhibits=files)
    if not parts:
        pieces = tuple(piece for piece in pieces if not is_later(piece.name))
    return ToSplit(opened=opened, pieces=pieces, parts=parts)


@action(Event.REPORT_SPLIT)
def split_report(reference: str, drafts: Sequence[Draft], *, by: Officer) -> list[Part]:
    """Split a report that waits into its incidents. The report itself is never altered.

    Each gets its own score; the report stays where it stands until one is decided. Raises
    Report.DoesNotExist, SplitRefusedError, AlreadySplitError, NotWaitingError.
    """
    report = report_by_reference(reference, actor=by)
    _check_waits(report, item_of(report.pk, actor=by, is_held=True), by)
    if standing_parts(report.pk, actor=by):
        raise AlreadySplitError
    # What was told later of the whole is put to its incidents afterwards, passage by passage.
    let_words_wait(report)
    told = told_in(report, by=by)
    files = [str(exhibit.pk) for exhibit in exhibits_of(report)[1:]]
    check_split(drafts, pieces_of(told, exhibits=files))
    parts = drawn_up(report, told, drafts, by=by)
    # What tells of several matters stands in the queue by itself.
    Outline.objects.filter(report=report).update(kept_apart=True)
    QueueItem.objects.filter(report=report).update(bundle=None, behind=None)
    record(
        Event.REPORT_SPLIT,
        about_kind="report",
        about=report.pk,
        by=by,
        incidents=[str(part.number) for part in parts],
        pieces=[str(len(part.pieces)) for part in parts],
    )
    read_anew(report.pk)
    return parts


@action(Event.REPORT_MERGED)
def merge_report(reference: str, *, by: Officer) -> None:
    """Let a split report be one again. What was kept of its incidents stays in the record.

    Raises Report.DoesNotExist, SplittingRefusedError when it is not split, DecidedAlreadyError when
    an incident of it was referred or closed, NotWaitingError.
    """
    report = report_by_reference(reference, actor=by)
    item = item_of(report.pk, actor=by, is_held=True)
    # Whoever closes or refers an incident holds the place or the parts: read after both are ours.
    parts = standing_parts(report.pk, actor=by, is_held=True)
    if not parts:
        raise SplittingRefusedError
    if any(part.done_as for part in parts):
        raise DecidedAlreadyError
    _check_waits(report, item, by)
    ended = end_parts(report, by=by)
    record(Event.REPORT_MERGED, about_kind="report", about=report.pk, by=by, incidents=ended)
    read_anew(report.pk)
    IncidentScore.objects.filter(report=report).delete()


def _check_waits(report: Report, item: QueueItem | None, by: Officer) -> None:
    if item is None or item.held_by not in {None, by}:
        raise NotWaitingError
    if Share.objects.filter(report=report, until=None).exists():
        raise NotWaitingError
