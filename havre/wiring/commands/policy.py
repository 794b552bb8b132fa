"""Which triage policy reports are ranked by, for `check-config`."""

import importlib
from collections.abc import Iterator

from havre.wiring.commands.config import Finding


def policy_findings() -> Iterator[Finding]:
    """Every policy that was put in force is followed, or why not. Django has been started."""
    reads = importlib.import_module("havre.triage.policies.reads")
    context = importlib.import_module("havre.plumbing.context")
    clock = importlib.import_module("havre.plumbing.clock")
    database = importlib.import_module("django.db")
    station = importlib.import_module("havre.audit.rules").Station.SET_UP
    try:
        with context.acting_as(station.context):
            holding = reads.policy_at(clock.now())
    except database.ProgrammingError:
        missing = "The tables of this version are not there yet: run `python -m havre migrate`."
        yield Finding(holds=False, sentence=missing)
        return
    for one in holding.refused:
        what = f"The policy {one.proposal.version} was put in force and is not followed"
        yield Finding(holds=False, sentence=f"{what}: {one.why}.")
    yield Finding(holds=True, sentence=f"Reports are ranked by {holding.policy.version}.")
