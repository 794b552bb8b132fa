"""Comparing what a report says with others, and deciding several that say the same at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event, Station
from havre.intake.models import Report
from havre.intake.reads import report_by_id, report_by_reference
from havre.intake.sealed import told_in
from havre.plumbing import ids
from havre.plumbing.context import acting_as
from havre.plumbing.keys import keys
from havre.plumbing.values.absent import none_without
from havre.plumbing.values.written import written_once
from havre.triage.actions import AlreadyClaimedError
from havre.triage.alike.clues import note_clues
from havre.triage.alike.folding import fold_around, fold_group
from havre.triage.alike.models import Alike
from havre.triage.alike.reads import (
    Group,
    chosen_of,
    files_of,
    firsts_like,
    group_of,
    waiting_in_group,
)
from havre.triage.alike.rules.shapes import group_for, shape_of
from havre.triage.alike.rules.standing import NothingChosenError
from havre.triage.closing.actions import close_report, reopen_report
from havre.triage.closing.rules import (
    ClosingReason,
    DuplicateOfNothingError,
    NotStandingError,
    UnreadWordsError,
)
from havre.triage.models import Closing, QueueItem

PEPPER = "likeness"
# So many are decided by one press; the page says how far it is, and goes on with the next.
AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which of a group: those that are ticked; or all that waited at a moment, that one saw."""

    references: tuple[str, ...] = ()
    waiting_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said once of several reports."""

    reason: ClosingReason
    note: str
    duplicate_of: str = ""
    tells_reporter: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What came of a decision for several: closed, left as they are, and how many are still to do.

    `decision` names it, so that the next press goes on with the same one.
    """

    decision: UUID
    closed: tuple[str, ...]
    kept: tuple[str, ...]
    left: int


@action(Event.REPORT_COMPARED)
def compare_report(report_id: UUID, *, by: Actor) -> UUID:
    """Note what a report says, as digests, and the group of those that say so. Safe to repeat.

    What was closed before and waits again has a row of its own: somebody wrote anew.
    """
    report = report_by_id(report_id, actor=by)
    shape = shape_of(told_in(report, by=by), files=files_of(report_id), key=keys().pepper(PEPPER))
    was_closed = bool(_closings(report_id))
    kept = {
        "compartment": report.compartment,
        "digests": list(shape.words),
        "files": shape.files,
        "holds": sorted(shape.holds),
        "is_alone": shape.is_alone or was_closed,
    }
    group = next(iter(_group_of(report_id, by)), None)
    if group:
        known = Alike.objects.visible_to(by).filter(report=report)
        known.update(**kept)
        is_first = known.filter(is_first=True).exists()
    else:
        found = group_for(shape, firsts_like(shape, of=report, actor=by))
        group, is_first = found or ids.uuid7(), not found
        Alike(report=report, group=group, is_first=is_first, **kept).save(force_insert=True)
    if is_first:
        note_clues(shape.words, to=group)
    record(Event.REPORT_COMPARED, about_kind="report", about=report.pk, by=by, group=str(group))
    return group


@none_without("triage_closing")
@written_once
def _closings(report: UUID) -> QuerySet[Closing, UUID]:
    return Closing.objects.filter(report=report).order_by().values_list("pk", flat=True)[:1]


@written_once
def _group_of(report: UUID, actor: Actor) -> QuerySet[Alike, UUID]:
    known = Alike.objects.visible_to(actor).filter(report=report).order_by()
    return known.values_list("group", flat=True)


@action(Event.ALIKE_READ)
def read_alike(reference: str, *, language: str, by: Officer) -> Group:
    """Look at the reports that say nearly the same as one, and at what differs."""
    group = group_of(reference, language=language, actor=by)
    about, rows = group.report.pk, [str(each.row.report.pk) for each in group.members]
    record(Event.ALIKE_READ, about_kind="report", about=about, by=by, rows=rows)
    return group


@action(Event.ALIKE_CLOSED)
def close_alike(
    reference: str, *, chosen: Chosen, said: Said, decision: UUID | None = None, by: Officer
) -> Decided:
    """Close those of a group that were chosen, each with a line and a second reader of its own.

    As duplicates they repeat one of them, which stays: the most urgent unless another is named.
    What a colleague has in hand is left. `decision` is an earlier one of this group that goes on.
    Raises Report.DoesNotExist, NothingChosenError, DuplicateOfNothingError.
    """
    report = report_by_reference(reference, actor=by)
    first, asked = _asked(report, chosen, said, by)
    decision = _going_on(report, decision, by) or ids.uuid7()
    closed, kept = _close_each(asked, said, first, decision, by)
    if not closed:
        raise NothingChosenError
    record(
        Event.ALIKE_CLOSED,
        about_kind="report",
        about=report.pk,
        by=by,
        reason=said.reason,
        closed=len(closed),
        decision=str(decision),
    )
    left = len(asked) - len(closed) - len(kept)
    return Decided(decision=decision, closed=tuple(closed), kept=tuple(kept), left=left)


