"""Taking steps of the route, and parking a report of which one keeps failing."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.plumbing.together.gathered import run_last
from havre.plumbing.together.steps import in_one_go
from havre.triage.models import QueueItem
from havre.triage.steps.absent import look_what_is_absent

NOTE_STEPS = """
UPDATE triage_queueitem SET done_steps = done_steps || (
  SELECT jsonb_agg(fresh.step ORDER BY fresh.number)
  FROM unnest(%(steps)s::text[]) WITH ORDINALITY fresh (step, number)
  WHERE NOT done_steps @> to_jsonb(fresh.step)
)
WHERE report_id = %(report)s::uuid AND NOT done_steps @> to_jsonb(%(steps)s::text[])
"""


class Step(Protocol):
    """One step of the route: safe to repeat."""

    def __call__(self, report_id: UUID, *, by: Actor) -> object: ...


@action(Event.STEP_TAKEN)
def take_steps(report_id: UUID, *, steps: Sequence[tuple[str, Step]], by: Actor) -> None:
    """Run steps of the route and note that they are done: all of them, or none, in one transaction.

    What one of them read of the report the next one need not ask.
    """
    with in_one_go():
        if len(steps) > 1:
            look_what_is_absent(report_id)
        _take(report_id, steps, by)


@action(Event.STEP_TAKEN, at_once=True)
def take_step_at_once(report_id: UUID, *, step: str, run: Step, by: Actor) -> None:
    """The same of one step that does all by statements of its own, in as few trips as it needs."""
    _take(report_id, [(step, run)], by)


def _take(report_id: UUID, steps: Sequence[tuple[str, Step]], by: Actor) -> None:
    for step, run in steps:
        run(report_id, by=by)
        record(Event.STEP_TAKEN, about_kind="report", about=report_id, by=by, step=step)
    run_last(NOTE_STEPS, {"report": report_id, "steps": [step for step, _ in steps]})


@action(Event.REPORT_PARKED)
def park_report(report_id: UUID, *, step: str, by: Actor) -> None:
    """A step keeps failing: show the report in its own lane. It stays readable by a person."""
    QueueItem.objects.filter(report=report_id).update(needs_attention=True, failed_step=step)
    record(Event.REPORT_PARKED, about_kind="report", about=report_id, by=by, step=step)
