"""Providers that file reports with files while parts of the house are killed. No Django here.

What was answered is kept: numbers of reports, ids of files with the digest of what was sent, and
which reports were finished. `losses` holds it against what the house has afterwards.
"""

import hashlib
import http.client
import json
import random
import re
import secrets
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from havre.plumbing.environment import CLONE
from tests.trials.house_under_fire import PATIENCE_SECONDS, House
from tests.trials.visitors import basic

CODE = re.compile(r"<responseCode>(\d+)</responseCode>")
OURS = (1000, 1100, 1110, 1111, 1300)
TOO_MANY, WELL, ALREADY_FINISHED, VALIDATION_FAILED = 429, 200, 5102, 4100
FORM = "multipart/form-data; boundary=harbor"
REPORT = b"""<?xml version="1.0" encoding="UTF-8"?>
<report><incidentSummary>
<incidentType>Online Enticement of Children for Sexual Acts</incidentType>
<incidentDateTime>2026-01-15T14:30:00-05:00</incidentDateTime></incidentSummary>
<reporter><reportingPerson><firstName>Pat</firstName><email>desk@example.com</email>
</reportingPerson></reporter>
<personOrUserReported><screenName>dock_master</screenName></personOrUserReported></report>"""
# One that lies sealed in its row, and one that lies in the vault's folder.
SIZES = (3_000, 300_000)
PAUSE_SECONDS = 0.2
SPOILT = 2


@dataclass(frozen=True)
class Said:
    """An answer of the wire; status 0 when none came."""

    status: int = 0
    code: int = -1
    text: str = ""

    def told(self, name: str) -> str:
        found = re.search(f"<{name}>([^<]*)</{name}>", self.text)
        assert found, self.text
        return found[1]


@dataclass
class Filed:
    """What a provider was told of one document."""

    sha256: str
    numbers: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)
    is_finished: bool = False


@dataclass
class Providers:
    """Clients of one provider, each trying the same call again until it is answered."""

    house: House
    key: str
    sizes: tuple[int, ...] = SIZES
    name: str = field(default_factory=lambda: secrets.token_hex(4))
    # Between an answer and the next call: so long the careless house's commit takes.
    rest_seconds: float = 0
    filed: dict[int, Filed] = field(default_factory=dict)
    tries: int = 0
    unanswered: int = 0
    refused: Counter = field(default_factory=Counter)
    uploading: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def file_one(self, number: int) -> None:
        """A report with its files, from the first call to the last."""
        document = REPORT + f"<!-- pier {self.name} {number} -->".encode()
        mine = self.filed[number] = Filed(hashlib.sha256(document).hexdigest())
        report = self.until("submit", document, mine=mine).told("reportId")
        for at, size in enumerate(self.sizes):
            content = random.Random(f"{number} {at}").randbytes(size)
            said = self.until("upload", form(report, content))
            assert said.told("hash") == hashlib.md5(content).hexdigest()
            file = said.told("fileId")
            mine.files[file] = hashlib.sha256(content).hexdigest()
            self.until("fileinfo", details(report, file), also={VALIDATION_FAILED})
        self.until("finish", form(report), also={ALREADY_FINISHED})
        mine.is_finished = True

    def until(
        self, step: str, body: bytes, *, also: frozenset | set = frozenset(), mine=None
    ) -> Said:
        """The answer to a call that is made again and again until it is taken."""
        deadline = time.monotonic() + 2 * PATIENCE_SECONDS
        while time.monotonic() < deadline:
            said = self.ask(step, body)
            if said.code == 0 and mine is not None:
                mine.numbers.add(said.told("reportId"))
            if said.code == 0 or said.code in also:
                time.sleep(self.rest_seconds)
                return said
            time.sleep(PAUSE_SECONDS)
        msg = f"{step} is not answered"
        raise TimeoutError(msg)

    def ask(self, step: str, body: bytes) -> Said:
        """One call. Every answer that comes has the wire's own form."""
        with self.lock:
            self.tries += 1
            self.uploading += step == "upload"
        try:
            said = posted(self.house, self.key, step, body)
        finally:
            with self.lock:
                self.uploading -= step == "upload"
        with self.lock:
            self.unanswered += said.status == 0
            self.refused[said.code] += said.code > 0
        if said.status not in {0, TOO_MANY}:
            known = {0, VALIDATION_FAILED, ALREADY_FINISHED, *OURS}
            assert said.code in known, (step, said)
            assert (said.status == WELL) is (said.code == 0), (step, said)
        return said