@action(Event.ALIKE_REOPENED)
def reopen_alike(reference: str, *, note: str, by: Officer) -> int:
    """Open again what was closed by one decision with a report, so many at once. Safe to repeat.

    Gives how many. Raises Report.DoesNotExist.
    """
    group = group_of(reference, language="en", actor=by)
    opened = group.decided[:AT_ONCE]
    for report in opened:
        reopen_report(report.reference, note=note, by=by)
    about = group.report.pk
    record(Event.ALIKE_REOPENED, about_kind="report", about=about, by=by, opened=len(opened))
    return len(opened)


@action(Event.ALIKE_PARTED)
def part_alike(reference: str, *, chosen: Collection[str], by: Officer) -> int:
    """Say of reports that they are not like the others of their group: for ever, until undone.

    Gives how many. Raises Report.DoesNotExist, NothingChosenError.
    """
    report = report_by_reference(reference, actor=by)
    asked = chosen_of(report, references=tuple(chosen), actor=by)
    if not asked:
        raise NothingChosenError
    for one in Alike.objects.visible_to(by).filter(report__reference__in=asked):
        _part(one)
    record(Event.ALIKE_PARTED, about_kind="report", about=report.pk, by=by, reports=len(asked))
    return len(asked)


@action(Event.ALIKE_REJOINED)
def rejoin_alike(reference: str, *, by: Officer) -> bool:
    """Put a report back among those that it was said not to be like. Safe to repeat.

    Gives whether it was apart. Raises Report.DoesNotExist.
    """
    report = report_by_reference(reference, actor=by)
    one = Alike.objects.visible_to(by).filter(report=report).first()
    was_apart = one is not None and one.parted_from is not None
    if one and one.parted_from:
        has_first = Alike.objects.filter(group=one.parted_from, is_first=True).exists()
        one.group, one.parted_from, one.is_first = one.parted_from, None, not has_first
        one.save(update_fields=["group", "parted_from", "is_first"])
        _lead_to(one)
        fold_around(report.pk)
    record(Event.ALIKE_REJOINED, about_kind="report", about=report.pk, by=by, was_apart=was_apart)
    return was_apart


def _asked(report: Report, chosen: Chosen, said: Said, by: Officer) -> tuple[str, list[str]]:
    """Of which report those are closed as duplicates that are, and what is to be closed.

    The most urgent last, so that what stands behind it is not sorted anew for each that goes.
    """
    asked = chosen_of(report, references=chosen.references, waiting_at=chosen.waiting_at, actor=by)
    if said.reason is not ClosingReason.DUPLICATE:
        return "", asked[::-1]
    waiting = waiting_in_group(report, actor=by).values_list("report__reference", flat=True)
    first = said.duplicate_of or waiting.first() or ""
    if not first:
        raise DuplicateOfNothingError
    return first, [one for one in asked[::-1] if one != first]


def _close_each(
    asked: Sequence[str], said: Said, first: str, decision: UUID, by: Officer
) -> tuple[list[str], list[str]]:
    """What was closed, so many at most, and what somebody else has in hand or has decided."""
    closed: list[str] = []
    kept: list[str] = []
    for one in asked:
        if len(closed) == AT_ONCE:
            break
        try:
            closing = close_report(
                one,
                reason=said.reason,
                note=said.note,
                duplicate_of=first,
                tells_reporter=said.tells_reporter,
                by=by,
            )
        except (AlreadyClaimedError, NotStandingError, UnreadWordsError):
            kept.append(one)
            continue
        closed.append(one)
        Alike.objects.filter(report=closing.report_id).update(decision=decision, closing=closing.pk)
    return closed, kept


def _going_on(report: Report, decision: UUID | None, by: Officer) -> UUID | None:
    """A decision that this group knows; a number that was made up is none."""
    if decision is None:
        return None
    group = Alike.objects.filter(report=report).values("group")
    known = Alike.objects.visible_to(by).filter(group__in=group, decision=decision)
    return decision if known.exists() else None


def _part(one: Alike) -> None:
    group, was_first = one.group, one.is_first
    one.parted_from, one.group, one.is_first = one.parted_from or group, ids.uuid7(), False
    one.save(update_fields=["parted_from", "group", "is_first"])
    items = QueueItem.objects.filter(behind=one.report_id) | QueueItem.objects.filter(
        report=one.report_id
    )
    items.update(behind=None)
    heir = Alike.objects.filter(group=group).order_by("noted_at", "report_id").first()
    if was_first and heir:
        heir.is_first = True
        heir.save(update_fields=["is_first"])
        _lead_to(heir)
    fold_group(group)


def _lead_to(one: Alike) -> None:
    """Let what the first of a group says lead to it."""
    if one.is_first:
        with acting_as(Station.PIPELINE.context):
            note_clues([bytes(each) for each in one.digests], to=one.group)
