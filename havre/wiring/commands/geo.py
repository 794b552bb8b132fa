"""`geo`: which database says where Internet addresses seem to lie."""

import argparse
import importlib
from pathlib import Path

from havre.wiring.commands.progress import say
from havre.wiring.commands.up import UpRefusedError

NONE = "No geolocation database is in use: Internet addresses give no hint of a place."


def add_geo(command: argparse.ArgumentParser) -> None:
    """The words that `geo` takes."""
    command.add_argument("what", choices=["show", "use", "forget"], nargs="?", default="show")
    command.add_argument("file", nargs="?", type=Path, help="with use: an MMDB file")
    command.add_argument(
        "--elsewhere",
        type=Path,
        help="a text file of networks that tell no place: VPN, hosting, carrier gateways",
    )


def run_geo(told: argparse.Namespace) -> None:
    """Show, take or leave a database. Django has been started."""
    geo = importlib.import_module("havre.triage.jurisdiction.geo")
    actions = importlib.import_module("havre.triage.jurisdiction.actions")
    station = importlib.import_module("havre.audit.rules").Station.SET_UP
    if told.what == "use":
        if told.file is None:
            msg = "Name the file: python -m havre geo use FILE.mmdb"
            raise UpRefusedError(msg)
        try:
            facts = actions.take_database(told.file, elsewhere=told.elsewhere, by=station)
        except (geo.GeoRefusedError, OSError) as error:
            raise UpRefusedError(str(error)) from error
        networks = facts.pop("networks")
        say(f"{facts['name']} of {facts['built']} is in use; {networks} networks tell no place.")
    elif told.what == "forget":
        say("It is out of use." if actions.leave_database(by=station) else NONE)
    else:
        facts = geo.database_in_use()
        say(f"{facts['name']} of {facts['built']}, {facts['bytes']} bytes" if facts else NONE)
