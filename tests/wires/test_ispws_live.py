"""The provider's door on the real server, with curl as the client."""

import hashlib
import re
import secrets
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from havre.intake.models import Filing, Report
from havre.plumbing.context import acting_as
from havre.plumbing.environment import CLONE, Addresses
from havre.plumbing.scopes import Context, Scope
from tests.live import LiveHouse
from tests.wires.wire import Wire, a_provider, another

EVERYTHING = Context(actor="station:test", scope=Scope.WORK)
LARGE_MB = 160
MOST_GROWTH_MB = 60


@contextmanager
def served(database: Addresses) -> Iterator[LiveHouse]:
    """The real web server, with a small cap on uploads."""
    running = LiveHouse(database, HAVRE_UPLOAD_MB="200")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def house(lasting_database) -> Iterator[LiveHouse]:
    """One server for all; each test is a provider of its own."""
    with served(lasting_database) as running:
        yield running


@pytest.fixture
def fresh_house(lasting_database) -> Iterator[LiveHouse]:
    """A server that has held nothing yet."""
    with served(lasting_database) as running:
        yield running


@pytest.fixture
def wire(lasting_database) -> Wire:
    return a_provider(f"example-{secrets.token_hex(4)}")


class Curl:
    """curl at the door of a house, as one provider."""

    def __init__(self, house: LiveHouse, wire: Wire) -> None:
        self.door = f"{house.url}/ispws"
        self.who = f"{wire.provider.code}:{wire.password}"

    def ask(self, path: str, *options: str, stdin: bytes = b"") -> str:
        """The answer, after its HTTP status."""
        words = ["curl", "-sS", "-w", "\n%{http_code}", "-u", self.who, *options]
        said = subprocess.run(
            [*words, f"{self.door}/{path}"], input=stdin, capture_output=True, check=False
        )
        assert said.returncode == 0, said.stderr
        xml, _, status = said.stdout.decode().rpartition("\n")
        return f"{status} {xml}"

    def submit(self) -> str:
        return told("reportId", self.ask("submit", "--data-binary", "@-", stdin=another()))


def told(name: str, answer: str) -> str:
    found = re.search(f"<{name}>([^<]*)</{name}>", answer)
    assert found, answer
    return found[1]


def workers_of(house: LiveHouse) -> list[int]:
    pid = house.server.pid
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def peak_mb(house: LiveHouse) -> int:
    """The most memory that a worker of the server has ever held."""
    peaks = [
        int(re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())[1])
        for pid in workers_of(house)
    ]
    assert peaks
    return max(peaks) // 1024


@pytest.fixture
def curl(house, wire) -> Curl:
    return Curl(house, wire)


def filed_by(wire: Wire) -> list[Report]:
    with acting_as(EVERYTHING):
        return list(Report.objects.filter(provider=wire.provider))


def test_a_chunked_report_and_a_chunked_upload_go_the_whole_way(curl, wire, tmp_path):
    chunked = ("-H", "Transfer-Encoding: chunked")
    opened = curl.ask("submit", *chunked, "-X", "POST", "-T", "-", stdin=another())
    number = told("reportId", opened)
    file = tmp_path / "pier.bin"
    file.write_bytes(bytes(range(256)) * 4096 * 20)

    uploaded = curl.ask("upload", *chunked, "-F", f"id={number}", "-F", f"file=@{file}")
    done = curl.ask("finish", *chunked, "-F", f"id={number}")

    assert told("hash", uploaded) == hashlib.md5(file.read_bytes()).hexdigest()
    assert done.startswith("200")
    assert told("fileId", done) == told("fileId", uploaded)
    assert [report.file_count for report in filed_by(wire)] == [1]


@pytest.mark.parametrize("order", [("id", "file"), ("file", "id")])
def test_a_large_upload_needs_little_memory_in_either_order(fresh_house, wire, tmp_path, order):
    curl = Curl(fresh_house, wire)
    number = curl.submit()
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x" * 200_000)
    with large.open("wb") as file:
        file.truncate(LARGE_MB * 1024 * 1024)

    def upload(path: Path) -> str:
        fields = {"id": f"id={number}", "file": f"file=@{path}"}
        return curl.ask("upload", *(word for name in order for word in ("-F", fields[name])))

    assert upload(small).startswith("200")
    before = peak_mb(fresh_house)
    assert upload(large).startswith("200")
    assert peak_mb(fresh_house) - before < MOST_GROWTH_MB


def test_a_stranger_s_large_upload_is_refused_and_the_refusal_can_be_read(curl, tmp_path):
    large = tmp_path / "large"
    large.write_bytes(b"x" * 20_000_000)
    curl.who = "example-chat:wrong"
    assert told("responseCode", curl.ask("upload", "-F", "id=1", "-F", f"file=@{large}")) == "2000"


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_over_the_cap_is_refused_in_the_wire_s_form(curl, chunked):
    options = ("-H", "Transfer-Encoding: chunked") if chunked else ()
    said = curl.ask("submit", *options, "--data-binary", "@-", stdin=b"<report>" + b" " * 9_000_000)
    assert said.startswith("413")
    assert told("responseCode", said) == "4110"


def test_an_upload_over_the_cap_is_refused_and_nothing_of_it_is_kept(house, curl, tmp_path):
    number = curl.submit()
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    said = curl.ask("upload", "-F", f"id={number}", "-F", f"file=@{large}")
    assert said.startswith("413")
    assert told("responseCode", said) == "4200"
    assert "<files/>" in curl.ask("finish", "-d", f"id={number}")


def test_of_two_who_finish_at_once_one_is_told_that_it_is_finished(curl, wire):
    number, answers = curl.submit(), []
    both = [
        threading.Thread(target=lambda: answers.append(curl.ask("finish", "-F", f"id={number}")))
        for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told("responseCode", answer) for answer in answers) == ["0", "5102"]
    assert len(filed_by(wire)) == 1


def test_the_provider_s_script_in_the_docs_files_a_report(house, wire):
    environment = {
        "PATH": "/usr/bin:/bin",
        "HAVRE_URL": house.url,
        "HAVRE_PROVIDER": wire.provider.code,
        "HAVRE_PROVIDER_KEY": wire.password,
    }
    script = [str(CLONE / "docs" / "provider.sh")]
    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "is finished" in done.stdout
    with acting_as(EVERYTHING):
        assert Filing.objects.get(provider=wire.provider).state == "finished"

    environment["HAVRE_PROVIDER_KEY"] = "wrong"
    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Authentication required" in done.stderr


def test_the_lines_in_the_docs_work_as_they_stand(house, wire, tmp_path):
    page = (CLONE / "docs" / "providers.md").read_text()
    lines = "".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL))
    for shown, here in (
        ("http://127.0.0.1:8000", house.url),
        ("example-chat:demo-wire-key-4f1c9a7e2b60", f"{wire.provider.code}:{wire.password}"),
    ):
        assert shown in lines
        lines = lines.replace(shown, here)
    done = subprocess.run(
        ["/bin/sh", "-eu"], input=lines, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.findall(r"<responseCode>(\d+)", done.stdout) == ["0"] * 7


def test_the_docs_show_the_demo_s_own_credentials():
    people = (CLONE / "havre" / "wiring" / "data" / "demo" / "people.toml").read_text()
    assert 'code = "example-chat"' in people
    assert 'key = "demo-wire-key-4f1c9a7e2b60"' in people
