"""Another reporting service on the loopback address: it keeps what comes, and fails as told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from lxml import etree

from havre.agencies.actions import add_officer
from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.intake.mirrors.actions import set_mirror
from havre.intake.mirrors.models import Answer, Copy, Mirror
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.wiring.sweeps.mirrors import send_copies_on
from tests import make
from tests.house.callers import undone
from tests.wires.specimens import COMPILED
from tests.wires.wire import REPORT, Wire, a_provider

SECRET = "the password of the other side"
NOW = datetime(2026, 11, 29, 17, tzinfo=UTC)
WORK = Station.PIPELINE.context

PART = re.compile(
    rb'name="([a-z]+)"(?:; filename="([^"]*)")?(?:\r\nContent-Type: ([^\r]+))?\r\n\r\n'
)


@dataclass
class FarReport:
    """A report as the other service has it."""

    document: bytes
    state: str = "open"
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    details: dict[str, bytes] = field(default_factory=dict)


@dataclass
class FarSide:
    """`faults`: what is done wrong at the next calls of a step.

    "lost": it is taken, and no answer comes; a number: that HTTP status, nothing is taken; a pair:
    status and code.
    """

    url: str = ""
    reports: dict[int, FarReport] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    faults: dict[str, list] = field(default_factory=dict)

    def clear(self) -> None:
        for kept in (self.reports, self.calls, self.headers, self.faults):
            kept.clear()

    def finished(self) -> list[FarReport]:
        return [one for one in self.reports.values() if one.state == "finished"]

    def take(self, step: str, body: bytes) -> str:
        """The wire, in small: gives what the answer holds."""
        if step == "status":
            return said(0)
        if step == "submit":
            number = 7_000_000 + len(self.reports)
            self.reports[number] = FarReport(body)
            return said(0, reportId=number)
        if step == "fileinfo":
            return self.describe(body)
        parts = parts_of(body)
        report = self.reports.get(int(parts["id"][1]))
        if report is None or report.state != "open":
            closed = {"finished": 5102, "retracted": 5101}
            return said(closed[report.state] if report else 5001)
        if step == "upload":
            name, content = parts["file"]
            file = f"f{len(report.files)}{'a' * 30}"
            report.files[file] = (name, content)
            return said(0, reportId=int(parts["id"][1]), fileId=file)
        report.state = {"finish": "finished", "retract": "retracted"}[step]
        return said(0, reportId=int(parts["id"][1]))

    def describe(self, body: bytes) -> str:
        root = etree.fromstring(body)
        report = self.reports[int(root.findtext("reportId"))]
        file = root.findtext("fileId")
        if file in report.details:
            return said(4100)
        report.details[file] = body
        return said(0, reportId=root.findtext("reportId"), fileId=file)


def said(code: int, **more: object) -> str:
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    return f"<reportResponse><responseCode>{code}</responseCode>{inside}</reportResponse>"


def parts_of(body: bytes) -> dict[str, tuple[str, bytes]]:
    boundary = body.partition(b"\r\n")[0]
    found = {}
    for part in body.split(boundary)[1:-1]:
        head = PART.search(part)
        content = part[head.end() :].removesuffix(b"\r\n")
        found[head[1].decode()] = ((head[2] or b"").decode(), content)
    return found


def handler_of(side: FarSide) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.do_POST()

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            step = self.path.rpartition("/")[2]
            side.calls.append(step)
            side.headers.append({k.lower(): v for k, v in self.headers.items()})
            waiting = side.faults.get(step) or []
            fault = waiting.pop(0) if waiting else None
            if isinstance(fault, tuple):
                self.answer(fault[0], said(fault[1]))
            elif isinstance(fault, int):
                self.answer(fault, "<html/>")
            else:
                answer = side.take(step, body)
                if fault != "lost":
                    self.answer(200, answer)

        def answer(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Request-ID", f"far-{len(side.calls)}")
            if status in {301, 302}:
                self.send_header("Location", "/elsewhere/submit")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_args):
            pass

    return Handler


def listening(side: FarSide):
    """The service, answering, inside the block of a fixture."""
    with HTTPServer(("127.0.0.1", 0), handler_of(side)) as server:
        side.url = f"http://127.0.0.1:{server.server_port}/ispws"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield side
        server.shutdown()
        thread.join()


def an_engineer(wire: Wire, agency: Agency) -> Officer:
    """A person of a provider, who keeps its mirror."""
    return add_officer(
        f"engineer-{wire.provider.code}",
        name="Pat Roy",
        agency=agency,
        role=Role.PROVIDER_ENGINEER,
        password=None,
        provider=wire.provider,
        by=Station.SET_UP,
    )


def sweep(at: datetime = NOW) -> None:
    with clock_set_to(at):
        send_copies_on()


def file_one(wire: Wire, *, files: int = 1, described: bool = True, report: bytes = REPORT) -> int:
    with clock_set_to(NOW):
        number = wire.submit(report)
        for _ in range(files):
            file = wire.upload(number).file
            if described:
                assert wire.describe(number, file).code == 0
        assert wire.finish(number).code == 0
    return number


def told_in_xml(wire: Wire, number: int, language: str = "en") -> dict | None:
    """What the state of a report says of its copy, in XML; named as in JSON."""
    told = {"HTTP_AUTHORIZATION": wire.basic, "HTTP_ACCEPT_LANGUAGE": language}
    root = etree.fromstring(wire.client.get(f"/ispws/reports/{number}", **told).content)
    assert COMPILED.validate(root), COMPILED.error_log.last_error
    mirror = root.find("mirror")
    if mirror is None:
        return None
    said = {one.tag: one.text for one in mirror if one.tag != "remark"}
    remarks = [one.text for one in mirror.findall("remark")]
    return said | ({"remarks": remarks} if remarks else {})


def copy_of(number: int) -> Copy:
    with acting_as(WORK):
        return Copy.objects.select_related("provider").get(number=number)


def answers_of(copy: Copy) -> list[Answer]:
    with acting_as(WORK):
        return list(Answer.objects.filter(copy=copy))


@dataclass
class Harbor:
    """Two providers, and a person of each."""

    wire: Wire
    engineer: Officer
    other: Officer


@pytest.fixture(scope="module")
def built(lasting_block) -> Harbor:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    make.directory()
    house = make.analyst()
    wires = [a_provider("harbor-chat"), a_provider("valley-chat")]
    return Harbor(wires[0], *(an_engineer(one, house.agency) for one in wires))


@pytest.fixture
def harbor(built) -> Iterator[Harbor]:
    with undone():
        yield built


@pytest.fixture(scope="module")
def service() -> Iterator[FarSide]:
    yield from listening(FarSide())


@pytest.fixture
def far(service) -> FarSide:
    service.clear()
    return service


@pytest.fixture
def mirror(harbor, far) -> Mirror:
    """The mirror of the first provider, tried already."""
    with clock_set_to(NOW):
        mirror = set_mirror(far.url + "/", username="pier", password=SECRET, by=harbor.engineer)
    sweep()
    far.clear()
    return mirror
