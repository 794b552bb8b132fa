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
        noted = reads.count_noted()
    say(f"{noted.in_all} reports were read for identifiers.")
    if not noted.otherwise:
        say("All of them by the present rules.")
        return 0
    say(f"{noted.otherwise} of them by other rules than the present ones.")
    say("The worker notes them again, behind everything new; nothing of one is given before that.")
    return 1