def posted(house: House, key: str, step: str, body: bytes) -> Said:
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
    headers = {"Host": f"localhost:{house.port}", "Authorization": basic(key)}
    headers["Content-Type"] = FORM if body.startswith(b"--harbor") else "text/xml"
    try:
        connection.request("POST", f"/ispws/{step}", body, headers)
        answer = connection.getresponse()
        status, text = answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return Said()
    finally:
        connection.close()
    found = CODE.search(text)
    assert found, f"{step}: {status} without the wire's form: {text[:200]}"
    return Said(status, int(found[1]), text)


def form(report: str, content: bytes | None = None) -> bytes:
    head = b'--harbor\r\nContent-Disposition: form-data; name="'
    file = b"" if content is None else head + b'file"; filename="x"\r\n\r\n' + content + b"\r\n"
    return head + b'id"\r\n\r\n' + report.encode() + b"\r\n" + file + b"--harbor--\r\n"


def details(report: str, file: str) -> bytes:
    told = f"<reportId>{report}</reportId><fileId>{file}</fileId>"
    return f"<fileDetails>{told}<fileViewedByEsp>true</fileViewedByEsp></fileDetails>".encode()


def file_under_fire(
    people: Providers, *, reports: int, strikes: list[str], seed: int, clients: int = 4
) -> None:
    """`reports` reports from four clients, while the strikes fall with uploads in flight."""
    chance, house = random.Random(seed), people.house
    chance.shuffle(strikes)
    numbers, lock = iter(range(reports)), threading.Lock()
    broken: list[BaseException] = []

    def work() -> None:
        try:
            while (number := next_of(numbers, lock)) is not None:
                people.file_one(number)
        except BaseException as error:
            broken.append(error)
            raise

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for count, part in enumerate(strikes, start=1):
        share = reports * count // (len(strikes) + 2)
        while sum(one.is_finished for one in people.filed.values()) < share and not broken:
            house.keep_alive()
            time.sleep(0.02)
        deadline = time.monotonic() + 5
        while not people.uploading and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.05)
        house.kill(part)
    while any(thread.is_alive() for thread in threads):
        house.keep_alive()
        time.sleep(0.05)
    assert not broken, broken


def next_of(numbers, lock) -> int | None:
    with lock:
        return next(numbers, None)


def losses(people: Providers) -> list[str]:
    """What somebody was answered and the house does not have, or has twice; empty is well."""
    house, found = people.house, []
    filings = {str(n): state for n, state in house.ask("SELECT number, state FROM intake_filing")}
    reports = house.ask("SELECT f.number FROM intake_filing f JOIN intake_report r ON r.id = f.id")
    made = {str(number) for (number,) in reports}
    opened = Counter(
        sha
        for (sha,) in house.ask(
            "SELECT e.sha256 FROM intake_filing f JOIN evidence_exhibit e ON e.id = f.source_id"
        )
    )
    opened_to = readable(house)
    whole = opened_to["files"]
    # The trial can see a loss: a file that is gone, one that is cut short.
    assert opened_to["seen"] == SPOILT, opened_to["seen"]
    for one in people.filed.values():
        number = max(one.numbers, default="")
        if len(one.numbers) > 1:
            found.append(f"one document was answered with {one.numbers}")
        if opened[one.sha256] > 1:
            found.append(f"{opened[one.sha256]} filings of one document")
        if one.is_finished and (filings.get(number) != "finished" or number not in made):
            found.append(f"report {number} is lost")
        for file, sha256 in one.files.items():
            if whole.get(file) != sha256:
                found.append(f"file {file} of {number} is lost: {whole.get(file)}")
    found.extend(f"file {file} is half" for file, told in whole.items() if told == "broken")
    return found


def readable(house: House) -> dict:
    """What each file of each report opens to, and how many of two spoilt ones were seen."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.trials.readable"],
        cwd=CLONE,
        env=house.environment,
        check=True,
        capture_output=True,
    )
    return json.loads(done.stdout)
