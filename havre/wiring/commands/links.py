"""`links`: whether the clusters kept are those that the reports make; who may be one person."""

import argparse
import importlib
import os
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from havre.wiring.commands.progress import say

NOT_INSTALLED = (
    "What compares people is not installed here. Install it and start again:\n"
    "  .venv/bin/python -m pip install --require-hashes -r requirements-resolve.lock\n"
    "and for Spark, which needs Java: .venv/bin/python -m pip install '.[spark]'"
)


def add_links(command: argparse.ArgumentParser) -> None:
    """The words that `links` takes."""
    command.add_argument("what", choices=["check", "resolve"], nargs="?", default="check")
    command.add_argument(
        "--mend", action="store_true", help="link anew what differs, and reports never linked"
    )
    command.add_argument(
        "--no-refit", action="store_true", help="resolve: do not work out what weights would change"
    )
    command.add_argument(
        "--refit-file", type=Path, help="resolve: write what a refit would change to this file"
    )


def run_links(told: argparse.Namespace) -> int:
    """Compare, and mend on request. Exit code 1 when something differs. Django is started."""
    if told.what == "resolve":
        return run_resolve(told)
    actions = importlib.import_module("havre.links.checking.actions")
    station = importlib.import_module("havre.audit.rules").Station.SET_UP
    found = actions.check_links(mend=told.mend, by=station)
    say(f"{found.checked} reports, {found.clusters} clusters of two reports or more.")
    if found.is_none:
        say("What is kept is what the reports make.")
        return 0
    say(
        f"Differently: {len(found.reports)} reports, {found.values} values;"
        f" {found.dangling} names lead nowhere."
    )
    if not told.mend:
        say("To link these reports anew: python -m havre links check --mend")
        return 1
    left = actions.check_links(by=station)
    still = f"{len(left.reports)} reports and {left.values} values still differ."
    say("Mended." if left.is_none else still)
    return 0 if left.is_none else 1


def run_resolve(told: argparse.Namespace) -> int:
    """Compare all suspects of each compartment, and keep what is proposed. Django is started."""
    running = importlib.import_module("havre.links.resolving.running")
    engine = importlib.import_module("havre.links.resolving.engine")
    master = os.environ.get("HAVRE_SPARK_MASTER", "").strip()
    try:
        return _resolved(told, running, master)
    except engine.NoSplinkError:
        say(NOT_INSTALLED)
        return 1


def _resolved(told: argparse.Namespace, running: ModuleType, master: str) -> int:
    model = importlib.import_module("havre.links.resolving.rules.model").adopted()
    refits = importlib.import_module("havre.links.resolving.rules.refits")
    station = importlib.import_module("havre.audit.rules").Station.PIPELINE
    say(f"Model {model.version}, file {model.digest[:12]}, on {master or 'DuckDB'}.")
    written = False
    for compartment in running.compartments(by=station):
        say(f"\n{compartment}")
        ran = running.resolve_people(
            compartment,
            model=model,
            master=master,
            learn=not told.no_refit,
            tell=_Steps(),
            by=station,
        )
        _say_run(ran.run)
        if ran.refit and told.refit_file:
            path = told.refit_file.with_stem(f"{told.refit_file.stem}-{compartment}")
            path.write_bytes(refits.as_file(ran.refit))
            say(f"  What a refit would change: {path}")
            written = True
    if told.refit_file and not written:
        say(f"\nNo refit: that takes {refits.FEWEST_PEOPLE} suspects or more in a compartment.")
    say("\nNothing was linked or changed. The pairs wait for a person: /en/same-person")
    return 0


def _say_run(run: Any) -> None:  # noqa: ANN401 - a row of a model that is not loaded yet
    say(f"  {run.people} suspects of {run.reports} reports; {run.found} pairs are alike enough.")
    say(f"  Together already: {run.together}; judged already: {run.judged}.")
    seconds = (run.ended_at - run.begun_at).total_seconds()
    say(f"  Proposed: {run.proposed}. It took {seconds:.1f} s.")


class _Steps:
    """Prints each step of a run when it begins, with the seconds so far."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self, word: str) -> None:
        say(f"  {time.monotonic() - self.began:7.1f} s  {word}")
