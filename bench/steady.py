"""Full reports with a file at a steady rate, by the provider's door and through the whole route.

    python bench/steady.py                            # 50 a second for 10 minutes, two workers
    python bench/steady.py --rate 20 --minutes 2      # as asked for; --workers, --concurrency
    python bench/steady.py --small                    # 5 a second for 4 seconds, as ./check runs it

Each is opened, given a file of 200 kB of its own, which is described, and finished; what it tells
is bench/replay.py's: words of its own, a suspect with identifiers, some of them told of by others.
It sets out when its time has come, however many are on their way, and its time counts from then.
Web and workers run as in a house. Shown: how long requests and whole reports took, what failed, the
jobs that stood in line, how long a report waited for its score, and the processor's time for each.
The bench fails if anything failed, or unless the line is empty soon after the last one came.
"""

import argparse
import asyncio
import os
import secrets
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random

import psycopg

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

from bench._errands import BOUNDARY, DETAILS, FILE, FILE_BYTES, FORM, NUMBER, XML, shown, upload_of
from bench._watched import table
from bench.loader import answered, request
from bench.replay import LEFT, SHARED, STANDING, WAITED, WORDS, Line, asked, workers
from bench.servers import ours, processor_seconds, served
from havre.plumbing import postgres
from tests.live import free_port
from tests.ready import settled_house

