"""`identifiers`: how many reports wait to be noted by the present rules."""

import argparse
import importlib

from havre.wiring.commands.progress import say


def run_identifiers(_: argparse.Namespace) -> int:
    """Count them. Exit code 1 while one waits. Django is started."""
    reads = importlib.import_module("havre.identifiers.editions.reads")
    station = importlib.import_module("havre.audit.rules").Station.SET_UP
    context = importlib.import_module("havre.plumbing.context")
    with context.acting_as(station.context):
        noted, failed = reads.count_noted(), reads.unnoted(actor=station)
    say(f"{noted.in_all} reports were read for identifiers.")
    for each in failed:
        say(
            f"{each.report.reference} cannot be noted since {each.since:%Y-%m-%d %H:%M} UTC:"
            f" {each.fault}; tried {each.tries} times, again at {each.next_try_at:%H:%M} UTC."
        )
    if not noted.otherwise and not failed:
        say("All of them by the present rules.")
        return 0
    say(f"{noted.otherwise} of them by other rules than the present ones.")
    say("The worker notes them again, behind everything new; nothing of one is given before that.")
    return 1
