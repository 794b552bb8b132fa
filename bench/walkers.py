"""People who walk the public journey over one connection each, as a browser without script does."""

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

REFERENCE = re.compile(rb'<strong class="mono nowrap">(R-[0-9A-Z]{4}-[0-9A-Z]{4})</strong>')
FORM = re.compile(
    rb'<form[^>]*id="tell"[^>]*>(.*?)</form>|<form[^>]*method="post"[^>]*>(.*?)</form>', re.DOTALL
)
HIDDEN = re.compile(rb'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PATIENCE_SECONDS = 60
FIRST, LAST = "/en/tell/what", "/en/tell/done"
STORY = "He asked me to meet on Saturday at the library in Winnipeg. "
# What is answered where; every other page is left empty, as most people leave it.
ANSWERS = {
    "what": {"happening": "meeting"},
    "danger": {"danger": "no", "region": "MB"},
    "where": {"where_kind": "app", "where": "Example Chat"},
    "when": {"when": "last Tuesday"},
    "again": {"again": "no"},
    "person": {"their_name": "river_fox"},
    "child": {"child_age": "14", "region": "MB", "town": "Winnipeg"},
}


class DroppedError(Exception):
    """A page did not come, or was not the one that had to come."""

    def __init__(self, page: str, status: int) -> None:
        super().__init__(page, status)


@dataclass
class Tally:
    """What all walkers met: milliseconds by kind of page, references shown, what went wrong."""

    taken: dict[str, list[float]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    journeys: int = 0

    def note(self, kind: str, seconds: float) -> None:
        self.taken.setdefault(kind, []).append(seconds * 1000)

    @property
    def every(self) -> list[float]:
        return sorted(value for values in self.taken.values() for value in values)


@dataclass
class Answer:
    """One answer as it came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


class Connection:
    """One browser's line to the server, from an address of its own, kept open."""

    def __init__(self, port: int, number: int) -> None:
        self.port = port
        self.address = f"127.{1 + number // 250}.{1 + number % 250}.1"
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, fields: dict[str, str], cookie: str) -> Answer:
        if self.streams is None:
            self.streams = await asyncio.open_connection(
                "127.0.0.1", self.port, local_addr=(self.address, 0)
            )
        reader, writer = self.streams
        body = urlencode(fields).encode() if method == "POST" else b""
        head = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}"]
        if method == "POST":
            head += ["Content-Type: application/x-www-form-urlencoded"]
            head += [f"Content-Length: {len(body)}", "Origin: null", "Sec-Fetch-Site: same-origin"]
        if cookie:
            head.append(f"Cookie: {cookie}")
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        status = int((await reader.readline()).split()[1])
        headers = []
        while (line := (await reader.readline()).strip()) != b"":
            name, _, value = line.decode().partition(":")
            headers.append((name, value.strip()))
        answer = Answer(status, headers, b"")
        answer.body = await reader.readexactly(int(answer.header("content-length") or 0))
        return answer

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
            self.streams = None


@dataclass
class Walker:
    """One person: reads, thinks, answers, goes on; and begins again until the time is over."""

    number: int
    port: int
    tally: Tally
    think: tuple[float, float]
    ends: float
    chance: random.Random
    recording: dict[tuple[str, str], Answer] | None = None
    cookie: str = ""

    async def live(self, at_most: int = 10**9) -> None:
        """Walk the journey again and again. Nobody begins after the end; who began walks it out."""
        line = Connection(self.port, self.number)
        await asyncio.sleep(self.chance.uniform(0, self.think[1]))
        while time.monotonic() < self.ends and self.tally.journeys < at_most:
            try:
                async with asyncio.timeout(PATIENCE_SECONDS * 10):
                    await self.walk(line)
            except (
                DroppedError,
                OSError,
                TimeoutError,
                asyncio.IncompleteReadError,
                IndexError,
            ) as why:
                self.tally.dropped.append(f"{type(why).__name__}: {why}")
                line.close()
        line.close()

    async def walk(self, line: Connection) -> None:
        """One journey from the first page to the receipt."""
        self.cookie = ""
        await self.see(line, "GET", "/en/", {})
        page = await self.see(line, "GET", FIRST, {})
        path = FIRST
        while path != LAST:
            await asyncio.sleep(self.chance.uniform(*self.think))
            word = path.rpartition("/")[2]
            sent = {**hidden_in(page.body), **self.answers(word)}
            moved = await self.see(line, "POST", path, sent)
            if moved.status != 303:
                raise DroppedError(path, moved.status)
            path = moved.header("location")
            page = await self.see(line, "GET", path, {})
        reference = REFERENCE.search(page.body)
        if reference is None:
            raise DroppedError(LAST, page.status)
        self.tally.shown.append(reference[1].decode())
        self.tally.journeys += 1

    def answers(self, word: str) -> dict[str, str]:
        if word == "story":
            return {"story": STORY + f"He is called {self.chance.randbytes(6).hex()} there."}
        return ANSWERS.get(word, {})

    async def see(self, line: Connection, method: str, path: str, fields: dict[str, str]) -> Answer:
        started = time.perf_counter()
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await line.ask(method, path, fields, self.cookie)
        kind = "sending the report" if path.endswith("/check") and method == "POST" else method
        self.tally.note(kind, time.perf_counter() - started)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self.cookie = value.partition(";")[0]
        if self.recording is not None:
            self.recording[method, path] = answer
        if answer.status not in {200, 303}:
            raise DroppedError(path, answer.status)
        return answer


def hidden_in(page: bytes) -> dict[str, str]:
    """The hidden fields of the page's form; the check page's trap stays empty."""
    found = FORM.search(page)
    inside = (found[1] or found[2]) if found else b""
    return {n.decode(): unescape(v.decode()) for n, v in HIDDEN.findall(inside or b"")}


async def walk_together(
    port: int, *, people: int, seconds: float, think: tuple[float, float], seed: int
) -> Tally:
    """People at once, for some seconds; then the last journeys are walked out."""
    tally, chance = Tally(), random.Random(seed)
    ends = time.monotonic() + seconds
    walkers = [
        Walker(n, port, tally, think, ends, random.Random(chance.random())) for n in range(people)
    ]
    await asyncio.gather(*(walker.live() for walker in walkers))
    return tally


async def record_one(port: int) -> dict[tuple[str, str], Answer]:
    """Walk once, and keep every answer by how it was asked for."""
    kept: dict[tuple[str, str], Answer] = {}
    ends = time.monotonic() + PATIENCE_SECONDS
    walker = Walker(0, port, Tally(), (0, 0), ends, random.Random(1), kept)
    line = Connection(port, 0)
    await walker.walk(line)
    line.close()
    return kept
