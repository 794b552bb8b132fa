"""Servers under load: started, waited for, stopped; and what processor time they took."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CLONE = Path(__file__).resolve().parents[1]
PEERS = Path(os.environ.get("HAVRE_PEERS", "") or CLONE / "var" / "peers")
FASTAPI = PEERS / "fastapi"
FASTAPI_PACKAGES = ("fastapi==0.165.0", "asyncpg==0.32.0", "uvicorn[standard]==0.54.0")
PATIENCE_SECONDS = 60
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A server that runs: where, and its first process."""

    port: int
    pid: int


def processor_seconds(pid: int) -> float:
    """What a process and all under it have used so far; 0 where the system does not tell."""
    parents, used = {}, {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(entry.parent.name)] = int(facts[1])
        # Its own, user's and system's, and that of its children who have ended.
        used[int(entry.parent.name)] = sum(map(int, facts[11:15]))

    def is_under(one: int) -> bool:
        while one != pid and one in parents:
            one = parents[one]
        return one == pid

    return sum(ticks for one, ticks in used.items() if is_under(one)) / TICK


@contextmanager
def served(command: list[str], environment: dict[str, str], port: int) -> Iterator[Server]:
    """Run a server for the block."""
    with tempfile.TemporaryFile() as log:
        running = subprocess.Popen(command, cwd=CLONE, env=environment, stdout=log, stderr=log)
        try:
            until = time.monotonic() + PATIENCE_SECONDS
            while not is_open(port):
                if running.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    msg = f"{command[1:4]} did not start: {log.read()[-2000:]!r}"
                    raise RuntimeError(msg)
                time.sleep(0.1)
            yield Server(port, running.pid)
        finally:
            running.terminate()
            running.wait(30)


def is_open(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def ours(port: int) -> list[str]:
    """Havre as it is run."""
    return [sys.executable, "-m", "havre", "serve", f"--port={port}"]


def by_granian(application: str, port: int) -> list[str]:
    """A WSGI application by the same server, as many processes and threads as ours."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
    return [*command, "--blocking-threads", "8", "--port", str(port), application]


def by_uvicorn(port: int) -> list[str]:
    """The FastAPI door, two processes, in its own environment."""
    command = [str(FASTAPI / "bin" / "python"), "-m", "uvicorn", "--workers", "2"]
    command += [
        "--timeout-worker-healthcheck",
        "60",
        "--no-access-log",
        "--log-level",
        "warning",
        "--port",
        str(port),
    ]
    return [*command, "bench.peers.fastapi_door:application"]


def has_fastapi() -> bool:
    return (FASTAPI / "bin" / "uvicorn").exists()


def make_fastapi() -> None:
    """The environment of the FastAPI door; needs the package registry."""
    if not has_fastapi():
        subprocess.run([sys.executable, "-m", "venv", str(FASTAPI)], check=True)
        pip = [str(FASTAPI / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, *FASTAPI_PACKAGES], check=True)
