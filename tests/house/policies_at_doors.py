"""Versions of the policy that callers ask for at doors, and what they would send there."""

from typing import Any
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Station
from havre.oversight.policies.actions import simulate_part
from havre.triage.policies.actions import (
    activate_policy,
    ask_to_simulate,
    change_policy,
    draft_policy,
    propose_policy,
)
from havre.triage.policies.rules.words import Change, What

POLICY_DOORS = {
    "activate_policy",
    "change_policy",
    "policy",
    "propose_policy",
    "simulate_policy",
    "withdraw_policy",
}
POLICY_WORDS = {
    "change_policy": {"what": "lane:A", "minutes": "12"},
    "propose_policy": {"reason": "Boats."},
    "return_policy": {"number": "1", "reason": "Too many boats."},
    "simulate_policy": {"days": "7"},
}


def of_a_policy(row: Any, caller: Any, street: Any) -> dict[str, object]:
    """Where a version of the policy stands: one's own draft where that is asked for."""
    if row.door not in POLICY_DOORS:
        return {}
    found = street.policies[row.whose]
    if row.door in {"change_policy", "propose_policy"} and row.whose == "own" and caller.officer:
        found = street.drafts.get(caller.officer.pk, found)
    return {"policy_id": found}


def drafts_of(callers: dict[str, list[Any]]) -> dict[UUID, UUID]:
    """A draft with one change of each who may propose a policy."""
    change = Change(what=What.LANE, id="A", new={"minutes": 11})
    officers = [one.officer for who in ("supervisor", "coordinator") for one in callers[who]]
    return {one.pk: change_policy(draft_policy(by=one).pk, change, by=one).pk for one in officers}


def some_policies(world: Any, second: Officer) -> None:
    """One that a supervisor put in force for another, and one that waits for that; both tried."""
    for minutes in (14, 13):
        draft = draft_policy(by=world.holder)
        change = Change(what=What.LANE, id="A", new={"minutes": minutes})
        change_policy(draft.pk, change, by=world.holder)
        propose_policy(draft.pk, reason="Sooner.", by=world.holder)
        simulation = ask_to_simulate(draft.pk, days=7, by=world.holder)
        simulate_part(simulation.pk, by=Station.PIPELINE)
        if not world.proposal:
            activate_policy(draft.pk, by=second)
        world.proposal = draft.pk
