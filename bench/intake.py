"""How many durable reports a second the doors take, beside what the machine could do at most.

    python bench/intake.py            # three rounds of eight seconds each
    python bench/intake.py --small    # one short round, as ./check runs it

Public form and XML door with everything on (walls, keys, log, job), through granian; beside them
pgbench's bare insert and a bare WSGI + psycopg door on the same server. 16 connections.
Afterwards reports = log lines = jobs = acknowledged, or the bench fails.
"""

import argparse
import base64
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count as counting
from pathlib import Path
from urllib.parse import urlencode

import psycopg

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

from bench.loader import Load, request, run_load
from havre.plumbing import postgres
from tests.live import free_port

CONNECTIONS = 16
COUNT = counting()
NUMBER = re.compile(rb"<reportId>(\d+)</reportId>")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
STORY = "He asked me to meet on Saturday at the library in Winnipeg. " * 8
ANSWERS = {
    "who": "adult",
    "happening": "meeting",
    "danger": "no",
    "story": STORY,
    "where": "Example Chat",
    "their_name": "river.fox88",
    "their_contact": "204-555-0142",
    "child_age": "14",
    "region": "MB",
    "town": "Winnipeg",
}
REPORT = b"""<?xml version="1.0" encoding="UTF-8"?>
<report><incidentSummary>
<incidentType>Online Enticement of Children for Sexual Acts</incidentType>
<platform>Example Chat</platform><incidentDateTime>2026-01-15T14:30:00-05:00</incidentDateTime>
</incidentSummary><internetDetails><chatImIncident>
<content>He asked me to meet on Saturday.</content></chatImIncident></internetDetails>
<reporter><reportingPerson><firstName>Pat</firstName><email>desk@example.com</email>
</reportingPerson></reporter><personOrUserReported><screenName>dock_master</screenName>
<ipCaptureEvent><ipAddress>192.0.2.44</ipAddress><eventName>Login</eventName>
<dateTime>2026-01-15T13:30:00Z</dateTime><port>51514</port></ipCaptureEvent>
</personOrUserReported></report>"""


def forms(count: int) -> Iterator:
    """Errands of the public form, each with a token minted some seconds ago."""
    from havre.intake.form_tokens import minted_token
    from havre.plumbing import clock

    with clock.clock_set_to(clock.now() - timedelta(seconds=30)):
        tokens = [minted_token() for _ in range(count)]
    for token in tokens:
        body = urlencode({**ANSWERS, "token": token}).encode()

        def errand(body=body):
            yield request("POST", "/en/report", body, FORM)

        yield errand


def another() -> bytes:
    """The report in other bytes: the same ones again would be the same filing."""
    return REPORT + f"<!-- {next(COUNT)} -->".encode()


def filings(user: str, key: str) -> Iterator:
    """Errands of the XML door: submit, then finish."""
    who = {"Authorization": "Basic " + base64.b64encode(f"{user}:{key}".encode()).decode()}

    def errand():
        answer = yield request(
            "POST", "/ispws/submit", another(), {"Content-Type": "text/xml", **who}
        )
        number = NUMBER.search(answer)
        if number:
            yield request("POST", "/ispws/finish", b"id=" + number[1], {**FORM, **who})

    while True:
        yield errand


def bare() -> Iterator:
    def errand():
        yield request("POST", "/", STORY.encode())

    while True:
        yield errand


@contextmanager
def served(command: list[str], environment: dict[str, str], port: int) -> Iterator[None]:
    from tests.trials.house_under_fire import until

    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=CLONE, env=environment, stdout=log, stderr=log)
        try:
            assert until(lambda: _is_open(port)), "the server did not start"
            yield
        finally:
            server.terminate()
            server.wait(30)


def _is_open(port: int) -> bool:
    import socket

    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def pgbench(cluster: postgres.Cluster, seconds: int, folder: str) -> float:
    """Bare inserts a second by the database's own bench, the same row, the same connections."""
    script = Path(folder, "insert.sql")
    script.write_text(f"INSERT INTO bare (body) VALUES ('{STORY}');\n")
    url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
    command = [str(cluster.programs / "pgbench"), "-n", "-M", "prepared", "-c", str(CONNECTIONS)]
    command += ["-j", "2", "-T", str(seconds), "-f", str(script), url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])


