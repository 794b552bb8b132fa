"""The command line: `python -m havre …`. Each command is a few lines; `up` has its own page."""

import argparse
import gc
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import psycopg

from havre.plumbing import database
from havre.plumbing.environment import database_urls, port, without_password
from havre.plumbing.leash import die_with_parent
from havre.wiring.commands.config import check_config
from havre.wiring.commands.geo import add_geo, run_geo
from havre.wiring.commands.identifiers import run_identifiers
from havre.wiring.commands.links import add_links, run_links
from havre.wiring.commands.mailroom import TRY_AGAIN, add_intake, tried
from havre.wiring.commands.officers import add_officers_command, keep_officers
from havre.wiring.commands.package import add_package, run_package
from havre.wiring.commands.paging import paging_findings
from havre.wiring.commands.policy import policy_findings
from havre.wiring.commands.progress import Bar, say
from havre.wiring.commands.providers import add_providers, run_providers
from havre.wiring.commands.signing import add_signing, run_signing, signing_findings
from havre.wiring.commands.up import LOOPBACK, NOT_A_DEMO, REFUSALS, UpRefusedError, up

LOOPBACKS = {LOOPBACK, "::1", "localhost"}
SETTINGS = "havre.wiring.settings"
# So many new objects before the collector looks for cycles: some thirty requests' worth. With
# Python's own 700 it would take a quarter of every start to look through what stays for good.
COLLECT_AFTER = 20_000


def main(arguments: Sequence[str]) -> int:
    """Run one command; a refusal is one sentence and exit code 1."""
    gc.set_threshold(COLLECT_AFTER)
    told = make_parser().parse_args(arguments)
    try:
        return int(told.run(told))
    except REFUSALS as refusal:
        print(f"\n{refusal}", file=sys.stderr, flush=True)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        print(f"\nThe database does not answer: {reason}", file=sys.stderr, flush=True)
    return 1


