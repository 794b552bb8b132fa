"""Reporters who walk the whole journey at once, thinking between pages; and how fast pages can go.

    python bench/reporters.py --full     # 300 people, five minutes, 3 to 8 seconds on each page
    python bench/reporters.py            # 60 people, one minute
    python bench/reporters.py --small    # 10 people, some seconds, as ./check runs it

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
    "small": Size(10, 4, (0.1, 0.3), 2),
}


def measure(size: Size) -> None:
    settings = {"shared_buffers": "256MB", "max_wal_size": "4GB"}
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.throwaway(settings) as cluster,
        ExitStack() as running,
    ):
        environment = {**os.environ, **postgres.throwaway_environment(cluster), "HAVRE_VAR": folder}
        environment |= {
            "HAVRE_DEMO_SIGN_INS": "",
            "DJANGO_SETTINGS_MODULE": "havre.wiring.settings",
            "RECORDED_PAGES": str(Path(folder, "recorded.json")),
        }
        for command in ("migrate", "directory", "collect-static"):
            done = [sys.executable, "-m", "havre", command]
            subprocess.run(done, cwd=CLONE, env=environment, check=True, stdout=subprocess.DEVNULL)
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
        shown = [*thinking[0].shown, *rush["ours"][0].shown]
        check(cluster, shown, recorded_before=1)
        dropped = [*thinking[0].dropped, *rush["ours"][0].dropped]
        assert not dropped, dropped[:5]


def together(
    port: int, people: int, seconds: float, think: tuple[float, float]
) -> tuple[Tally, float]:
    """What people met who walked together, and how long it took."""
    started = time.monotonic()
    walk = walk_together(port, people=people, seconds=seconds, think=think, seed=people)
    tally = asyncio.run(walk)
    return tally, time.monotonic() - started


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


def show(size: Size, thinking: tuple[Tally, float], rush: dict[str, tuple[Tally, float]]) -> None:
    tally, seconds = thinking
    print(f"{size.people} people for {size.seconds:g} s and their last journeys ({seconds:.0f} s)")
    print(f"journeys ended {tally.journeys}, dropped {len(tally.dropped)}, load {os.getloadavg()}")
    print(f"\n{'pages':<22}{'count':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'longest':>9}")
    for kind, values in [*sorted(tally.taken.items()), ("all", tally.every)]:
        some = sorted(values)
        marks = "".join(f"{quantile(some, share):>9.0f}" for share in (0.5, 0.95, 0.99))
        print(f"{kind:<22}{len(some):>8}{marks}{some[-1]:>9.0f}")
    print(f"\n{'no thinking, 16 people':<30}{'pages/s':>9}{'journeys/s':>12}{'of memory':>11}")
    floor = len(rush["memory"][0].every) / rush["memory"][1]
    for name, words in (("memory", "granian, same pages from memory"), ("ours", "Havre")):
        met, took = rush[name]
        rate = len(met.every) / took
        print(f"{words:<32}{rate:>7.0f}{met.journeys / took:>12.1f}{rate / floor:>11.2f}")


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
