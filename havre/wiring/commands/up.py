"""`up`: everything a fresh clone needs, from an empty folder to the first page."""

import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from havre.plumbing import database
from havre.plumbing.environment import (
    CLONE,
    Addresses,
    EnvironmentRefusedError,
    port,
    public_host,
    wants_demo,
)
from havre.plumbing.leash import leashed
from havre.plumbing.postgres import Cluster
from havre.plumbing.postgres_home import DatabaseRefusedError
from havre.plumbing.signing import signing_file
from havre.wiring.catalogues import compile_catalogues
from havre.wiring.commands.children import Child, answers
from havre.wiring.commands.progress import say, step
from havre.wiring.commands.signing import make_trial_key

LOCK = "up.lock"
LOOPBACK = "127.0.0.1"
TRIES = 3
NOT_A_DEMO = 3
QUESTION = "This deletes the database, the files and the keys of {}. Type yes: "


class UpRefusedError(Exception):
    """`up` cannot go on; the message says why and what to do."""


class StoppedError(BaseException):
    """Somebody asked us to stop (Ctrl-C or SIGTERM)."""


def up(*, fresh: bool, sure: bool) -> int:
    """Start everything, say where it is, keep it running, stop it when asked."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        with ExitStack() as stack:
            lock = stack.enter_context(only_one_up())
            chosen = free_port(port())
            if fresh:
                start_over(sure=sure)
            write_holder(lock, chosen)
            say("Havre starts.")
            _run(stack, chosen)
    except StoppedError:
        say("Stopped.")
    return 0


def _stop(*_: object) -> None:
    # A second Ctrl-C must not leave half of the stopping undone.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise StoppedError


def _run(stack: ExitStack, chosen: int) -> None:
    cluster, addresses = open_database(stack)
    environment = os.environ | addresses.as_environment()
    with step("tables"):
        run_havre(["migrate"], environment)
    with step("French catalogues"):
        compile_catalogues()
    if stale_stamp() is not None:
        with step("styles and scripts"):
            collect_static(environment)
    # Sign-ins without a second factor are for a demo world only, never beside real reports.
    is_demo = wants_demo() and run_havre(["demo"], environment, shown=True) == 0
    environment |= {"HAVRE_DEMO_SIGN_INS": "1" if is_demo else "0"}
    if is_demo and not signing_file().exists():
        make_trial_key()
    with step("directory of agencies"):
        run_havre(["directory"], environment)
    children = make_children(chosen, environment, addresses)
    for child in children:
        stack.callback(child.stop)
        child.start()
    with step("web server and job worker"):
        wait_for_web(children[0], chosen)
    show_doors(chosen)
    if is_demo:
        run_havre(["demo", "--sign-ins"], environment, shown=True)
    say("\n  Ctrl-C stops Havre and nothing else.")
    keep_running(children, cluster)


def open_database(stack: ExitStack) -> tuple[Cluster | None, Addresses]:
    """The database, started if it is our own, and stopped with everything else."""
    if not database.is_embedded():
        with step("database (as told)"):
            return None, database.told_addresses()
    with step("PostgreSQL (our own)"):
        cluster = database.own_cluster()
        cluster.start()
        stack.callback(cluster.stop)
        return cluster, database.addresses_at(cluster)


def run_havre(arguments: list[str], environment: dict[str, str], *, shown: bool = False) -> int:
    """Run one of our commands to its end; its words are shown, or only if it fails.

    Gives its exit code: 0, or the one that says this database is no demo.
    """
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        leashed([sys.executable, "-m", "havre", *arguments]),
        stdin=subprocess.DEVNULL,
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
        text=True,
        cwd=CLONE,
        env=environment,
        start_new_session=True,
    )
    try:
        words, _ = process.communicate()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if process.returncode not in {0, NOT_A_DEMO}:
        msg = f"`python -m havre {' '.join(arguments)}` failed.\n{words or ''}"
        raise UpRefusedError(msg)
    return process.returncode


def stale_stamp() -> str | None:
    """The stamp of styles and scripts that are not collected yet; None when all are."""
    digest = hashlib.sha256((CLONE / "requirements.lock").read_bytes())
    for file in sorted((CLONE / "havre").glob("*/static/**/*")):
        facts = file.stat()
        digest.update(f"{file}{facts.st_size}{facts.st_mtime_ns}".encode())
    stamp = database.make_var() / "static.stamp"
    now = digest.hexdigest()
    return None if stamp.exists() and stamp.read_text() == now else now


def collect_static(environment: dict[str, str]) -> None:
    """Gather styles and scripts under hashed names."""
    now = stale_stamp()
    run_havre(["collect-static"], environment)
    if now is not None:
        (database.make_var() / "static.stamp").write_text(now)


def make_children(
    chosen: int, environment: dict[str, str], addresses: Addresses
) -> tuple[Child, Child]:
    """The web server and the job worker; each is told the one address it needs."""
    var = database.make_var()
    none = Addresses("", "", "").as_environment()
    web = environment | none | {"HAVRE_DATABASE_URL": addresses.database_url}
    work = environment | none | {"HAVRE_WORK_URL": addresses.work_url}
    return (
        Child("web server", ["serve", "--port", str(chosen)], web, var / "web.log"),
        Child("job worker", ["work"], work, var / "work.log"),
    )


def wait_for_web(web: Child, chosen: int) -> None:
    """Wait until the first answer; give up when the server ends again and again."""
    ended = 0
    while not answers(chosen):
        if web.has_ended():
            ended += 1
            if ended == TRIES:
                msg = f"The web server does not start:\n{web.last_words()}"
                raise UpRefusedError(msg)
            web.start()
        time.sleep(0.05)


def keep_running(children: tuple[Child, ...], cluster: Cluster | None) -> None:
    """Start again whatever ends by itself, until somebody asks us to stop."""
    while True:
        if cluster and cluster.child and cluster.child.poll() is not None:
            say("The database ended by itself; it is started again.")
            cluster.start()
        for child in children:
            if child.process is not None and child.has_ended():
                say(f"The {child.name} ended by itself; it is started again ({child.log}).")
            if child.process is None and child.is_due():
                child.start()
        time.sleep(0.2)


def show_doors(chosen: int) -> None:
    """Say where people, staff and providers come in."""
    local = f"http://{LOOPBACK}:{chosen}"
    say(f"\n  The public, English      {local}/en/")
    say(f"  Le public, français      {local}/fr/")
    say(f"  Staff                    http://{public_host()}:{chosen}/en/desk")
    say(f"  Provider wire (XML)      {local}/ispws")


@contextmanager
def only_one_up() -> Iterator[IO[str]]:
    """Hold this folder's lock; the kernel frees it however we end."""
    path = database.make_var() / LOCK
    with path.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UpRefusedError(who_holds(path)) from None
        yield lock