PROVIDERS = 16
# After the last report the line is looked at for so long at most.
PATIENCE_SECONDS = 30
REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<report><incidentSummary>
<incidentType>Online Enticement of Children for Sexual Acts</incidentType>
<platform>Example Chat</platform><incidentDateTime>2026-01-15T14:30:00-05:00</incidentDateTime>
</incidentSummary><internetDetails><chatImIncident>
<content>He asked me to meet on Saturday. {words}.</content></chatImIncident></internetDetails>
<reporter><reportingPerson><firstName>Pat</firstName><email>desk@example.com</email>
</reportingPerson></reporter><personOrUserReported>
<personOrUserReportedPerson><email>dock.master{who}@example.com</email></personOrUserReportedPerson>
<espIdentifier>9{who:08}</espIdentifier><screenName>dock_master_{who}</screenName>
<ipCaptureEvent><ipAddress>192.0.2.{network}</ipAddress><eventName>Login</eventName>
<dateTime>2026-01-15T13:30:00Z</dateTime><port>51514</port></ipCaptureEvent>
</personOrUserReported></report>"""


@dataclass
class Tally:
    """What came of the load: seconds of each request and of each report, and the answers."""

    requests: list[float] = field(default_factory=list)
    reports: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        return sum(count for status, count in self.answers.items() if status != 200)


@dataclass
class Senders:
    """Connections to the door, each used by one report at a time."""

    port: int
    tally: Tally
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def send(self, number: int, who: dict[str, str], due: float) -> None:
        """One report, from the moment at which it was due."""
        line = self.free.pop() if self.free else await self._another()
        errand = filing(number, who)
        sent = next(errand)
        while sent:
            began = time.perf_counter()
            line[1].write(sent)
            status, body = await answered(line[0])
            self.tally.requests.append(time.perf_counter() - began)
            self.tally.answers[status] += 1
            try:
                sent = errand.send(body)
            except StopIteration:
                sent = b""
        self.tally.reports.append(time.perf_counter() - due)
        self.free.append(line)

    async def _another(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)


def filing(number: int, who: dict[str, str]) -> Iterator[bytes]:
    """The requests of one report: submit, upload, fileinfo, finish."""
    from havre.intake.rules.receipts import words_in

    chance = Random(number)
    same = number // 3 if number % SHARED < 3 else number
    words = " ".join(chance.choices(words_in("en"), k=WORDS))
    told = REPORT.format(words=words, who=same, network=number % 250 + 1).encode()
    answer = yield request("POST", "/ispws/submit", told, XML | who)
    filed = NUMBER.search(answer)
    if filed:
        multipart = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **who}
        picture = upload_of(filed[1], chance.randbytes(FILE_BYTES))
        answer = yield request("POST", "/ispws/upload", picture, multipart)
        file = FILE.search(answer)
        if file:
            details = DETAILS.format(number=filed[1].decode(), file=file[1].decode())
            yield request("POST", "/ispws/fileinfo", details.encode(), XML | who)
        yield request("POST", "/ispws/finish", b"id=" + filed[1], FORM | who)


async def send_all(port: int, keys: list[dict[str, str]], *, rate: float, reports: int) -> Tally:
    """Send so many reports, each when its time has come."""
    tally = Tally()
    senders = Senders(port, tally)
    began, under_way = time.perf_counter(), set[asyncio.Task[None]]()
    for number, who in zip(range(reports), cycle(keys), strict=False):
        due = began + number / rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        task = asyncio.create_task(senders.send(number, who, due))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)
    for _reader, writer in senders.free:
        writer.close()
    return tally


def measure(*, rate: float, seconds: float, count: int, concurrency: int) -> None:
    settings = {"shared_buffers": "256MB", "max_wal_size": "4GB", "max_connections": "200"}
    reports = int(rate * seconds)
    with (
        tempfile.TemporaryDirectory() as folder,
        settled_house(folder, settings) as (cluster, environment),
    ):
        # One provider's budget is not what is measured.
        environment |= {"HAVRE_WIRE_PER_SECOND": "100000"}
        keys = prepare(environment)
        url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
        line = Line(url)
        beside = threading.Thread(target=line.watch)
        port, jobs = free_port(), Path(folder, "jobs")
        with (
            workers(count, concurrency, environment, jobs) as pids,
            served(ours(port), environment, port) as web,
        ):
            asyncio.run(send_all(port, keys, rate=rate, reports=min(20, reports)))
            empty(url)
            watched = {
                "web": [web.pid],
                "workers": pids,
                "PostgreSQL": [cluster.running_pid() or 0],
            }
            jobs.write_text("", encoding="utf-8")
            before = used(watched)
            beside.start()
            tally = asyncio.run(send_all(port, keys, rate=rate, reports=reports))
            waited = empty(url)
            spent = {name: after - before[name] for name, after in used(watched).items()}
        line.ended.set()
        beside.join()
        show(url, tally, line.longest, waited, spent)
        print(table(jobs, reports))
    assert not tally.failed, f"{tally.failed} requests failed"
    assert waited < PATIENCE_SECONDS, "the line was not empty soon after the last report"


def prepare(environment: dict[str, str]) -> list[dict[str, str]]:
    """Providers, each with a key of the wire; gives the headers that show them."""
    import django

    os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "havre.wiring.settings"})
    django.setup()
    from havre.agencies.actions import add_provider
    from havre.audit.rules import Station

    keys = [(f"bench-{number}", secrets.token_hex(16)) for number in range(PROVIDERS)]
    for name, key in keys:
        add_provider(name, name=name.title(), password=key, by=Station.SET_UP)
    return [shown(*key) for key in keys]


def used(processes: dict[str, list[int]]) -> dict[str, float]:
    return {name: sum(map(processor_seconds, pids)) for name, pids in processes.items()}


def empty(url: str) -> float:
    """How long until no job is left, so long at most."""
    began = time.monotonic()
    with psycopg.connect(url, autocommit=True) as admin:
        while asked(admin, LEFT) and time.monotonic() - began < PATIENCE_SECONDS:
            time.sleep(0.1)
    return time.monotonic() - began


def show(url: str, tally: Tally, longest: int, waited: float, spent: dict[str, float]) -> None:
    with psycopg.connect(url) as admin:
        placed, scored = admin.execute(WAITED).fetchone()
        standing = asked(admin, STANDING)
    done = max(len(tally.reports), 1)
    print(f"{done} reports; load of the machine {os.getloadavg()[0]:.1f}")
    for what, taken in (("requests", tally.requests), ("whole reports", tally.reports)):
        ranked = sorted(1000 * each for each in taken)
        half, most = (ranked[int(share * (len(ranked) - 1))] for share in (0.5, 0.99))
        print(
            f"{what:<15}{half:>8.1f} ms (p50){most:>9.1f} ms (p99){ranked[-1]:>9.1f} ms (longest)"
        )
    print(f"answers        {dict(tally.answers)}; {tally.failed} failed")
    print(f"in line        {longest:>8} jobs at most; empty {waited:.1f} s after the last report")
    for what, (half, most, last) in (("in the queue", placed), ("scored", scored)):
        print(f"{what:<15}{half:>8.2f} s (p50){most:>10.2f} s (p99){last:>10.2f} s (last)")
    each = ", ".join(f"{name} {1000 * seconds / done:.1f}" for name, seconds in spent.items())
    print(f"processor ms   {each}; {standing} stand scored")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="5 a second for 4 seconds")
    parser.add_argument("--rate", type=float, default=50, help="reports a second (%(default)s)")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--concurrency", type=int, default=2)
    chosen = parser.parse_args()
    if chosen.small:
        measure(rate=5, seconds=4, count=1, concurrency=2)
    else:
        measure(
            rate=chosen.rate,
            seconds=60 * chosen.minutes,
            count=chosen.workers,
            concurrency=chosen.concurrency,
        )
