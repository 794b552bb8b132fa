"""The route of a report, from the front desk to the analysts' queue.

Read top to bottom. Every step is safe to repeat. A step that fails holds back neither the other
steps nor any other report; when it keeps failing, the report is shown under "needs attention".
"""

import logging
from uuid import UUID

from havre.audit.rules import Actor, Station
from havre.evidence.custody import keys_in_hand
from havre.intake.later.reads import is_passed_on, words_wait, words_waiting
from havre.intake.splits.reads import count_to_place, standing_parts
from havre.links.actions import link_report
from havre.links.silent.actions import meet_silent_watches
from havre.links.watches.actions import meet_watches
from havre.plumbing.context import acting_as
from havre.plumbing.queue import defer
from havre.triage.actions import (
    Step,
    park_report,
    put_in_queue,
    score_report,
    take_step,
)
from havre.triage.alike.actions import compare_report
from havre.triage.bundles.actions import note_outline
from havre.triage.interpreting.actions import note_identifiers
from havre.triage.jurisdiction.actions import suggest_agencies
from havre.triage.learning.actions import learn_of
from havre.triage.learning.reads import is_tied, that_learn_of
from havre.triage.reads import item_of

# The job in which older reports learn of a new one, behind all that new ones need themselves.
LEARN, LEARN_PRIORITY = "learn", -20


def tell_older(report_id: UUID, *, by: Actor) -> None:
    """Ask that the reports tied to a new one be scored anew. Safe to repeat."""
    with acting_as(by.context):
        if is_tied(report_id):
            defer(LEARN, queue="route", priority=LEARN_PRIORITY, report=str(report_id))


# Only while nobody has the report in hand: a job that is tried again after a referral must not put
# the report back in the queue.
WHILE_IT_WAITS = frozenset({"queue", "score", "agencies", "bundles", "older"})
ROUTE: list[tuple[str, Step]] = [
    ("queue", put_in_queue),
    ("identifiers", note_identifiers),
    ("link", link_report),
    ("watches", meet_watches),
    ("silent", meet_silent_watches),
    ("alike", compare_report),
    ("score", score_report),
    ("agencies", suggest_agencies),
    ("bundles", note_outline),
    ("older", tell_older),
]
TRIES = 4
# The job of the other steps, and its priority: behind the first step of every report.
REST, REST_PRIORITY = "route-rest", -10
RETURNED = "returned"

log = logging.getLogger("havre.route")


class StepFailedError(Exception):
    """A step did not end well; the job is tried again. Names the step and the kind of fault."""


def is_to_place(report_id: UUID) -> bool:
    """Whether something that was told later of a split report belongs to no incident yet."""
    with acting_as(Station.PIPELINE.context):
        return bool(count_to_place([report_id]))


def is_to_pass_on(report_id: UUID) -> bool:
    """Whether something that was told later waits to be passed on to whoever has the report."""
    with acting_as(Station.PIPELINE.context):
        return words_wait(report_id)


def place(report_id: UUID, *, because: str = "", priority: int = 0) -> None:
    """Take the first step alone, and ask for the rest, in one transaction. Safe to run again.

    A report must stand before a person while thousands of others still wait to be scored. The rest
    waits behind every first step of its `priority`; `because` says why it waits again, whoever has
    it, and is "" where nothing brings it back.
    """
    by = Station.PIPELINE
    with acting_as(by.context):
        if because or not is_passed_on(report_id, actor=by) or is_to_place(report_id):
            name, step = ROUTE[0]
            run = step if because == RETURNED else put_if_it_waits
            take_step(report_id, step=name, run=run, by=by)
        behind = priority + REST_PRIORITY
        defer(REST, queue="route", priority=behind, report=str(report_id), because=because)


def walk(report_id: UUID, *, tries_so_far: int = 0, was_returned: bool = False) -> None:
    """Take a report through every step. Safe to run again.

    `was_returned` says that an agency sent it back, so that it waits again. Raises StepFailedError
    while the job may still be tried again; parks the report after that.
    """
    with keys_in_hand():
        failed = _take_steps(report_id, was_returned=was_returned)
    if not failed:
        return
    if tries_so_far + 1 < TRIES:
        msg = f"step {failed}"
        raise StepFailedError(msg)
    park_report(report_id, step=failed, by=Station.PIPELINE)


def let_older_learn(report_id: UUID) -> int:
    """Score the reports anew that are tied to a new one, each by itself. Safe to run again.

    Gives how many rose. Bounded: what learns tells nobody else in turn.
    """
    by = Station.PIPELINE
    with keys_in_hand():
        with acting_as(by.context):
            older = that_learn_of(report_id, actor=by)
        return sum(learn_of(each, newcomer=report_id, by=by) for each in older)


def put_if_it_waits(report_id: UUID, *, by: Actor) -> None:
    """Put a report in the queue unless somebody decided on all of it meanwhile. Safe to repeat.

    Its place is held before it is asked again, and its incidents and words where it has none:
    whoever decides holds them too.
    """
    if item_of(report_id, actor=by, is_held=True) is None:
        standing_parts(report_id, actor=by, is_held=True)
        words_waiting(report_id, actor=by, is_held=True)
    if _waits(report_id):
        put_in_queue(report_id, by=by)


def _waits(report_id: UUID) -> bool:
    """Whether a report waits for a person: never decided on, or before the desk once more."""
    by = Station.PIPELINE
    with acting_as(by.context):
        is_before_the_desk = item_of(report_id, actor=by) is not None
        return is_before_the_desk or not is_passed_on(report_id, actor=by) or is_to_place(report_id)


def _take_steps(report_id: UUID, *, was_returned: bool) -> str:
    """Every step in turn; gives the name of the first that failed, or nothing."""
    failed = ""
    waits = was_returned or _waits(report_id)
    for name, step in ROUTE:
        if name in WHILE_IT_WAITS and not waits:
            continue
        is_asked_again = step is put_in_queue and not was_returned
        run = put_if_it_waits if is_asked_again else step
        try:
            take_step(report_id, step=name, run=run, by=Station.PIPELINE)
        except Exception as error:  # noqa: BLE001 - whatever it is, the report must go on
            # The message may quote what a person typed: only the kind of fault is logged.
            log.error("step %s of report %s failed: %s", name, report_id, type(error).__name__)  # noqa: TRY400
            failed = failed or name
    return failed
