"""The embedded PostgreSQL: one private server on a unix socket, for those who bring none."""

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from havre.plumbing.environment import CLONE, Addresses
from havre.plumbing.leash import leashed
from havre.plumbing.postgres_home import (
    Account,
    DatabaseRefusedError,
    give,
    home_of,
    make_short_folder,
    programs_of,
)
from havre.plumbing.roles import prepare

ADMIN = "havre_admin"
DATABASE = "havre"
READY_LINE = 7
WAIT_SECONDS = 60.0
LARGEST_LOG_BYTES = 10_000_000
# Statements and rows may hold what a reporter typed: an error's text must not reach the log.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_line_prefix": "%m [%p] ",
}


@dataclass(slots=True)
class Cluster:
    """One server: its programs, its data, its socket, its password."""

    programs: Path
    data: Path
    log: Path
    socket: Path
    password: str
    account: Account | None = None
    settings: dict[str, str] = field(default_factory=dict)
    child: subprocess.Popen[bytes] | None = None

    @property
    def admin_url(self) -> str:
        """The address of the superuser, for setting up and for tests only."""
        return (
            f"postgresql://{ADMIN}:{quote(self.password, safe='')}@/postgres"
            f"?host={quoted(self.socket)}"
        )

    def make(self) -> None:
        """Make the cluster if there is none; a half-made one is removed first."""
        if (self.data / "PG_VERSION").is_file():
            return
        if self.data.exists():
            shutil.rmtree(self.data)
        part = self.data.with_name(f"{self.data.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        give(part, self.account)
        secret = part.with_name(f"{part.name}.password")
        secret.unlink(missing_ok=True)
        handle = os.open(secret, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(self.password)
        try:
            if self.account is not None:
                os.chown(secret, self.account.uid, self.account.gid)
            self._run_initdb(part, secret)
        finally:
            secret.unlink()
        part.rename(self.data)

    def _run_initdb(self, folder: Path, secret: Path) -> None:
        command = [
            str(self.programs / "initdb"),
            *("--pgdata", str(folder), "--username", ADMIN, "--pwfile", str(secret)),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"),
            *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
        ]
        who = self.account
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=plain_environment(),
            user=who.uid if who else None,
            group=who.gid if who else None,
            extra_groups=[] if who else None,
        )
        if done.returncode != 0:
            msg = f"The database could not be made in {folder.parent}: {done.stderr.strip()}"
            raise DatabaseRefusedError(msg)

    def start(self) -> None:
        """Start the server as a child that ends when this process ends, and wait for it."""
        if not wait_until(lambda: self.running_pid() is None, seconds=WAIT_SECONDS):
            msg = (
                f"A server (process {self.running_pid()}) already runs on {self.data}. "
                "It is not ours to stop: end it, then start again."
            )
            raise DatabaseRefusedError(msg)
        deadline = time.monotonic() + WAIT_SECONDS
        while not self._started():
            if time.monotonic() > deadline:
                msg = f"The database did not start. The reason stands at the end of {self.log}."
                raise DatabaseRefusedError(msg)

    def _started(self) -> bool:
        command = [str(self.programs / "postgres"), "-D", str(self.data)]
        told = SETTINGS | self.settings | {"unix_socket_directories": str(self.socket)}
        for name, value in told.items():
            command += ["-c", f"{name}={value}"]
        account = (self.account.uid, self.account.gid) if self.account else None
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".old.log"))
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(  # noqa: S603 - our own program, no shell
                leashed(command, last_signal=signal.SIGINT, account=account),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=plain_environment(),
                start_new_session=True,
            )
        child = self.child
        wait_until(lambda: self.is_ready() or child.poll() is not None, seconds=WAIT_SECONDS)
        # A server killed a moment ago may leave workers that hold its memory: try again.
        return self.is_ready()

    def stop(self) -> None:
        """Stop the server we started, at once but in order, and only that one."""
        child, self.child = self.child, None
        if child is None:
            return
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
        try:
            child.wait(timeout=WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGQUIT)
            child.wait()

    def running_pid(self) -> int | None:
        """The process that serves this data, or None; a stale pid file counts as none."""
        lines = self._pid_file()
        if not lines or not lines[0].strip().lstrip("-").isdecimal():
            return None
        pid = abs(int(lines[0]))
        with suppress(OSError):
            # The server's working folder is its data: another program with this number is not it.
            if Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.data.resolve():
                return pid
        return None

    def is_ready(self) -> bool:
        """Whether the server answers."""
        lines = self._pid_file()
        ready = len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready"
        return ready and self.child is not None and lines[0].strip() == str(self.child.pid)

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []


def plain_environment() -> dict[str, str]:
    """No PG* variable of the caller's may change where or how the server runs."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def wait_until(happened: Callable[[], bool], *, seconds: float) -> bool:
    """Look again and again until it has happened; say whether it did in time."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def quoted(socket: Path) -> str:
    """The folder of a socket as it stands in an address."""
    return quote(str(socket), safe="")


@contextmanager
def throwaway(
    settings: dict[str, str] | None = None, *, like: tuple[Path, str] | None = None
) -> Iterator[Cluster]:
    """A server on a new folder under /tmp that is gone afterwards, for tests and benches.

    `like` is the data of a server that has stopped, and its password: the new one is a copy.
    """
    home = home_of(CLONE / "var")
    programs = programs_of(home)
    folder = make_short_folder(home.account)
    cluster = Cluster(
        programs=programs,
        data=folder / "pg",
        log=folder / "server.log",
        socket=folder,
        password=like[1] if like else secrets.token_urlsafe(24),
        account=home.account,
        settings=settings or {},
    )
    try:
        if like:
            subprocess.run(["cp", "-Rp", like[0], cluster.data], check=True)  # noqa: S603, S607
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def throwaway_environment(cluster: Cluster) -> dict[str, str]:
    """The addresses of a prepared throw-away server, for a child process."""
    addresses: Addresses = prepare(cluster.admin_url, database=DATABASE)
    return addresses.as_environment() | {"HAVRE_ADMIN_URL": cluster.admin_url}


def main(arguments: list[str]) -> int:
    """`python -m havre.plumbing.postgres throwaway -- COMMAND…`: run it beside a server."""
    parser = argparse.ArgumentParser(prog="python -m havre.plumbing.postgres")
    parser.add_argument("what", choices=["throwaway"])
    parser.add_argument("command", nargs=argparse.REMAINDER)
    told = parser.parse_args(arguments)
    command = told.command[1:] if told.command[:1] == ["--"] else told.command
    if not command:
        parser.error("say which command to run, after --")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with throwaway() as cluster:
        environment = os.environ | throwaway_environment(cluster)
        done = subprocess.run(command, env=environment, check=False)  # noqa: S603 - as asked
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
