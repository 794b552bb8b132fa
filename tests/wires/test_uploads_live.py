"""An upload in pieces through a server that is killed in the middle of one."""

import hashlib
import http.client
import os
import secrets
import signal
import time
from base64 import b64encode
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from havre.evidence.models import Exhibit
from havre.intake.models import FilingFile
from havre.intake.resuming.models import Piece
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests.live import LiveHouse
from tests.wires.wire import a_provider

EVERYTHING = Context(actor="station:test", scope=Scope.WORK)
TUS = {"Tus-Resumable": "1.0.0"}
MB = 1024 * 1024
LENGTH, PIECE = 15 * MB, 4 * MB
PATIENCE = 60


@pytest.fixture
def house(lasting_database):
    running = LiveHouse(lasting_database)
    running.start()
    yield running
    running.stop()


class Client:
    """A provider's program, on one connection after the other."""

    def __init__(self, house, wire) -> None:
        self.house = house
        pair = f"{wire.provider.code}:{wire.password}"
        self.shown = {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}

    def line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urlsplit(self.house.url).netloc, timeout=PATIENCE)

    def ask(self, method, path, body=None, **headers):
        line = self.line()
        line.request(method, path, body, {**self.shown, **headers})
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer


def killed(pid: int) -> None:
    """kill -9 of a server and of what it started, those first: none may see the line end."""
    for below in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        killed(int(below))
    os.kill(pid, signal.SIGKILL)


def pieces() -> list[tuple[int, int]]:
    with acting_as(EVERYTHING):
        return list(Piece.objects.values_list("start", "size"))


def test_a_server_killed_in_the_middle_of_a_file_goes_on_with_it(house):
    wire = a_provider(f"example-{secrets.token_hex(4)}")
    number, client = wire.submit(), Client(house, wire)
    whole = secrets.token_bytes(LENGTH)
    path = f"/api/v1/reports/{number}/uploads"
    begun = client.ask("POST", path, **{**TUS, "Upload-Length": str(LENGTH)})
    assert begun.status == 201
    upload = urlsplit(begun.headers["Location"]).path
    line = client.line()
    line.putrequest("PATCH", upload)
    told = {**client.shown, **TUS, "Upload-Offset": "0", "Content-Length": str(LENGTH)}
    for name, said in {**told, "Content-Type": "application/offset+octet-stream"}.items():
        line.putheader(name, said)
    line.endheaders()
    line.send(whole[: 10 * MB])
    deadline = time.monotonic() + PATIENCE
    while pieces() != [(0, PIECE), (PIECE, PIECE)] and time.monotonic() < deadline:
        time.sleep(0.1)
    killed(house.server.pid)
    house.server.wait()
    line.close()
    house.start()
    stands = client.ask("HEAD", upload, **TUS)
    assert int(stands.headers["Upload-Offset"]) == 2 * PIECE
    said = client.ask(
        "PATCH",
        upload,
        whole[2 * PIECE :],
        **{**TUS, "Upload-Offset": str(2 * PIECE)},
        **{"Content-Type": "application/offset+octet-stream"},
    )
    assert (said.status, said.headers["Upload-Offset"]) == (204, str(LENGTH))
    with acting_as(EVERYTHING):
        file = FilingFile.objects.get(filing__number=number)
        exhibit = Exhibit.objects.get(pk=file.exhibit_id)
    assert (exhibit.size, exhibit.sha256) == (LENGTH, hashlib.sha256(whole).hexdigest())
    assert pieces() == []
