"""The body of a request, read as it arrives. Django reads nothing from a chunked one."""

from collections.abc import Iterator, Mapping
from typing import Any

PART_BYTES = 262_144


class BodyRefusedError(Exception):
    """A request body was not taken in: too large, or it broke off."""


class BodyCutShortError(BodyRefusedError):
    """The sender promised more bytes than came."""


class BodyTooLargeError(BodyRefusedError):
    """The body is larger than this door takes."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"the body is larger than {most_bytes} bytes")
        self.most_bytes = most_bytes


def body_parts(environ: Mapping[str, Any], *, most_bytes: int) -> Iterator[bytes]:
    """The body in parts of at most 256 KiB, with a Content-Length or in chunks.

    Raises BodyTooLargeError, before reading where the length is told, and BodyCutShortError. A
    server that takes chunks apart says so ("wsgi.input_terminated", as granian does); from any
    other, a body without a length is empty, as PEP 3333 has it.
    """
    told = _told_length(environ)
    if told is not None and told > most_bytes:
        raise BodyTooLargeError(most_bytes)
    left = told
    if left is None:
        left = most_bytes + 1 if environ.get("wsgi.input_terminated") else 0
    source = environ["wsgi.input"]
    while left > 0:
        part: bytes = source.read(min(left, PART_BYTES))
        if not part:
            break
        left -= len(part)
        yield part
    if told is not None and left:
        msg = f"{left} of {told} bytes did not come"
        raise BodyCutShortError(msg)
    if told is None and left == 0 and environ.get("wsgi.input_terminated"):
        raise BodyTooLargeError(most_bytes)


def whole_body(environ: Mapping[str, Any], *, most_bytes: int) -> bytes:
    """A body that is small enough to be held. Raises as `body_parts` does."""
    return b"".join(body_parts(environ, most_bytes=most_bytes))


def _told_length(environ: Mapping[str, Any]) -> int | None:
    told = environ.get("CONTENT_LENGTH") or ""
    return int(told) if told.isdecimal() else None
