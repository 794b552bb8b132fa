"""`havre intake mail FILE|-`: one letter by e-mail, filed or set aside; a mail server's pipe."""

import argparse
import importlib
import sys
from pathlib import Path

from havre.wiring.commands.progress import say

# What a mail server understands (sysexits.h): done; not a letter, send it back; keep it, try again.
DONE, NO_LETTER, TRY_AGAIN = 0, 65, 75


def add_intake(command: argparse.ArgumentParser) -> None:
    """The words that `intake` takes."""
    command.add_argument("what", choices=["mail"], help="one letter, as the mail server has it")
    command.add_argument("file", help="the letter's file, or - for what comes in")
    command.add_argument(
        "--vouched-by",
        default="",
        metavar="NAME",
        help="the name under which your mail server writes Authentication-Results: a letter whose"
        " sender it does not vouch for (dkim=pass) is set aside",
    )


def run_intake(told: argparse.Namespace) -> int:
    """File one letter. Django has been started. Nothing that was not kept is answered with 0."""
    letters = importlib.import_module("havre.intake.xarf.wires.letters")
    post = importlib.import_module("havre.intake.xarf.post")
    most = letters.MOST_MAIL_BYTES
    if told.file == "-":
        source = sys.stdin.buffer.read(most + 1)
    else:
        with Path(told.file).open("rb") as file:
            source = file.read(most + 1)
    if len(source) > most:
        print(f"larger than {most} bytes", file=sys.stderr)
        return NO_LETTER
    try:
        posted = post.take_letter(source, vouched_by=told.vouched_by)
    except letters.NoLetterError:
        print("this is no letter: it has no head", file=sys.stderr)
        return NO_LETTER
    again = "" if posted.is_new else " (it was here before)"
    if posted.number is not None:
        say(f"filed: {posted.number}{again}")
    else:
        say(f"set aside, to be read by a person: {posted.reference}{again}")
    return DONE


def tried(told: argparse.Namespace) -> int:
    """The same, whatever fails: the mail server keeps the letter and comes again."""
    try:
        return run_intake(told)
    except Exception as error:  # noqa: BLE001 - no letter is lost for an error of ours
        # Its kind alone: a message may quote the letter.
        print(f"not kept, try again: {type(error).__name__}", file=sys.stderr)
        return TRY_AGAIN
