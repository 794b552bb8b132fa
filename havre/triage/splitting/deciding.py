"""What becomes of an incident of a split report. Parts of actions, which write the line."""

from uuid import UUID

from havre.audit.rules import Actor, Station
from havre.intake.actions import ROUTE_TASK, WORDS
from havre.intake.later.reads import is_undecided
from havre.intake.models import Report
from havre.intake.splits.drawing import note_part_done
from havre.intake.splits.models import Part
from havre.intake.splits.reads import count_to_place, waits_in_part
from havre.intake.splits.rules import PartEnd
from havre.plumbing.context import acting_as
from havre.plumbing.queue import defer
from havre.triage.actions import score_report, take_off_queue
from havre.triage.interpreting.actions import note_identifiers
from havre.triage.models import Override


def leave_queue(report: Report, part: Part | None, done_as: PartEnd, *, by: Actor) -> None:
    """A report was referred or closed: it leaves the queue. A split one leaves with its last part.

    Until then it stands by those that are open. Nor does one leave that was referred while a later
    word of its reporter waits, which nobody who has it reads yet: they are warned if it must be.
    """
    if part is None:
        if done_as is PartEnd.CLOSED or not is_undecided(report.pk):
            take_off_queue(report, by=by)
        else:
            defer(WORDS, queue=ROUTE_TASK, report=str(report.pk))
        return
    note_part_done(part, done_as)
    if still_waits(report.pk, actor=by):
        score_anew(report.pk)
    else:
        take_off_queue(report, by=by)


def still_waits(report: UUID, *, actor: Actor) -> bool:
    """Whether an incident of a split report waits, or something told later that belongs to none."""
    return waits_in_part(report, actor=actor) or bool(count_to_place([report]))


def read_anew(report: UUID) -> None:
    """Say anew which identifiers stand in which incident of a report, and score it."""
    by = Station.PIPELINE
    with acting_as(by.context):
        note_identifiers(report, by=by)
    score_anew(report)


def score_if_set(report: UUID) -> None:
    """Let a lane that a person set end where it holds no more against what was told since."""
    with acting_as(Station.PIPELINE.context):
        is_set = Override.objects.to_weigh().filter(report=report).exists()
    if is_set:
        score_anew(report)


def score_anew(report: UUID) -> None:
    """Score a report as the station that scores all of them does, and note it so."""
    by = Station.PIPELINE
    with acting_as(by.context):
        score_report(report, by=by)
