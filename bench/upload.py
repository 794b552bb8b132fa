"""One large file through the provider's door: how much memory, how long, and is it the same.

    python bench/upload.py            # two gigabytes, three rounds
    python bench/upload.py --small    # twenty megabytes, one round

Beside the upload, in each round: sha256sum and a plain copy of the same file, on the same disk. The
server runs as in a house. It hashes the file three ways, seals it and puts it into the vault. The
highest memory is each process's own mark (VmHWM) after all rounds; the hashes that are kept must be
the file's, or the bench fails.
"""

import argparse
import base64
import hashlib
import http.client
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

from bench._errands import FILE, NUMBER, REPORT
from bench.servers import Server, ours, served
from havre.plumbing import postgres
from tests.live import free_port
from tests.ready import settled_house

MEGABYTE = 1024 * 1024
GOAL_MEGABYTES = 150
BOUNDARY = secrets.token_hex(16)
PROVIDER = "bench"


def measure(megabytes: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder, settled_house(folder) as (cluster, environment):
        environment |= {"DJANGO_SETTINGS_MODULE": "havre.wiring.settings"}
        environment |= {"HAVRE_UPLOAD_MB": str(megabytes + 1)}
        os.environ.update(environment)
        shown = {"Authorization": "Basic " + a_key()}
        file = Path(folder, "large")
        write(file, megabytes)
        port = free_port()
        times: dict[str, list[float]] = {}
        with served(ours(port), environment, port) as server:
            before = high_marks(server)
            for number in range(rounds):
                for name, seconds in one_round(file, port, shown, number).items():
                    times.setdefault(name, []).append(seconds)
            after = high_marks(server)
        show(megabytes, times, before, after)
        check(cluster, file, rounds)


def a_key() -> str:
    """A provider's credentials, as its header shows them."""
    import django

    django.setup()
    from havre.agencies.actions import add_provider
    from havre.audit.rules import Station

    key = secrets.token_hex(16)
    add_provider(PROVIDER, name="Bench", password=key, by=Station.SET_UP)
    return base64.b64encode(f"{PROVIDER}:{key}".encode()).decode()


def write(file: Path, megabytes: int) -> None:
    """A file that nothing could make smaller."""
    with file.open("wb") as out:
        for _ in range(megabytes):
            out.write(os.urandom(MEGABYTE))


def one_round(file: Path, port: int, shown: dict[str, str], number: int) -> dict[str, float]:
    copy = file.with_name("copy")
    took = {
        "sha256sum": timed(lambda: subprocess.run(["sha256sum", file], check=True, stdout=-3)),
        "cp": timed(lambda: subprocess.run(["cp", file, copy], check=True)),
    }
    copy.unlink()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)
    document = REPORT + f"<!-- {number} -->".encode()
    xml = {"Content-Type": "text/xml", "Host": "localhost", **shown}
    line.request("POST", "/ispws/submit", body=document, headers=xml)
    report = NUMBER.search(line.getresponse().read())[1]
    took["upload"] = timed(lambda: upload(line, report, file, shown))
    return took


def timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def upload(
    line: http.client.HTTPConnection, report: bytes, file: Path, shown: dict[str, str]
) -> None:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="id"\r\n\r\n{report.decode()}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="pier.bin"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    line.putrequest("POST", "/ispws/upload")
    line.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    line.putheader("Content-Length", str(len(head) + file.stat().st_size + len(tail)))
    for name, value in shown.items():
        line.putheader(name, value)
    line.endheaders(head)
    with file.open("rb") as source:
        while piece := source.read(MEGABYTE):
            line.send(piece)
    line.send(tail)
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, (answer.status, body[:500])
    assert FILE.search(body), body[:500]


def high_marks(server: Server) -> list[int]:
    """The most memory each process of the server has held so far, in megabytes, largest last."""
    parents, marks = {}, {}
    for entry in Path("/proc").glob("[0-9]*/status"):
        try:
            facts = dict(line.split(":", 1) for line in entry.read_text().splitlines())
        except OSError:
            continue
        pid = int(facts["Pid"])
        parents[pid] = int(facts["PPid"])
        marks[pid] = int(facts.get("VmHWM", "0 kB").split()[0]) // 1024
    under = {server.pid}
    while more := {pid for pid, parent in parents.items() if parent in under} - under:
        under |= more
    return sorted(marks[pid] for pid in under if pid in marks)


def show(
    megabytes: int, times: dict[str, list[float]], before: list[int], after: list[int]
) -> None:
    rounds, load = len(times["upload"]), os.getloadavg()[0]
    print(f"{megabytes:,} MB, {rounds} round(s), medians; load {load:.1f}")
    floor = statistics.median(times["sha256sum"])
    for name, some in times.items():
        middle = statistics.median(some)
        rate = megabytes / middle
        print(f"{name:<12}{middle:>8.1f} s{rate:>8.0f} MB/s{middle / floor:>8.2f} of sha256sum")
    print(f"highest memory of the server's processes, MB: before {before}, after {after}")
    reached = "reached" if after[-1] < GOAL_MEGABYTES else "not reached"
    print(f"goal under {GOAL_MEGABYTES} MB: {reached}")


def check(cluster: postgres.Cluster, file: Path, rounds: int) -> None:
    """What is kept has the file's own size and hashes, each time."""
    with file.open("rb") as whole:
        sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
    url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
    with psycopg.connect(url) as admin:
        kept = admin.execute(
            "SELECT count(*) FROM evidence_exhibit WHERE sha256 = %s AND size = %s",
            [sha256, file.stat().st_size],
        ).fetchone()[0]
    print(f"kept with the file's own hash and size: {kept} of {rounds}")
    assert kept == rounds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    measure(20, 1) if told.small else measure(2048, told.rounds)
