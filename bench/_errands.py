"""What the load of the doors asks: the form, the provider's wire with and without a file, a row."""

import base64
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import count as counting
from itertools import cycle
from random import Random
from urllib.parse import urlencode

from bench.loader import request

COUNT = counting()
NUMBER = re.compile(rb"<reportId>(\d+)</reportId>")
FILE = re.compile(rb"<fileId>(\w+)</fileId>")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
XML = {"Content-Type": "text/xml"}
BOUNDARY = "harbor"
STORY = "He asked me to meet on Saturday at the library in Winnipeg. " * 8
CHANCE = Random(20261129)
FILE_BYTES = 200_000
# Bytes of no kind: a photograph would weigh the same.
PICTURE = os.urandom(FILE_BYTES)
ANSWERS = {
    "who": "adult",
    "happening": "meeting",
    "danger": "no",
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
DETAILS = (
    "<?xml version='1.0' encoding='UTF-8'?><fileDetails><reportId>{number}</reportId>"
    "<fileId>{file}</fileId><originalFileName>pier.jpg</originalFileName></fileDetails>"
)


def forms(count: int) -> Iterator:
    """Errands of the public form, each with a token minted some seconds ago."""
    from havre.intake.form_tokens import minted_token
    from havre.intake.rules.receipts import words_in
    from havre.plumbing import clock

    with clock.clock_set_to(clock.now() - timedelta(seconds=30)):
        tokens = [minted_token() for _ in range(count)]
    # People share words, not sentences: the same text again and again would be a flood.
    words = words_in("en")
    for token in tokens:
        story = " ".join(CHANCE.choices(words, k=80))
        body = urlencode({**ANSWERS, "story": story, "token": token}).encode()

        def errand(body=body):
            yield request("POST", "/en/report", body, FORM)

        yield errand


def another() -> bytes:
    """The report in other bytes: the same ones again would be the same filing."""
    return REPORT + f"<!-- {next(COUNT)} -->".encode()


def shown(user: str, key: str) -> dict[str, str]:
    """The header by which a provider shows its key."""
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{key}".encode()).decode()}


def filings(keys: list[tuple[str, str]]) -> Iterator:
    """Errands of the XML door, by each provider in turn: submit, then finish."""

    def errand(who: dict[str, str]):
        answer = yield request("POST", "/ispws/submit", another(), XML | who)
        number = NUMBER.search(answer)
        if number:
            yield request("POST", "/ispws/finish", b"id=" + number[1], FORM | who)

    for key in cycle(keys):
        yield partial(errand, shown(*key))


def filings_with_a_file(keys: list[tuple[str, str]]) -> Iterator:
    """Errands of the XML door: submit, upload 200 kB, describe them, finish.

    By many providers in turn: one alone may have four uploads under way in each process.
    """

    def errand(who: dict[str, str]):
        multipart = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **who}
        answer = yield request("POST", "/ispws/submit", another(), XML | who)
        number = NUMBER.search(answer)
        if not number:
            return
        answer = yield request("POST", "/ispws/upload", upload_of(number[1]), multipart)
        file = FILE.search(answer)
        if not file:
            return
        details = DETAILS.format(number=number[1].decode(), file=file[1].decode())
        yield request("POST", "/ispws/fileinfo", details.encode(), XML | who)
        yield request("POST", "/ispws/finish", b"id=" + number[1], FORM | who)

    for key in cycle(keys):
        yield partial(errand, shown(*key))


def upload_of(number: bytes, picture: bytes = PICTURE) -> bytes:
    """The form of an upload, with the same picture for everybody or one's own."""
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="id"\r\n\r\n'.encode() + number,
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="pier.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n".encode()
        + picture,
        f"--{BOUNDARY}--\r\n".encode(),
    )
    return b"\r\n".join(parts)


def bare() -> Iterator:
    """Errands of the bare doors: a text to put into a row."""

    def errand():
        yield request("POST", "/", STORY.encode())

    while True:
        yield errand
