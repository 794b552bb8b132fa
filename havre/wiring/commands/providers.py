"""`providers`: who may report by wire, and their keys."""

import argparse
import importlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from havre.agencies.rules.providers import OVERLAP, Environment, Reading
from havre.wiring.commands.progress import say
from havre.wiring.commands.up import UpRefusedError

# What a company is sent with its key, in both languages.
LETTER = Path(__file__).parents[1] / "data" / "key_letter.txt"


def add_providers(command: argparse.ArgumentParser) -> None:
    """The words that `providers` takes."""
    command.add_argument(
        "what",
        choices=["list", "add", "issue", "revoke", "set", "mail-from", "no-mail-from"],
        nargs="?",
        default="list",
    )
    command.add_argument("code", nargs="?", default="", help="user name on the wire")
    command.add_argument(
        "address", nargs="?", default="", help="with mail-from: an e-mail address it reports from"
    )
    command.add_argument("--name", default="", help="with add: what the provider is called")
    command.add_argument(
        "--test", action="store_true", help="with add: an account whose reports go nowhere"
    )
    command.add_argument(
        "--overlap-days",
        type=int,
        default=OVERLAP.days,
        help="with issue: how long older keys still open the door (%(default)s)",
    )
    command.add_argument("--reading", choices=list(Reading), help="with set: how it is read")
    command.add_argument("--contact", help="with set: who answers there day and night")
    command.add_argument(
        "--fault-status", type=int, choices=[200, 400], help="with set: of a refused document"
    )


def run_providers(told: argparse.Namespace) -> None:
    """List, add, or change. Django has been started."""
    reads = importlib.import_module("havre.agencies.reads")
    if told.what == "list":
        for provider in reads.providers():
            state = "" if provider.is_active else "stays out"
            say(f"  {provider.code:<30} {provider.environment:<12} {provider.name}  {state}")
        return
    if not told.code:
        msg = "Name the provider: python -m havre providers issue CODE"
        raise UpRefusedError(msg)
    models = importlib.import_module("havre.agencies.models")
    try:
        change(told, reads)
    except models.Provider.DoesNotExist as error:
        msg = f"No provider is called {told.code}."
        raise UpRefusedError(msg) from error
    except ValueError as error:
        raise UpRefusedError(str(error)) from error


def change(told: argparse.Namespace, reads: Any) -> None:  # noqa: ANN401 - a module
    """Do what was asked, and say what came of it."""
    actions = importlib.import_module("havre.agencies.actions")
    station = importlib.import_module("havre.audit.rules").Station.SET_UP
    if told.what == "add":
        if told.code in reads.provider_codes():
            msg = f"{told.code} is registered already; `issue` gives it a new key"
            raise ValueError(msg)
        key = importlib.import_module("havre.agencies.wire_keys").new_wire_key()
        environment = Environment.TEST if told.test else Environment.PRODUCTION
        provider = actions.add_provider(
            told.code,
            name=told.name or told.code,
            password=key,
            environment=environment,
            by=station,
        )
        say(letter(provider, key))
        return
    provider = reads.provider_by_code(told.code)
    if told.what == "issue":
        overlap = timedelta(days=told.overlap_days)
        say(letter(provider, actions.issue_key(provider, overlap=overlap, by=station)))
    elif told.what in {"mail-from", "no-mail-from"}:
        keep_senders(told, provider, station)
    elif told.what == "revoke":
        say(f"{actions.revoke_keys(provider, by=station)} keys open nothing any more.")
    else:
        asked = {name: getattr(told, name) for name in ("reading", "contact", "fault_status")}
        asked = {name: value for name, value in asked.items() if value is not None}
        actions.change_provider(provider, by=station, **asked)
        say(f"{provider.code}: {', '.join(sorted(asked)) or 'nothing'} changed.")


def keep_senders(told: argparse.Namespace, provider: Any, station: Any) -> None:  # noqa: ANN401
    """Say from which addresses a provider reports by e-mail; add one or take one away."""
    mailroom = importlib.import_module("havre.intake.xarf.actions")
    reads = importlib.import_module("havre.intake.xarf.reads")
    acting_as = importlib.import_module("havre.plumbing.context").acting_as
    if told.address and told.what == "mail-from":
        mailroom.add_sender(provider, address=told.address, by=station)
    elif told.address:
        mailroom.remove_sender(provider, address=told.address, by=station)
    with acting_as(station.context):
        for one in reads.senders_of(provider, actor=station):
            say(f"  {one.address}")


def letter(provider: Any, key: str) -> str:  # noqa: ANN401 - a row of a module loaded late
    """What is sent to a provider with its key."""
    regimes = importlib.import_module("havre.intake.law.rules.regimes").REGIMES
    today = importlib.import_module("havre.plumbing.clock").now().date()
    regime = regimes.get(provider.regime)
    law, loi = "none", "aucune"
    if regime:
        days = regime.on(today).preserve_days
        law = f"{regime.title}, {days} days of preservation"
        loi = f"{regime.title}, {days} jours de conservation"
    return LETTER.read_text(encoding="utf-8").format(
        code=provider.code, key=key, environment=provider.environment, law=law, loi=loi
    )