def measure(*, rounds: int, seconds: int) -> None:
    settings = {"shared_buffers": "256MB", "max_wal_size": "4GB"}
    with tempfile.TemporaryDirectory() as folder, postgres.throwaway(settings) as cluster:
        environment = {**os.environ, **postgres.throwaway_environment(cluster), "HAVRE_VAR": folder}
        environment |= {
            "HAVRE_DEMO_SIGN_INS": "",
            "DJANGO_SETTINGS_MODULE": "havre.wiring.settings",
        }
        os.environ.update(environment)
        for command in ("migrate", "directory", "collect-static"):
            subprocess.run(
                [sys.executable, "-m", "havre", command],
                cwd=CLONE,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        key = prepare(cluster)
        environment["BARE_URL"] = os.environ["BARE_URL"]
        ours, theirs = free_port(), free_port()
        serve = [sys.executable, "-m", "havre", "serve", f"--port={ours}"]
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
        granian += [
            "--blocking-threads",
            "8",
            "--port",
            str(theirs),
            "bench.peers.bare_wsgi:application",
        ]
        results: dict[str, list[Load]] = {"form": [], "xml": [], "bare": []}
        inserts = []
        with served(serve, environment, ours), served(granian, environment, theirs):
            most = 4000 * seconds
            # Each server's first requests load code and plan statements: they are not measured.
            warm = [
                run_load(port, errands, connections=CONNECTIONS, seconds=2)
                for port, errands in ((ours, forms(2000)), (ours, filings("bench", key)))
            ]
            run_load(theirs, bare(), connections=CONNECTIONS, seconds=1)
            for _ in range(rounds):
                inserts.append(pgbench(cluster, seconds, folder))
                for name, port, errands in (
                    ("bare", theirs, bare()),
                    ("form", ours, forms(most)),
                    ("xml", ours, filings("bench", key)),
                ):
                    results[name].append(
                        run_load(port, errands, connections=CONNECTIONS, seconds=seconds)
                    )
        show(results, inserts)
        ours_all = [*warm, *results["form"], *results["xml"]]
        check(cluster, sum(load.done for load in ours_all))
        assert not any(load.failed for loads in results.values() for load in loads), "some failed"


def prepare(cluster: postgres.Cluster) -> str:
    """The bare table, and a provider with a wire key."""
    import django

    django.setup()
    from havre.agencies.actions import add_provider
    from havre.audit.rules import Station

    url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
    os.environ["BARE_URL"] = url
    with psycopg.connect(url) as admin:
        admin.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, body bytea)")
    key = secrets.token_hex(16)
    add_provider("bench", name="Example Chat", password=key, by=Station.SET_UP)
    return key


def show(results: dict[str, list[Load]], inserts: list[float]) -> None:
    floor = statistics.median(load.rate for load in results["bare"])
    print(f"{CONNECTIONS} connections, {len(inserts)} round(s), medians\n")
    print(f"{'door':<34}{'per second':>12}{'of bare door':>14}{'p50 ms':>9}{'p99 ms':>9}")
    insert = statistics.median(inserts)
    print(f"{'pgbench, bare insert':<34}{insert:>12.0f}{insert / floor:>14.2f}")
    for name, words in (
        ("bare", "bare WSGI + psycopg, one row"),
        ("form", "Havre, public form, all walls"),
        ("xml", "Havre, XML door, submit + finish"),
    ):
        loads = results[name]
        rate = statistics.median(load.rate for load in loads)
        p50, p99 = (statistics.median(load.quantile(q) for load in loads) for q in (0.5, 0.99))
        print(f"{words:<34}{rate:>12.0f}{rate / floor:>14.2f}{p50:>9.1f}{p99:>9.1f}")


def check(cluster: postgres.Cluster, acknowledged: int) -> None:
    """Nothing acknowledged is missing, nothing is there twice."""
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
    print(f"\nreports {reports} = log lines {lines} = jobs {jobs} = acknowledged {acknowledged}")
    assert reports == lines == jobs == acknowledged


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="one round of two seconds")
    told = parser.parse_args()
    measure(rounds=1 if told.small else 3, seconds=2 if told.small else 8)
