"""A small load generator on loopback: N kept connections, each asking as fast as it is answered."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Request = bytes
# From one answer to the next request of the same errand, or None when the errand is done.
Errand = Callable[[], Iterator[Request]]


@dataclass
class Load:
    """What a load measured: errands that ended well, those that did not, times in seconds."""

    done: int = 0
    failed: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.done / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """Milliseconds."""
        ranked = sorted(self.times)
        return 1000 * ranked[min(int(share * len(ranked)), len(ranked) - 1)] if ranked else 0.0


def request(
    method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join((*lines, "", "")).encode() + body


async def answered(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The status and the body of the next answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    place = lower.find(b"content-length:")
    if place >= 0:
        size = int(lower[place + 15 : lower.index(b"\r\n", place)])
        return status, await reader.readexactly(size)
    body = b""
    while (size := int((await reader.readline()).strip() or b"0", 16)) > 0:
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readline()
    return status, body


async def _person(port: int, errands: Iterator, until: float, load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for errand in errands:
            if time.perf_counter() >= until:
                break
            started = time.perf_counter()
            asking = errand()
            sent, is_well = next(asking), True
            while sent is not None:
                writer.write(sent)
                status, body = await answered(reader)
                is_well = is_well and status == 200
                try:
                    sent = asking.send(body)
                except StopIteration:
                    sent = None
            load.times.append(time.perf_counter() - started)
            load.done += is_well
            load.failed += not is_well
    except (ConnectionError, asyncio.IncompleteReadError):
        load.failed += 1
    finally:
        writer.close()


def run_load(port: int, errands: Iterator, *, connections: int, seconds: float) -> Load:
    """Ask for `seconds` over `connections`; gives what was acknowledged."""
    load = Load()

    async def everyone() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(_person(port, errands, until, load) for _ in range(connections)))

    started = time.perf_counter()
    asyncio.run(everyone())
    load.seconds = time.perf_counter() - started
    return load
