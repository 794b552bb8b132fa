"""Reporters who walk the whole journey at once, thinking between pages; and how fast pages can go.

    python bench/reporters.py --full     # 300 people, five minutes, 3 to 8 seconds on each page
    python bench/reporters.py            # 60 people, one minute
    python bench/reporters.py --small    # 6 people, a second, as ./check runs it

Web and worker run as in a house, the load comes from the same machine. Afterwards every reference
that was shown is a report, once, or the bench fails; so it does when a page did not come or was not
the right one. The second table has no thinking time, beside the same pages from memory.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

from bench.intake import served
from bench.walkers import Tally, record_one, walk_together
from havre.plumbing import postgres
from tests.live import free_port
from tests.ready import settled_house

GRANIAN = ("-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "8")
RUSH_PEOPLE = 16
THINK = (3.0, 8.0)


@dataclass(frozen=True, slots=True)
class Size:
    """How many people, for how long, how long each thinks, and how long the rush is."""

    people: int
    seconds: float
    think: tuple[float, float]
    rush_seconds: float


SIZES = {
    "full": Size(300, 300, THINK, 20),
    "usual": Size(60, 60, THINK, 10),
    "small": Size(6, 1, (0.1, 0.3), 0.5),
}


def measure(size: Size) -> None:
    settings = {"shared_buffers": "256MB", "max_wal_size": "4GB"}
    with (
        tempfile.TemporaryDirectory() as folder,
        settled_house(folder, settings) as (cluster, environment),
        ExitStack() as running,
    ):
        environment |= {
            "DJANGO_SETTINGS_MODULE": "havre.wiring.settings",
            "RECORDED_PAGES": str(Path(folder, "recorded.json")),
        }
        ours, memory = free_port(), free_port()
        serve = [sys.executable, "-m", "havre", "serve", f"--port={ours}"]
        running.enter_context(served(serve, environment, ours))
        recorded = asyncio.run(record_one(ours))
        Path(environment["RECORDED_PAGES"]).write_text(as_json(recorded), encoding="utf-8")
        granian = [sys.executable, *GRANIAN, "--port", str(memory)]
        granian.append("bench.peers.from_memory:application")
        running.enter_context(served(granian, environment, memory))
        rush = {
            name: together(port, RUSH_PEOPLE, size.rush_seconds, (0.0, 0.0))
            for name, port in (("memory", memory), ("ours", ours))
        }
        work = [sys.executable, "-m", "havre", "work", "--concurrency=2"]
        worker = subprocess.Popen(work, cwd=CLONE, env=environment, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            thinking = together(ours, size.people, size.seconds, size.think)
        finally:
            worker.terminate()
            worker.wait(30)
        show(size, thinking, rush)
        shown = [*thinking.tally.shown, *rush["ours"].tally.shown]
        check(cluster, shown, recorded_before=1)
        dropped = [*thinking.tally.dropped, *rush["ours"].tally.dropped]
        assert not dropped, dropped[:5]


@dataclass(frozen=True, slots=True)
class Met:
    """What people met who walked together, how long it took, and the server's processor time."""

    tally: Tally
    seconds: float
    processor: float

    @property
    def milliseconds_of_processor(self) -> float:
        """For one page. Says more than the clock where others use the machine too."""
        return self.processor * 1000 / max(1, len(self.tally.every))


def together(port: int, people: int, seconds: float, think: tuple[float, float]) -> Met:
    """Let people walk at once."""
    started, used = time.monotonic(), processor_seconds(port)
    walk = walk_together(port, people=people, seconds=seconds, think=think, seed=people)
    tally = asyncio.run(walk)
    return Met(tally, time.monotonic() - started, processor_seconds(port) - used)


def processor_seconds(port: int) -> float:
    """What the server on a port has used so far, with its workers."""
    parents, used, servers = {}, {}, set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            facts = folder.joinpath("stat").read_text().rpartition(")")[2].split()
            words = folder.joinpath("cmdline").read_bytes().replace(b"\0", b" ").split()
        except OSError:
            continue
        pid = int(folder.name)
        parents[pid], used[pid] = int(facts[1]), int(facts[11]) + int(facts[12])
        if {b"--port=%d" % port, b"%d" % port} & set(words):
            servers.add(pid)
    whole = set(servers)
    while more := {pid for pid, parent in parents.items() if parent in whole} - whole:
        whole |= more
    return sum(used[pid] for pid in whole) / os.sysconf("SC_CLK_TCK")


def as_json(recorded: dict) -> str:
    left_out = {"content-length", "date", "server", "connection", "transfer-encoding"}
    return json.dumps(
        [
            {
                "asked": asked,
                "status": f"{answer.status} OK",
                "headers": [h for h in answer.headers if h[0].lower() not in left_out],
                "body": answer.body.decode(),
            }
            for asked, answer in recorded.items()
        ]
    )


def quantile(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]


def show(size: Size, thinking: Met, rush: dict[str, Met]) -> None:
    tally, seconds = thinking.tally, thinking.seconds
    print(f"{size.people} people for {size.seconds:g} s and their last journeys ({seconds:.0f} s)")
    print(f"journeys ended {tally.journeys}, dropped {len(tally.dropped)}, load {os.getloadavg()}")
    print(f"\n{'pages':<22}{'count':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'longest':>9}")
    for kind, values in [*sorted(tally.taken.items()), ("all", tally.every)]:
        some = sorted(values)
        marks = "".join(f"{quantile(some, share):>9.0f}" for share in (0.5, 0.95, 0.99))
        print(f"{kind:<22}{len(some):>8}{marks}{some[-1]:>9.0f}")
    print(f"processor of the web for a page: {thinking.milliseconds_of_processor:.1f} ms")
    heads = f"{'pages/s':>9}{'journeys/s':>12}{'of memory':>11}{'processor ms':>14}"
    print(f"\n{'no thinking, 16 people':<30}{heads}")
    floor = len(rush["memory"].tally.every) / rush["memory"].seconds
    for name, words in (("memory", "granian, same pages from memory"), ("ours", "Havre")):
        met = rush[name]
        rate, journeys = (len(met.tally.every) / met.seconds, met.tally.journeys / met.seconds)
        spent = met.milliseconds_of_processor
        print(f"{words:<32}{rate:>7.0f}{journeys:>12.1f}{rate / floor:>11.2f}{spent:>14.2f}")


def check(cluster: postgres.Cluster, shown: list[str], *, recorded_before: int) -> None:
    """Every reference that was shown is one report, and there is no other."""
    url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
    with psycopg.connect(url) as admin:
        stored = {one for (one,) in admin.execute("SELECT reference FROM intake_report")}
    print(f"\nreferences shown {len(shown)}, reports stored {len(stored) - recorded_before}")
    assert len(set(shown)) == len(shown)
    assert set(shown) <= stored
    assert len(stored) == len(shown) + recorded_before


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--full", dest="size", action="store_const", const="full", default="usual")
    sizes.add_argument("--small", dest="size", action="store_const", const="small")
    measure(SIZES[parser.parse_args().size])
