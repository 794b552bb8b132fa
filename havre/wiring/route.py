"""The route of a report, from the front desk to the analysts' queue.

Read top to bottom. Every step is safe to repeat. A step that fails holds back neither the other
steps nor any other report; when it keeps failing, the report is shown under "needs attention".
"""

import logging
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from havre.audit.rules import Actor, Station
from havre.evidence.custody import keys_in_hand
from havre.intake.later.reads import is_passed_on, words_wait, words_waiting
from havre.intake.splits.reads import count_to_place, standing_parts
from havre.links.actions import link_report
from havre.plumbing.context import acting_as
from havre.plumbing.queue import defer
from havre.plumbing.together.steps import in_one_go
from havre.referrals.notices.alerting import meet_silent_watches, meet_watches
from havre.triage.actions import put_in_queue, score_report
from havre.triage.alike.actions import compare_report
from havre.triage.bundles.actions import note_outline
from havre.triage.interpreting.actions import note_identifiers
from havre.triage.jurisdiction.actions import suggest_agencies
from havre.triage.learning.actions import learn_of
from havre.triage.learning.reads import that_learn_of, that_may_rise
from havre.triage.reads import item_of
from havre.triage.steps.actions import Step, park_report, take_step_at_once, take_steps

# The job in which older reports learn of a new one, behind all that new ones need themselves.
LEARN, LEARN_PRIORITY = "learn", -20


def tell_older(report_id: UUID, *, by: Actor) -> None:
    """Ask that the reports that may rise by a new one be scored anew. Safe to repeat."""
    with acting_as(by.context):
        older = that_may_rise(report_id, actor=by)
        if older:
            named = " ".join(map(str, older))
            defer(LEARN, queue="route", priority=LEARN_PRIORITY, report=str(report_id), older=named)


# Only while nobody has the report in hand: a job that is tried again after a referral must not put
# the report back in the queue.
WHILE_IT_WAITS = frozenset({"queue", "score", "agencies", "bundles", "older"})
# What stands in one line shares a transaction, in which a report's place in the queue is held first
# of all; what must wait for other reports, or holds what is theirs, has one of its own.
PARTS: list[list[tuple[str, Step]]] = [
    [
        ("queue", put_in_queue),
        ("identifiers", note_identifiers),
        ("alike", compare_report),
    ],
    [("link", link_report)],
    # Watches are met when what was noted is committed: who sets one meanwhile finds it then.
    [
        ("score", score_report),
        ("older", tell_older),
        ("agencies", suggest_agencies),
        ("watches", meet_watches),
        ("silent", meet_silent_watches),
    ],
    [("bundles", note_outline)],
]
ROUTE: list[tuple[str, Step]] = [step for part in PARTS for step in part]
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


def place(report_id: UUID, *, because: str = "", priority: int = 0) -> None:
    """Take the first step alone, and ask for the rest, in one transaction. Safe to run again.

    A report must stand before a person while thousands of others still wait to be scored. The rest
    waits behind every first step of its `priority`; `because` says why it waits again, whoever has
    it, and is "" where nothing brings it back.
    """
    by = Station.PIPELINE
    with acting_as(by.context), in_one_go():
        if because == RETURNED or _is_to_put(report_id, by):
            take_steps(report_id, steps=ROUTE[:1], by=by)
        behind = priority + REST_PRIORITY
        defer(REST, queue="route", priority=behind, report=str(report_id), because=because)


def walk(report_id: UUID, *, tries_so_far: int = 0, was_returned: bool = False) -> bool:
    """Take a report through every step. Safe to run again.

    `was_returned` says that an agency sent it back, so that it waits again. Gives whether something
    that was told later waited to be passed on to whoever has the report; what is told from here on
    has a job of its own. Raises StepFailedError while the job may still be tried again; parks the
    report after that.
    """
    by = Station.PIPELINE
    with acting_as(by.context):
        left_out = _left_out(report_id, was_returned=was_returned)
        is_to_pass_on = words_wait(report_id)
    with keys_in_hand():
        failed = _take_parts(report_id, left_out, was_returned=was_returned)
    if not failed:
        return is_to_pass_on
    if tries_so_far + 1 < TRIES:
        msg = f"step {failed}"
        raise StepFailedError(msg)
    park_report(report_id, step=failed, by=by)
    return is_to_pass_on


def let_older_learn(report_id: UUID, *, named: Sequence[UUID] = ()) -> int:
    """Score the reports anew that are tied to a new one, each by itself. Safe to run again.

    `named` are those that were found when the new one was scored; without them they are found
    anew. Gives how many rose. Bounded: what learns tells nobody else in turn.
    """
    by = Station.PIPELINE
    with keys_in_hand():
        with acting_as(by.context):
            older = that_learn_of(report_id, named=named, actor=by)
        return sum(learn_of(each, newcomer=report_id, by=by) for each in older)


def put_if_it_waits(report_id: UUID, *, by: Actor) -> None:
    """Put a report in the queue unless somebody decided on all of it. Safe to repeat."""
    if _is_to_put(report_id, by):
        put_in_queue(report_id, by=by)


def _is_to_put(report_id: UUID, by: Actor) -> bool:
    """Whether a report waits for a person: never decided on, or before the desk once more.

    Its place is held before it is asked, and its incidents and words where it has none: whoever
    decides holds them too.
    """
    if item_of(report_id, actor=by, is_held=True) is not None:
        return True
    standing_parts(report_id, actor=by, is_held=True)
    words_waiting(report_id, actor=by, is_held=True)
    return not is_passed_on(report_id, actor=by) or is_to_place(report_id)


def _take_parts(report_id: UUID, left_out: Collection[str], *, was_returned: bool) -> str:
    """Every step in turn; gives the name of the first that failed, or nothing."""
    failed: list[str] = []
    for part in PARTS:
        steps = [
            (name, put_if_it_waits if step is put_in_queue and not was_returned else step)
            for name, step in part
            if name not in left_out
        ]
        failed += _take_part(report_id, steps)
    return next(iter(failed), "")


def _left_out(report_id: UUID, *, was_returned: bool) -> frozenset[str]:
    """The steps that a report need not take: whoever has it in hand, or put it there already."""
    if was_returned:
        return frozenset()
    by = Station.PIPELINE
    item = item_of(report_id, actor=by)
    if item is None and is_passed_on(report_id, actor=by) and not is_to_place(report_id):
        return WHILE_IT_WAITS
    # Where it stands the first step was taken before this job was asked for.
    return frozenset({"queue"} if item and "queue" in item.done_steps else ())


def _take_part(report_id: UUID, steps: Sequence[tuple[str, Step]]) -> list[str]:
    """Some steps in one transaction; where that fails, each in its own. Gives those that failed."""
    if len(steps) > 1 and _are_taken(report_id, steps, log.info):
        return []
    return [one[0] for one in steps if not _are_taken(report_id, [one], log.error)]


def _are_taken(
    report_id: UUID, steps: Sequence[tuple[str, Step]], tell: Callable[..., None]
) -> bool:
    """Take steps, all or none; gives whether that went well."""
    names, by = "+".join(name for name, _ in steps), Station.PIPELINE
    try:
        if steps[0][1] is link_report:
            take_step_at_once(report_id, step=names, run=link_report, by=by)
        else:
            take_steps(report_id, steps=steps, by=by)
    except Exception as error:  # noqa: BLE001 - whatever it is, the report must go on
        # The message may quote what a person typed: only the kind of fault is logged.
        tell("step %s of report %s failed: %s", names, report_id, type(error).__name__)
        return False
    return True
