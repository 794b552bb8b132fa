"""How many durable reports a second the doors take, beside what the machine could do at most.

    python bench/intake.py            # 1, 16 and 64 connections, three rounds of six seconds each
    python bench/intake.py --small    # 16 connections, one short round, as ./check runs it
    python bench/intake.py --peers    # also makes the environment of the FastAPI door, once

Public form and provider wire (without and with one 200 kB file) with everything on: walls, keys,
log, job, through granian. Beside them pgbench's bare insert, a bare WSGI + psycopg door, FastAPI +
asyncpg, and our own doors without a database. The machine may be shared, so processor time for each
errand is shown too: of the web, of PostgreSQL, of the load itself. Afterwards reports = log lines =
jobs = acknowledged, or the bench fails.
"""

import argparse
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

from bench._errands import STORY, bare, filings, filings_with_a_file, forms
from bench.loader import Load, run_load
from bench.servers import (
    Server,
    by_granian,
    by_uvicorn,
    has_fastapi,
    make_fastapi,
    ours,
    processor_seconds,
    served,
)
from havre.plumbing import postgres
from tests.live import free_port
from tests.ready import settled_house

PROVIDERS = 16
MOST_FORMS_A_SECOND = 2500
FEW_INSERTS = 50


@dataclass
class Door:
    """One door under load, and what was measured at it."""

    words: str
    server: Server
    errands: Callable[[float], Iterator]
    files: bool = False
    loads: dict[int, list[Load]] = field(default_factory=dict)
    # Processor seconds: web, database, load.
    used: dict[int, list[float]] = field(default_factory=dict)

    def measure(self, connections: int, seconds: float, database: int) -> None:
        errands = self.errands(seconds)
        before = self._used(database)
        load = run_load(self.server.port, errands, connections=connections, seconds=seconds)
        spent = [after - was for was, after in zip(before, self._used(database), strict=True)]
        self.loads.setdefault(connections, []).append(load)
        sums = self.used.setdefault(connections, [0.0] * len(spent))
        self.used[connections] = [a + b for a, b in zip(sums, spent, strict=True)]

    def _used(self, database: int) -> tuple[float, ...]:
        web = processor_seconds(self.server.pid)
        return web, processor_seconds(database), time.process_time()

    def rate(self, connections: int) -> float:
        return statistics.median(load.rate for load in self.loads[connections])

    def line(self, connections: int, floor: float) -> str:
        loads = self.loads[connections]
        done = max(sum(load.done for load in loads), 1)
        p50, p99 = (statistics.median(load.quantile(q) for load in loads) for q in (0.5, 0.99))
        spent = "".join(f"{1000 * seconds / done:>8.2f}" for seconds in self.used[connections])
        rate = self.rate(connections)
        return f"{self.words:<42}{rate:>9.0f}{rate / floor:>8.2f}{p50:>9.1f}{p99:>9.1f}{spent}"


def pgbench(cluster: postgres.Cluster, *, connections: int, seconds: float, folder: str) -> float:
    """Bare inserts a second by the database's own bench, the same row, the same connections.

    It counts in whole seconds: for less than one, it is told how many inserts each is to make.
    """
    script = Path(folder, "insert.sql")
    script.write_text(f"INSERT INTO bare (body) VALUES ('{STORY}');\n")
    url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
    command = [str(cluster.programs / "pgbench"), "-n", "-M", "prepared", "-c", str(connections)]
    until = ["-T", str(int(seconds))] if seconds >= 1 else ["-t", str(FEW_INSERTS)]
    command += ["-j", str(min(connections, 2)), *until, "-f", str(script), url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])


def measure(*, rounds: int, seconds: float, connections: tuple[int, ...]) -> None:
    settings = {"shared_buffers": "256MB", "max_wal_size": "4GB", "max_connections": "200"}
    with (
        tempfile.TemporaryDirectory() as folder,
        settled_house(folder, settings) as (cluster, environment),
    ):
        environment |= {"DJANGO_SETTINGS_MODULE": "havre.wiring.settings"}
        # One provider's budget is not what is measured.
        environment["HAVRE_WIRE_PER_SECOND"] = "100000"
        os.environ.update(environment)
        keys = prepare(cluster)
        environment["BARE_URL"] = os.environ["BARE_URL"]
        with ExitStack() as stack:
            doors = open_doors(stack, environment, keys)
            warm = warm_up(doors, min(seconds, 1))
            inserts: dict[int, list[float]] = {count: [] for count in connections}
            for count in connections:
                for _ in range(rounds):
                    inserts[count].append(
                        pgbench(cluster, connections=count, seconds=seconds, folder=folder)
                    )
                    for door in doors:
                        door.measure(count, seconds, cluster.running_pid() or 0)
        show(doors, inserts)
        check(cluster, [*warm, *filed(doors)])
        failed = {door.words: sum(load.failed for load in all_of(door)) for door in doors}
        assert not any(failed.values()), f"some failed: {failed}"


