"""A provider's client for tests: what it sends, and what it reads in the answers."""

import base64
import secrets
from dataclasses import dataclass
from itertools import count

from django.http import HttpResponse
from django.test import Client
from lxml import etree

from havre.agencies.actions import add_provider
from havre.agencies.models import Provider
from havre.agencies.reads import provider_by_code
from havre.audit.rules import Station
from havre.intake.models import Report
from havre.intake.providers.reads import report_state
from havre.plumbing.context import acting_as

BOUNDARY = "----harbor"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
REPORT = b"""<?xml version="1.0" encoding="UTF-8"?>
<report>
  <incidentSummary>
    <incidentType>Online Enticement of Children for Sexual Acts</incidentType>
    <platform>Harbor Chat</platform>
    <incidentDateTime>2026-11-01T10:00:00-05:00</incidentDateTime>
  </incidentSummary>
  <internetDetails>
    <chatImIncident><chatClient>Harbor Chat</chatClient>
    <content>He asked me to meet on Saturday.</content></chatImIncident>
  </internetDetails>
  <reporter><reportingPerson><firstName>Pat</firstName><email>desk@example.com</email>
  </reportingPerson></reporter>
  <personOrUserReported><screenName>dock_master</screenName></personOrUserReported>
</report>"""
DETAILS = (
    "<fileDetails><reportId>{number}</reportId><fileId>{file}</fileId>"
    "<originalFileName>pier.txt</originalFileName><fileViewedByEsp>true</fileViewedByEsp>"
    "</fileDetails>"
)


@dataclass
class Said:
    """An answer of the wire, read."""

    response: HttpResponse
    code: int
    description: str
    report: int | None
    file: str
    hash: str
    files: list[str]
    tag: str


def read(response: HttpResponse) -> Said:
    """Check what every answer must have, and read it."""
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert len(response["Request-ID"]) == 32
    assert response.content.startswith(DECLARATION)
    root = etree.fromstring(response.content)
    told = {child.tag: child.text or "" for child in root}
    return Said(
        response=response,
        code=int(told["responseCode"]),
        description=told.get("responseDescription", ""),
        report=int(told["reportId"]) if "reportId" in told else None,
        file=told.get("fileId", ""),
        hash=told.get("hash", ""),
        files=[file.text for file in root.findall("files/fileId")],
        tag=root.tag,
    )


def form(*fields: tuple[str, bytes], last: str = "--\r\n") -> bytes:
    """A multipart form; a field called file is one."""
    parts = []
    for name, value in fields:
        filename = '; filename="upload.bin"' if name == "file" else ""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{filename}\r\n\r\n'
        parts.append(head.encode() + value + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}{last}".encode()


_said = count()


def another(report: bytes = REPORT) -> bytes:
    """The same report in other bytes."""
    return report + f"<!-- {next(_said)} -->".encode()


class Wire:
    """One provider at the door, with its key."""

    def __init__(self, provider: Provider, password: str) -> None:
        self.provider = provider
        self.password = password
        self.client = Client(HTTP_HOST="localhost")

    @classmethod
    def of(cls, code: str, password: str) -> "Wire":
        """A provider that is registered already."""
        return cls(provider_by_code(code), password)

    @property
    def basic(self) -> str:
        pair = f"{self.provider.code}:{self.password}".encode()
        return f"Basic {base64.b64encode(pair).decode()}"

    def post(self, path: str, body: bytes = b"", content_type: str = "text/xml", **headers) -> Said:
        headers = {"HTTP_AUTHORIZATION": self.basic, **headers}
        return read(self.client.post(f"/ispws/{path}", body, content_type=content_type, **headers))

    def get(self, path: str) -> Said:
        return read(self.client.get(f"/ispws/{path}", HTTP_AUTHORIZATION=self.basic))

    def submit(self, report: bytes = REPORT) -> int:
        # The same bytes a moment later would be the same filing.
        said = self.post("submit", another(report))
        assert (said.code, said.response.status_code, said.tag) == (0, 200, "reportResponse")
        return said.report

    def upload(self, number: int, content: bytes = b"The pier at noon.") -> Said:
        return self.post("upload", form(("id", str(number).encode()), ("file", content)), FORM)

    def describe(self, number: int, file: str) -> Said:
        return self.post("fileinfo", DETAILS.format(number=number, file=file).encode())

    def finish(self, number: int) -> Said:
        return self.post("finish", form(("id", str(number).encode())), FORM)

    def retract(self, number: int) -> Said:
        return self.post("retract", f"id={number}".encode(), "application/x-www-form-urlencoded")


def report_of(wire: Wire, number: int) -> Report:
    """The report of a filing, which this finishes."""
    assert wire.finish(number).code == 0
    reference = report_state(number, actor=wire.provider).reference
    with acting_as(Station.PIPELINE.context):
        return Report.objects.get(reference=reference)


def a_provider(code: str = "example-chat") -> Wire:
    """A provider with a machine-made key."""
    password = secrets.token_hex(16)
    provider = add_provider(code, name=code.title(), password=password, by=Station.SET_UP)
    return Wire(provider, password)
