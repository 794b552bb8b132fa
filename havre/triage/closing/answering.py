"""What the reporter of a closed report is answered. A part of actions, which write the line."""

from havre.audit.rules import Actor
from havre.intake.models import Report
from havre.intake.releases.actions import note_closed
from havre.intake.rules.stages import ClosingAnswer
from havre.intake.splits.reads import count_to_place, standing_parts
from havre.intake.splits.rules import PartEnd
from havre.plumbing import clock
from havre.triage.closing.rules import ANSWER_WAITS, ClosingReason, ClosingState, answer_to
from havre.triage.models import Closing


def answer_reporter(report: Report, *, by: Actor) -> None:
    """The reporter's answer stands a day after the last word on it, if there is to be one.

    Of a split report, once every incident is closed and what its reporter told later is put
    somewhere, or to none; where one was passed on, that is the answer.
    """
    parts = standing_parts(report.pk, actor=by)
    if any(part.done_as != PartEnd.CLOSED for part in parts) or count_to_place([report.pk]):
        return
    closings = list(Closing.objects.filter(report=report, reopened_at=None))
    is_told = all(one.tells_reporter and one.state is ClosingState.FINAL for one in closings)
    answers = {answer_to(ClosingReason(one.reason)) for one in closings}
    note_closed(
        report,
        answers.pop() if len(answers) == 1 else ClosingAnswer.NOTHING_MORE,
        tell_from=clock.now() + ANSWER_WAITS if is_told else None,
        by=by,
    )