def prepare(cluster: postgres.Cluster) -> list[tuple[str, str]]:
    """The bare table, and providers with a wire key each."""
    import django

    django.setup()
    from havre.agencies.actions import add_provider
    from havre.audit.rules import Station

    url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
    os.environ["BARE_URL"] = url
    with psycopg.connect(url) as admin:
        admin.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, body bytea)")
    keys = [(f"bench-{number}", secrets.token_hex(16)) for number in range(PROVIDERS)]
    for name, key in keys:
        add_provider(name, name=name.title(), password=key, by=Station.SET_UP)
    return keys


def open_doors(
    stack: ExitStack, environment: dict[str, str], keys: list[tuple[str, str]]
) -> list[Door]:
    """Start every server; the last three doors are those whose reports are counted."""

    def start(command: Callable[[int], list[str]]) -> Server:
        port = free_port()
        return stack.enter_context(served(command(port), environment, port))

    def rows(_seconds: float) -> Iterator:
        return bare()

    def papers(seconds: float) -> Iterator:
        return forms(int(MOST_FORMS_A_SECOND * seconds))

    def wire(_seconds: float) -> Iterator:
        return filings(keys)

    plain = start(lambda port: by_granian("bench.peers.bare_wsgi:application", port))
    doors = [Door("bare WSGI + psycopg, one row", plain, rows)]
    if has_fastapi():
        doors.append(Door("FastAPI + asyncpg, one row", start(by_uvicorn), rows))
    else:
        print("FastAPI + asyncpg: not measured, its environment is missing (--peers makes it)\n")
    alone = start(lambda port: by_granian("bench.peers.no_database:application", port))
    house = start(ours)
    return [
        *doors,
        Door("Havre without a database: form", alone, papers),
        Door("Havre without a database: submit, finish", alone, wire),
        Door("Havre: public form", house, papers, files=True),
        Door("Havre: submit, finish", house, wire, files=True),
        Door(
            "Havre: submit, upload, fileinfo, finish",
            house,
            lambda _seconds: filings_with_a_file(keys),
            files=True,
        ),
    ]


def warm_up(doors: list[Door], seconds: float) -> list[Load]:
    """Each server's first requests load code and plan statements: they are not measured."""
    loads = []
    for door in doors:
        load = run_load(door.server.port, door.errands(seconds), connections=16, seconds=seconds)
        if door.files:
            loads.append(load)
    return loads


def all_of(door: Door) -> list[Load]:
    return [load for loads in door.loads.values() for load in loads]


def filed(doors: list[Door]) -> list[Load]:
    return [load for door in doors if door.files for load in all_of(door)]


def show(doors: list[Door], inserts: dict[int, list[float]]) -> None:
    for connections, rates in inserts.items():
        floor = doors[0].rate(connections)
        insert = statistics.median(rates)
        busy = os.getloadavg()[0]
        print(f"{connections} connection(s), {len(rates)} round(s), medians; load {busy:.1f}")
        print(f"{'door':<42}{'a second':>9}{'of bare':>8}{'p50 ms':>9}{'p99 ms':>9}", end="")
        print(f"{'web':>8}{'db':>8}{'load':>8}   (processor ms each)")
        print(f"{'pgbench, bare insert':<42}{insert:>9.0f}{insert / floor:>8.2f}")
        for door in doors:
            print(door.line(connections, floor))
        print()


def check(cluster: postgres.Cluster, loads: list[Load]) -> None:
    """Nothing acknowledged is missing, nothing is there twice."""
    acknowledged = sum(load.done for load in loads)
    url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
    with psycopg.connect(url) as admin:
        reports, lines, jobs = (
            admin.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
            for what in (
                "intake_report",
                "audit_entry WHERE event = 'report.received'",
                "procrastinate_jobs WHERE task_name = 'route'",
            )
        )
    print(f"reports {reports} = log lines {lines} = jobs {jobs} = acknowledged {acknowledged}")
    assert reports == lines == jobs == acknowledged


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="one round of a quarter of a second")
    parser.add_argument("--peers", action="store_true", help="make the FastAPI environment first")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of six seconds (%(default)s)")
    told = parser.parse_args()
    if told.peers:
        make_fastapi()
    if told.small:
        measure(rounds=1, seconds=0.25, connections=(16,))
    else:
        measure(rounds=told.rounds, seconds=6, connections=(1, 16, 64))