def make_parser() -> argparse.ArgumentParser:
    """Every command and every option, with its help."""
    parser = argparse.ArgumentParser(prog="python -m havre", description=__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, run: Callable[[Any], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    one = add("up", run_up, "set everything up and run it (what ./run calls)")
    one.add_argument("--fresh", action="store_true", help="delete everything first, after asking")
    one.add_argument("--yes", action="store_true", help="with --fresh: do not ask")
    one = add("serve", run_serve, "run the web server alone")
    one.add_argument("--address", default=LOOPBACK, help="address to listen on (%(default)s)")
    one.add_argument("--port", type=int, default=None, help="port (HAVRE_PORT, else 8000)")
    one.add_argument("--workers", type=int, default=2, help="processes (%(default)s)")
    one.add_argument("--threads", type=int, default=8, help="threads in each (%(default)s)")
    one = add("work", run_work, "run the jobs")
    one.add_argument("--concurrency", type=int, default=3, help="jobs at once (%(default)s)")
    add("migrate", run_migrate, "bring the tables up to date, as their owner")
    add("directory", run_directory, "bring the directory of agencies up to its data file")
    one = add("demo", run_demo, "fill an empty database with an invented country")
    one.add_argument("--sign-ins", action="store_true", help="only print the demo sign-ins")
    add("collect-static", run_collect_static, "gather styles and scripts under hashed names")
    add("check-config", run_check_config, "say whether this installation is safe to use")
    add_package(add("package", run_package, "check a package that an agency took away"))
    add_signing(add("signing", run_signing, "the key that packages are signed with"))
    add_geo(add("geo", run_geo_alone, "choose what says where addresses lie"))
    add("identifiers", run_identifiers_alone, "say how many reports wait to be noted again")
    add_links(add("links", run_links_alone, "check linked clusters; compare all suspects"))
    add_providers(add("providers", run_providers_alone, "keep providers and their keys"))
    add_intake(add("intake", run_intake, "take in a letter by e-mail"))
    one = add("keys", run_keys, "add a new master key and wrap every data key again under it")
    one.add_argument("what", choices=["rotate"])
    add_officers_command(add("officers", run_officers, "add the first administrator; help back in"))
    one = add("database", run_database, "say where the database is, or set one up")
    one.add_argument("what", choices=["status", "set-up"], nargs="?", default="status")
    one.add_argument("--new-passwords", action="store_true", help="renew existing accounts")
    return parser


def start_django(account: str) -> None:
    """Load the application as one of the three database accounts."""
    os.environ["HAVRE_ACCOUNT"] = account
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # noqa: PLC0415 - only now, with the account chosen

    django.setup()


def call(command: str, *arguments: str, **options: bool | int) -> None:
    """Call a management command."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is started first

    call_command(command, *arguments, **options)


def run_up(told: argparse.Namespace) -> int:
    return up(fresh=told.fresh, sure=told.yes)


def run_migrate(_: argparse.Namespace) -> int:
    with database.database_at_hand("migrate_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("owner")
        importlib.import_module("havre.wiring.commands.tables").bring_up_to_date()
    return 0


def run_collect_static(_: argparse.Namespace) -> int:
    start_django("app")
    call("collectstatic", interactive=False, verbosity=0, clear=True)
    return 0


def run_directory(_: argparse.Namespace) -> int:
    with database.database_at_hand("database_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("app")
        actions = importlib.import_module("havre.agencies.actions")
        directory = importlib.import_module("havre.agencies.rules.directory")
        station = importlib.import_module("havre.audit.rules").Station.SET_UP
        actions.load_agencies(directory.shipped_agencies(), by=station)
    return 0


def run_officers(told: argparse.Namespace) -> int:
    with database.database_at_hand("database_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("app")
        keep_officers(told)
    return 0


def run_demo(told: argparse.Namespace) -> int:
    """Exit code 3: the database holds something else, and nothing was touched."""
    with database.database_at_hand("database_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("app")
        if importlib.util.find_spec("havre.wiring.demo") is None:
            return NOT_A_DEMO
        demo = importlib.import_module("havre.wiring.demo")
        if not told.sign_ins and demo.is_empty():
            demo.make_world(progress=Bar("demo world").show)
        if not demo.is_demo_world():
            return NOT_A_DEMO
        for line in demo.sign_ins() if told.sign_ins else ():
            say(f"  {line}")
    return 0


def run_work(told: argparse.Namespace) -> int:
    with database.database_at_hand("work_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("work")
        importlib.import_module("havre.wiring.line.working").work(concurrency=told.concurrency)
    return 0


def run_serve(told: argparse.Namespace) -> int:
    """Refuses what would lose or leak reports, then serves until it is asked to stop."""
    if told.address not in LOOPBACKS and os.environ.get("HAVRE_DEMO_SIGN_INS") == "1":
        msg = "The demo sign-ins are open to everybody here: with them, listen on 127.0.0.1 only."
        raise UpRefusedError(msg)
    with database.database_at_hand("database_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("app")
        refuse_unsafe()
        serve(told)
    return 0


def refuse_unsafe() -> None:
    """Stop before the first request when a check of the configuration fails."""
    wrong = [finding.sentence for finding in check_config(database_urls()) if not finding.holds]
    if wrong:
        raise UpRefusedError("\n".join(["Havre does not serve like this:", *wrong]))


def serve(told: argparse.Namespace) -> None:
    """Run the web server, its threads few: each holds a database connection."""
    from granian.constants import Interfaces  # noqa: PLC0415 - only `serve` needs the server
    from granian.server import Server  # noqa: PLC0415

    server = Server(
        "havre.wiring.wsgi:application",
        address=told.address,
        port=port() if told.port is None else told.port,
        interface=Interfaces.WSGI,
        workers=told.workers,
        blocking_threads=told.threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.serve(target_loader=partial(load_application, os.getpid()), wrap_loader=False)


def load_application(parent: int) -> Callable[..., Any]:
    """In a worker process: end with the server, however it ends, and load the pages."""
    import signal  # noqa: PLC0415 - a worker may start as a fresh interpreter

    die_with_parent(parent, signal.SIGTERM)
    from django.urls import get_resolver  # noqa: PLC0415

    from havre.wiring.wsgi import application  # noqa: PLC0415 - Django is started first

    # What is loaded now stays for good: the collector need not look through it again and again.
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    return application


def run_keys(_: argparse.Namespace) -> int:
    """A running Havre reads the new key from the file when it first meets it."""
    with database.database_at_hand("work_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("work")
        keys = importlib.import_module("havre.plumbing.keys")
        settings = importlib.import_module("django.conf").settings
        fresh = keys.rotate_file_keys(settings.KEYS_FILE)
        keys.use_keys(keys.file_keys(settings.KEYS_FILE))
        vault = importlib.import_module("havre.evidence.actions")
        station = importlib.import_module("havre.audit.rules").Station.SET_UP
        count = vault.rewrap_keys(progress=Bar("keys").show, by=station)
    say(f"Master key {fresh} is current; {count} data keys were wrapped again.")
    return 0


def run_geo_alone(told: argparse.Namespace) -> int:
    start_django("app")
    run_geo(told)
    return 0


def run_identifiers_alone(told: argparse.Namespace) -> int:
    with database.database_at_hand("work_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("work")
        return run_identifiers(told)


def run_links_alone(told: argparse.Namespace) -> int:
    with database.database_at_hand("work_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("work")
        return run_links(told)


def run_providers_alone(told: argparse.Namespace) -> int:
    with database.database_at_hand("database_url") as addresses:
        os.environ.update(addresses.as_environment())
        start_django("app")
        run_providers(told)
    return 0


def run_intake(told: argparse.Namespace) -> int:
    """Whatever keeps a letter out, its mail server is told to come again."""
    try:
        with database.database_at_hand("database_url") as addresses:
            os.environ.update(addresses.as_environment())
            start_django("app")
            return tried(told)
    except (*REFUSALS, psycopg.OperationalError) as error:
        print(f"not kept, try again: {type(error).__name__}", file=sys.stderr)
        return TRY_AGAIN


def run_check_config(_: argparse.Namespace) -> int:
    with database.database_at_hand("database_url") as addresses:
        findings = [*check_config(addresses), *signing_findings(), *paging_findings()]
        if addresses is not None:
            os.environ.update(addresses.as_environment())
            start_django("app")
            findings.extend(policy_findings())
    for finding in findings:
        say(f"  {'yes' if finding.holds else 'NO '}  {finding.sentence}")
    return 0 if all(finding.holds for finding in findings) else 1


def run_database(told: argparse.Namespace) -> int:
    if told.what == "set-up":
        if database.is_embedded():
            msg = "Set HAVRE_DATABASE_URL to an account that may create roles."
            raise UpRefusedError(msg)
        database.told_addresses(new_passwords=told.new_passwords)
        say("The three accounts are ready.")
    addresses = database_urls()
    if addresses is None:
        say("There is no database yet: run ./run.")
        return 0
    for name, url in addresses.as_environment().items():
        say(f"  {name:<20} {without_password(url) if url else '-'}")
    return 0
