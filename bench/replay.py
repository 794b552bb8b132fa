"""How fast reports go through the whole route, and how long they wait for it.

    python bench/replay.py                       # 2,000 reports, two workers
    python bench/replay.py --reports 100000      # as many as asked for; --workers, --concurrency
    python bench/replay.py --small               # 20 reports, one worker, as ./check runs it

Providers' reports with words, a suspect and identifiers of their own, some of them shared, are
handed in by the same action as at every door, while workers as they are run take them through
every step. Shown: how many came and were worked off a second, how many jobs stood in line at most,
and how long a report waited until it stood before the analysts and until it had its score. The
bench fails unless every report stands in the queue with a score and no job is left.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from secrets import token_hex

import psycopg

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

from bench._watched import table
from bench.servers import processor_seconds
from havre.plumbing import postgres
from tests.ready import settled_house

PROVIDERS = 8
# One suspect in so many is told of by other reports too.
SHARED = 20
WORDS = 40
SAMPLE_SECONDS = 0.5
LEFT = (
    "SELECT count(*) FROM procrastinate_jobs"
    " WHERE status IN ('todo', 'doing') AND queue_name = 'route'"
)
WAITED = """
SELECT percentile_cont(ARRAY[0.5, 0.99, 1.0]) WITHIN GROUP
    (ORDER BY extract(epoch FROM q.queued_at - r.received_at)),
  percentile_cont(ARRAY[0.5, 0.99, 1.0]) WITHIN GROUP
    (ORDER BY extract(epoch FROM s.at - r.received_at))
FROM intake_report r JOIN triage_queueitem q ON q.report_id = r.id
JOIN (SELECT about, min(at) AS at FROM audit_entry WHERE event = 'report.scored' GROUP BY about) s
  ON s.about = r.id::text
"""
STANDING = "SELECT count(*) FROM triage_queueitem WHERE band <> '' AND failed_step = ''"


@dataclass
class Line:
    """The jobs that stand in line, looked at again and again beside the work."""

    url: str
    longest: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as admin:
            while not self.ended.wait(SAMPLE_SECONDS):
                self.longest = max(self.longest, asked(admin, LEFT))


def asked(admin: psycopg.Connection, question: str) -> int:
    return admin.execute(question).fetchone()[0]


@contextmanager
def workers(
    count: int, concurrency: int, environment: dict[str, str], jobs: Path
) -> Iterator[list[int]]:
    """Workers as they are run, for the block, which note each job in a file; their processes."""
    jobs.touch()
    command = [sys.executable, "-m", "bench._watched", str(jobs), f"--concurrency={concurrency}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen(command, cwd=CLONE, env=environment, **quiet) for _ in range(count)]
    try:
        yield [one.pid for one in running]
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(60)


def measure(reports: int, *, count: int, concurrency: int) -> None:
    settings = {"shared_buffers": "256MB", "max_wal_size": "4GB"}
    with (
        tempfile.TemporaryDirectory() as folder,
        settled_house(folder, settings) as (cluster, environment),
    ):
        import django

        os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "havre.wiring.settings"})
        django.setup()
        url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
        line = Line(url)
        beside = threading.Thread(target=line.watch)
        jobs = Path(folder, "jobs")
        with workers(count, concurrency, environment, jobs) as pids:
            beside.start()
            served = processor_seconds(cluster.running_pid() or 0)
            began = time.monotonic()
            hand_in(reports)
            came = time.monotonic() - began
            work_off(url)
            done = time.monotonic() - began
            used = sum(processor_seconds(pid) for pid in pids)
            served = processor_seconds(cluster.running_pid() or 0) - served
        line.ended.set()
        beside.join()
        taken = (used, served)
        show(url, reports, came=came, done=done, taken=taken, longest=line.longest)
        print(table(jobs, reports))


def hand_in(reports: int) -> None:
    """File the reports, by each provider in turn."""
    from havre.agencies.actions import add_provider
    from havre.audit.rules import Station
    from havre.intake.actions import Delivery, receive_report

    providers = [
        add_provider(
            f"bench-{number}", name=f"Bench {number}", password=token_hex(16), by=Station.SET_UP
        )
        for number in range(PROVIDERS)
    ]
    chance = Random(20261130)
    for number in range(reports):
        provider = providers[number % PROVIDERS]
        delivery = Delivery(
            submission=told(number, chance), source=b"{}", zone="UTC", provider=provider
        )
        receive_report(delivery, by=provider)


def told(number: int, chance: Random) -> object:
    """A report with words and identifiers of its own; one suspect in some is others' too."""
    from havre.intake.rules.receipts import words_in
    from havre.intake.rules.submission import (
        Channel,
        GivenIdentifier,
        Incident,
        Person,
        PersonRole,
        Submission,
    )

    who = number // 3 if number % SHARED < 3 else number
    given = (
        GivenIdentifier(kind="account", value=f"9{who:08}", platform="Example Chat"),
        GivenIdentifier(kind="email", value=f"dock.master{who}@example.com"),
        GivenIdentifier(kind="ip", value=f"192.0.2.{number % 250 + 1}", event="Login"),
    )
    suspect = Person(role=PersonRole.SUSPECT, identifiers=given)
    words = " ".join(chance.choices(words_in("en"), k=WORDS))
    incident = Incident(narrative=f"He wrote to a child. {words}.", people=(0,))
    return Submission(
        channel=Channel.ISPWS, language="en", incidents=(incident,), people=(suspect,)
    )


def work_off(url: str) -> None:
    """Wait until no job is left."""
    with psycopg.connect(url, autocommit=True) as admin:
        while asked(admin, LEFT):
            time.sleep(SAMPLE_SECONDS / 2)


def show(
    url: str,
    reports: int,
    *,
    came: float,
    done: float,
    taken: tuple[float, float],
    longest: int,
) -> None:
    with psycopg.connect(url) as admin:
        placed, scored = admin.execute(WAITED).fetchone()
        standing = asked(admin, STANDING)
    busy = os.getloadavg()[0]
    print(f"{reports} reports; load of the machine {busy:.1f}")
    print(f"handed in    {reports / came:>8.1f} a second, by one process")
    print(f"worked off   {reports / done:>8.1f} a second; the last {done - came:.1f} s later")
    used, served = (1000 * seconds / reports for seconds in taken)
    print(f"workers      {used:>8.1f} ms of processor time for each")
    print(f"PostgreSQL   {served:>8.1f} ms, with what handing it in took")
    print(f"in line      {longest:>8} jobs at most")
    for what, (half, most, last) in (("in the queue", placed), ("scored", scored)):
        print(f"{what:<13}{half:>8.2f} s (p50){most:>9.2f} s (p99){last:>9.2f} s (last)")
    assert standing == reports, f"{standing} of {reports} stand in the queue with a score"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="20 reports, one worker")
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--concurrency", type=int, default=2)
    chosen = parser.parse_args()
    if chosen.small:
        measure(20, count=1, concurrency=2)
    else:
        measure(chosen.reports, count=chosen.workers, concurrency=chosen.concurrency)
