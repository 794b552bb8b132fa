"""`python -m havre officers …`: for the very first administrator, and when nobody can sign in."""

import argparse
import importlib
from typing import Any

from havre.wiring.commands.progress import say
from havre.wiring.commands.up import UpRefusedError

ADMIN = "platform-admin"
HAND_OVER = "Hand it over in person. It opens one page: the one where their own is chosen."


def add_officers_command(one: argparse.ArgumentParser) -> None:
    """What may be typed after `officers`."""
    what = one.add_subparsers(dest="what", metavar="WHAT", required=True)
    add = what.add_parser("add", help="add an officer and print a one-time password")
    add.add_argument("username", help="the sign-in name, such as r.gagnon")
    add.add_argument("--name", required=True, help="the name colleagues see")
    add.add_argument("--agency", default="", help="code of the agency (the tipline)")
    add.add_argument("--role", default=ADMIN, help="role (%(default)s)")
    add.add_argument("--language", default="en", choices=["en", "fr"], help="(%(default)s)")
    for name, text in (
        ("reset-second-factor", "take away a lost second factor; a new one is set up at sign-in"),
        ("reset-password", "print a one-time password in place of a forgotten one"),
        ("close", "let an officer in no more, and end every sign-in at once"),
    ):
        act = what.add_parser(name, help=text)
        act.add_argument("username", help="the sign-in name")


def keep_officers(told: argparse.Namespace) -> None:
    """Do it, as the operator at this machine. Raises UpRefusedError with a sentence.

    Django is started: the rooms are loaded here, and not when the command line is.
    """
    actions = importlib.import_module("havre.agencies.staff.actions")
    rules = importlib.import_module("havre.agencies.staff.rules")
    station = importlib.import_module("havre.audit.rules").Station.SET_UP
    try:
        if told.what == "add":
            _say_password(_add(actions, told, station))
            return
        reads = importlib.import_module("havre.agencies.staff.reads")
        officer = _found(reads.officer_by_name, told.username, "Nobody signs in as")
        if told.what == "reset-password":
            _say_password(actions.reset_password(officer.pk, by=station))
        elif told.what == "close":
            actions.close_officer(officer.pk, by=station)
            say(f"{officer.username} is let in no more; every sign-in has ended.")
        else:
            actions.reset_second_factor(officer.pk, by=station)
            say(f"{officer.username} sets up a new second factor at the next sign-in.")
    except importlib.import_module("django.db").ProgrammingError as error:
        msg = "This database has no tables yet. Run first: python -m havre migrate, then directory."
        raise UpRefusedError(msg) from error
    except rules.OfficerRefusedError as error:
        wording = importlib.import_module("havre.agencies.staff.wording")
        raise UpRefusedError(str(wording.REFUSALS[error.refusal])) from error


def _add(actions: Any, told: argparse.Namespace, station: object) -> Any:  # noqa: ANN401 - rooms
    reads = importlib.import_module("havre.agencies.reads")
    permits = importlib.import_module("havre.agencies.rules.permits")
    forms = importlib.import_module("havre.agencies.staff.forms")
    if told.role not in set(permits.Role):
        msg = f"There is no role {told.role}. There are: {', '.join(permits.Role)}."
        raise UpRefusedError(msg)
    if not forms.A_NAME.regex.search(told.username):
        raise UpRefusedError(str(forms.A_NAME.message))
    if told.agency:
        agency = _found(reads.agency_by_code, told.agency, "There is no agency")
    else:
        agency = _found(lambda _: reads.the_tipline(), "directory", "Run first: python -m havre")
    return actions.add_with_one_time_password(
        told.username,
        name=told.name,
        agency=agency,
        role=permits.Role(told.role),
        language=told.language,
        by=station,
    )


def _found(read: Any, name: str, otherwise: str) -> Any:  # noqa: ANN401 - a read of a room
    missing = importlib.import_module("django.core.exceptions").ObjectDoesNotExist
    try:
        return read(name)
    except missing as error:
        msg = f"{otherwise} {name}."
        raise UpRefusedError(msg) from error


def _say_password(made: Any) -> None:  # noqa: ANN401 - of a room
    say(f"  sign-in name       {made.officer.username}")
    say(f"  one-time password  {made.password}")
    say(f"  works until        {made.officer.one_time_until:%Y-%m-%d %H:%M} UTC")
    say(HAND_OVER)