def write_holder(lock: IO[str], chosen: int) -> None:
    """Leave word of who we are for a second `up`."""
    lock.truncate(0)
    json.dump({"pid": os.getpid(), "address": f"http://{LOOPBACK}:{chosen}"}, lock)
    lock.flush()


def who_holds(path: Path) -> str:
    """The sentence for a second `up` in the same folder."""
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        holder = {"pid": "?", "address": "an address it has not chosen yet"}
    return (
        f"Havre already runs from this folder: process {holder['pid']} at {holder['address']}. "
        "Stop it there with Ctrl-C, or use that one."
    )


def free_port(wanted: int) -> int:
    """The wanted port if nobody has it; 0 asks for any. Never another one by itself."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, wanted))
            probe.listen()
        except OSError as error:
            msg = (
                f"Port {wanted} on {LOOPBACK} cannot be used ({error.strerror}). End the program "
                f"that has it, or choose another port: HAVRE_PORT={wanted + 1} ./run"
            )
            raise UpRefusedError(msg) from error
        return int(probe.getsockname()[1])


def start_over(*, sure: bool) -> None:
    """Delete everything of this folder's installation, after asking."""
    if not database.is_embedded():
        msg = "--fresh is for our own database. Yours is named in the environment: empty it there."
        raise UpRefusedError(msg)
    if not sure:
        if not sys.stdin.isatty():
            msg = (
                "--fresh deletes everything and nobody can be asked here: add --yes if you mean it."
            )
            raise UpRefusedError(msg)
        if input(QUESTION.format(CLONE)).strip() != "yes":
            msg = "Nothing was deleted."
            raise UpRefusedError(msg)
    for place in database.remove_everything():
        say(f"  deleted {place}")


REFUSALS = (UpRefusedError, EnvironmentRefusedError, DatabaseRefusedError)
