"""Trying a proposed policy on the reports of the past, part by part."""

from uuid import UUID

from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.evidence.custody import keys_in_hand
from havre.oversight.policies.reads import Known, count_of, next_part, seen_in
from havre.oversight.policies.rules import Result, Tried, count_in, empty_result
from havre.plumbing import clock
from havre.plumbing.keys import KeyRefusedError
from havre.plumbing.queue import defer
from havre.triage.actions import note_signs
from havre.triage.policies.actions import SIMULATE
from havre.triage.policies.models import Simulation
from havre.triage.policies.reads import policy_at, policy_of
from havre.triage.policies.rules.replaying import replay
from havre.triage.rules.policy import Policy

# Behind every report that somebody waits for.
PRIORITY = -20


@action(Event.POLICY_SIMULATED)
def simulate_part(simulation_id: UUID, *, by: Actor) -> Simulation:
    """Try the next reports under a proposal, and ask for the part after them. Safe to repeat.

    A report of which nothing is noted is opened by the machine as the route opened it, with a line
    of its own. When another policy came in force meanwhile, the trial begins again.
    """
    found = Simulation.objects.select_for_update(of=("self",)).select_related(
        "proposal__returns_to"
    )
    simulation = found.get(pk=simulation_id)
    if simulation.finished_at is None:
        before = policy_at(clock.now()).policy
        if simulation.reached is None or simulation.against != before.version:
            simulation.against, simulation.reached, simulation.done = before.version, None, 0
            simulation.total = count_of(simulation, actor=by)
            simulation.result = empty_result()
        _try(simulation, before, by=by)
        simulation.save()
        if simulation.finished_at is None:
            defer(SIMULATE, queue="sweep", priority=PRIORITY, simulation=str(simulation_id))
    record(
        Event.POLICY_SIMULATED,
        about_kind="policy",
        about=simulation.proposal_id,
        by=by,
        simulation=str(simulation_id),
        done=simulation.done,
        total=simulation.total,
    )
    return simulation


def _try(simulation: Simulation, before: Policy, *, by: Actor) -> None:
    after = policy_of(simulation.proposal)
    part = next_part(simulation, before, actor=by)
    for known in part:
        _try_one(simulation.result, known, before, after, by=by)
    simulation.done += len(part)
    if part:
        simulation.reached = part[-1].report
    if simulation.done >= simulation.total or not part:
        simulation.finished_at = clock.now()


def _try_one(result: Result, known: Known, before: Policy, after: Policy, *, by: Actor) -> None:
    seen = known.seen
    if seen is None:
        try:
            with keys_in_hand():
                note_signs(known.report, by=by)
        except KeyRefusedError:
            # Withdrawn, or destroyed in time: nothing is left to try.
            result["unreadable"] += 1
            return
        result["opened"] += 1
        seen = seen_in([known.report], before)[known.report]
    tried = Tried(
        report=str(known.report),
        channel=known.channel,
        language=known.language,
        was_acted_on=known.was_acted_on,
        move=replay(seen, before=before, after=after),
    )
    count_in(result, tried)
