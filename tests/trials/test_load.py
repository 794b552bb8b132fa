"""A steady load of full reports with files: nothing refused, nothing lost, nothing left over (T17).

The small form runs in `./check`; HAVRE_TRIAL_LOAD_SECONDS=600 and HAVRE_TRIAL_LOAD_RATE=50 make
the whole of it. Times are printed, not asserted: how fast is for bench/.
"""

import base64
import os
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from tests.trials.house_under_fire import House, until
from tests.trials.residents import PROVIDER
from tests.trials.visitors import Page, Visitor

SECONDS = int(os.environ.get("HAVRE_TRIAL_LOAD_SECONDS", "3"))
RATE = int(os.environ.get("HAVRE_TRIAL_LOAD_RATE", "4"))
# One sender has four uploads under way at once in each process: more is told to wait.
AT_ONCE = 4
BOUNDARY = "harbor"
FILE_BYTES = 20_000
FULL = """<?xml version="1.0" encoding="UTF-8"?>
<report><incidentSummary>
<incidentType>Online Enticement of Children for Sexual Acts</incidentType>
<platform>Example Chat</platform><incidentDateTime>2026-01-15T14:30:00-05:00</incidentDateTime>
</incidentSummary><internetDetails><chatImIncident>
<content>He asked me to meet on Saturday, number {n}.</content></chatImIncident></internetDetails>
<reporter><reportingPerson><firstName>Pat</firstName><email>desk@example.com</email>
</reportingPerson></reporter><personOrUserReported><screenName>dock_{n}</screenName>
<ipCaptureEvent><ipAddress>192.0.2.{host}</ipAddress><eventName>Login</eventName>
<dateTime>2026-01-15T13:30:00Z</dateTime><port>51514</port></ipCaptureEvent>
</personOrUserReported></report>"""
DETAILS = (
    "<fileDetails><reportId>{number}</reportId><fileId>{file}</fileId>"
    "<originalFileName>pier.jpg</originalFileName><fileViewedByEsp>true</fileViewedByEsp>"
    "</fileDetails>"
)
LEFT = (
    "SELECT count(*) FROM procrastinate_jobs"
    " WHERE status IN ('todo', 'doing') AND queue_name = 'route'"
)
STANDING = (
    "SELECT f.number, q.band, (SELECT count(*) FROM intake_attachment a"
    " JOIN intake_filingfile u ON u.exhibit_id = a.exhibit_id WHERE a.report_id = f.id)"
    " FROM intake_filing f JOIN triage_queueitem q ON q.report_id = f.id"
    " WHERE f.state = 'finished'"
)


class Sender:
    """A provider that files full reports, and what it was answered."""

    def __init__(self, house: House, key: str) -> None:
        self.house = house
        pair = base64.b64encode(f"{PROVIDER}:{key}".encode()).decode()
        self.who = {"Authorization": f"Basic {pair}"}
        self.statuses: list[int] = []
        self.waited: list[float] = []

    def ask(self, path: str, body: bytes, kind: str = "text/xml") -> Page:
        """One request; asked again, a moment later, where the door says that it is busy."""
        while True:
            began = time.monotonic()
            answer = Visitor(self.house).ask(
                "POST", f"/ispws/{path}", body, Content_Type=kind, **self.who
            )
            self.waited.append(time.monotonic() - began)
            self.statuses.append(answer.status)
            if answer.status != 429:
                return answer
            time.sleep(float(answer.headers["Retry-After"]))

    def files(self, n: int) -> str:
        """Submit, upload, describe, finish; gives the number that was acknowledged."""
        opened = self.ask("submit", FULL.format(n=n, host=n % 250 + 1).encode())
        number = told("reportId", opened)
        sent = self.ask("upload", upload_of(number, n), f"multipart/form-data; boundary={BOUNDARY}")
        details = DETAILS.format(number=number, file=told("fileId", sent))
        self.ask("fileinfo", details.encode())
        done = self.ask("finish", f"id={number}".encode(), "application/x-www-form-urlencoded")
        assert told("responseCode", done) == "0"
        return number


def told(tag: str, answer: Page) -> str:
    found = re.search(f"<{tag}>([^<]+)</{tag}>", answer.text)
    assert found, answer.text
    return found[1]


def upload_of(number: str, n: int) -> bytes:
    """The form of an upload: a file of its own for each report."""
    picture = n.to_bytes(8, "big") * (FILE_BYTES // 8)
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="id"\r\n\r\n{number}'.encode(),
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="pier.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n".encode()
        + picture,
        f"--{BOUNDARY}--\r\n".encode(),
    )
    return b"\r\n".join(parts)


def is_worked_off(house: House) -> bool:
    house.keep_alive()
    return house.ask(LEFT) == [(0,)]


def test_a_steady_load_of_full_reports_is_taken_in_whole_and_worked_off(
    house: House, provider_key: str
):
    house.keep_alive()
    sender, began = Sender(house, provider_key), time.monotonic()

    def at_its_time(n: int) -> str:
        time.sleep(max(0.0, began + n / RATE - time.monotonic()))
        return sender.files(n)

    with ThreadPoolExecutor(AT_ONCE) as people:
        acknowledged = list(people.map(at_its_time, range(SECONDS * RATE)))
    took = time.monotonic() - began
    assert until(lambda: is_worked_off(house), 60 + 10 * SECONDS)
    print(
        f"\nload: {len(acknowledged)} full reports in {took:.1f} s;"
        f" requests p50 {statistics.median(sender.waited) * 1000:.0f} ms,"
        f" p99 {sorted(sender.waited)[int(0.99 * len(sender.waited))] * 1000:.0f} ms;"
        f" queue empty {time.monotonic() - began - took:.1f} s later"
    )

    assert {status // 100 for status in sender.statuses} <= {2, 4}, "none of them failed"
    assert {status for status in sender.statuses if status >= 400} <= {429}, "none was refused"
    standing = {str(number): (band, files) for number, band, files in house.ask(STANDING)}
    assert len({*acknowledged}) == len(acknowledged)
    assert set(acknowledged) <= set(standing), "what was acknowledged stands in the queue"
    for number in acknowledged:
        band, files = standing[number]
        assert band, "scored"
        assert files == 1, "with its file"
