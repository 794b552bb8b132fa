"""A whole Havre on a database of its own, whose parts are killed while people report."""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from havre.plumbing import postgres
from havre.plumbing.environment import CLONE
from tests.live import free_port
from tests.ready import settled_house

REFERENCE = re.compile(r'<strong class="mono nowrap">(R-[0-9A-Z]{4}-[0-9A-Z]{4})</strong>')
ON_AN_ERROR_PAGE = re.compile(r"R-[0-9A-Z]{4}-[0-9A-Z]{4}")
TOKEN = re.compile(r'name="token" value="([^"]+)"')
PATIENCE_SECONDS = 60
ANSWERS = {
    "who": "adult",
    "happening": "meeting",
    "danger": "no",
    "story": "He asked me to meet on Saturday.",
}


@dataclass
class House:
    """The database server, the web, the worker: each can be killed and is started again."""

    cluster: postgres.Cluster
    environment: dict[str, str]
    port: int
    web: subprocess.Popen | None = None
    worker: subprocess.Popen | None = None
    kills: list[str] = field(default_factory=list)

    def start_web(self) -> None:
        command = ["serve", f"--port={self.port}", "--workers=1", "--threads=8"]
        self.web = self._start(*command)

    def start_worker(self) -> None:
        self.worker = self._start("work", "--concurrency=2")

    def _start(self, *arguments: str) -> subprocess.Popen:
        with Path(self.environment["HAVRE_VAR"], f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "havre", *arguments],
                cwd=CLONE,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, what: str) -> None:
        """kill -9, with everything below it, and start it again; or a restart of PostgreSQL."""
        self.kills.append(what)
        if what == "restart":
            self.cluster.stop()
            self.cluster.start()
            return
        if what == "postgres":
            os.kill(self.cluster.child.pid, signal.SIGKILL)
            self.cluster.child.wait()
            self.cluster.start()
            return
        process = self.web if what == "web" else self.worker
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        (self.start_web if what == "web" else self.start_worker)()

    def stop_worker(self) -> None:
        """Reports come in, and nobody works on them."""
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()

    def keep_alive(self) -> None:
        """What gave up because the database was away is started again, as `up` does."""
        if self.web.poll() is not None:
            self.start_web()
        if self.worker.poll() is not None:
            self.start_worker()

    def stop(self) -> None:
        for process in (self.web, self.worker):
            if process and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def ask(self, question: str) -> list[tuple]:
        """A question to the database as its superuser, who passes every wall."""
        url = self.cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
        with psycopg.connect(url) as connection:
            return connection.execute(question).fetchall()


@contextmanager
def house_under_fire(folder: str, kind: type[House] = House) -> Iterator[House]:
    """A house with an empty database, started and answering; all it keeps is in the folder."""
    with settled_house(folder) as (cluster, environment):
        Path(folder, "tmp").mkdir()
        house = kind(cluster, environment | {"TMPDIR": str(Path(folder, "tmp"))}, free_port())
        house.start_web()
        house.start_worker()
        try:
            assert until(lambda: fetch(house, "GET", "/en/report")[0] == 200)
            yield house
        finally:
            house.stop()


def until(happened, seconds: float = PATIENCE_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happened():
            return True
        time.sleep(0.2)
    return False


def fetch(house: House, method: str, path: str, body: str | None = None) -> tuple[int, str]:
    """One request; status 0 when nobody answered."""
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
    headers = {"Host": f"localhost:{house.port}"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


@dataclass
class Reporters:
    """People who report, each trying the same form again until it is answered."""

    house: House
    shown: dict[str, str] = field(default_factory=dict)
    tries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def report(self, number: int) -> None:
        token = self.token()
        body = urlencode({**ANSWERS, "token": token, "anything_else": f"Number {number}."})
        deadline = time.monotonic() + 2 * PATIENCE_SECONDS
        while time.monotonic() < deadline:
            status, page = fetch(self.house, "POST", "/en/report", body)
            found = REFERENCE.search(page)
            with self.lock:
                self.tries += 1
                if found:
                    self.shown[token] = found[1]
            if found:
                assert status == 200
                return
            assert not ON_AN_ERROR_PAGE.search(page), "a reference on an error page"
            assert status != 422, page
            time.sleep(0.1)

    def token(self) -> str:
        deadline = time.monotonic() + 2 * PATIENCE_SECONDS
        while time.monotonic() < deadline:
            _, page = fetch(self.house, "GET", "/en/report")
            if found := TOKEN.search(page):
                return found[1]
            time.sleep(0.1)
        msg = "the form does not come"
        raise TimeoutError(msg)


def report_under_fire(house: House, *, reports: int, rounds: int, seed: int) -> Reporters:
    """`reports` reports from eight people, while each part is killed `rounds` times."""
    chance = random.Random(seed)
    targets = ["web", "worker", "postgres"] * rounds
    chance.shuffle(targets)
    people = Reporters(house)
    numbers = iter(range(reports))
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            people.report(number)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for count, target in enumerate(targets, start=1):
        share = reports * count // (len(targets) + 1)
        while len(people.shown) < share and any(t.is_alive() for t in threads):
            house.keep_alive()
            time.sleep(0.01)
        time.sleep(chance.random() * 0.2)
        house.kill(target)
    while any(thread.is_alive() for thread in threads):
        house.keep_alive()
        time.sleep(0.1)
    return people
