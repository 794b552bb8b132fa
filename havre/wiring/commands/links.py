"""`links`: whether the clusters that are kept are those that the reports make."""

import argparse
import importlib

from havre.wiring.commands.progress import say


def add_links(command: argparse.ArgumentParser) -> None:
    """The words that `links` takes."""
    command.add_argument("what", choices=["check"], nargs="?", default="check")
    command.add_argument(
        "--mend", action="store_true", help="link anew what differs, and reports never linked"
    )


def run_links(told: argparse.Namespace) -> int:
    """Compare, and mend on request. Exit code 1 when something differs. Django is started."""
    actions = importlib.import_module("havre.links.actions")
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
    say("Mended." if left.is_none else f"{len(left.reports)} reports still differ.")
    return 0 if left.is_none else 1
