"""Forms as clients send them (RFC 7578 and urlencoded), read as they arrive, in constant memory."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

MOST_BOUNDARY = 70
MOST_HEAD_BYTES = 8_192
MOST_FIELD_BYTES = 8_192
MOST_PADDING = 100
MOST_PARTS = 16
FILE = "file"

_BOUNDARY = re.compile(r";\s*boundary\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_PARAMETER = re.compile(r";\s*([\w*-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;\"]*))\s*")
_ESCAPED = re.compile(r"\\([\"\\])")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_PLAIN_TRANSFERS = frozenset({"", "7bit", "8bit", "binary"})


class MalformedForm(ValueError):  # noqa: N818 - as its neighbours MalformedXml and InvalidReport
    """These bytes are no form that we read; the message is for the sender."""


@dataclass(frozen=True, slots=True)
class PartHead:
    """What stands before the content of one part of a form."""

    name: str
    filename: str = ""
    media_type: str = ""


class FileForm:
    """A multipart form with one file, read as it arrives.

    `to_file` reads the fields before the file. `file` gives the file's bytes, then reads the rest
    of the form and raises if that is missing: a file is whole only when its form is.
    """

    def __init__(self, chunks: Iterable[bytes], content_type: str) -> None:
        self.fields: dict[str, str] = {}
        self.head = PartHead(FILE)
        self._reader = _Reader(chunks, boundary_of(content_type))

    def to_file(self) -> None:
        """Read up to the file. Raises MalformedForm when there is none."""
        if not self._next_file():
            msg = "the form holds no part called file"
            raise MalformedForm(msg)

    def file(self) -> Iterator[bytes]:
        """The bytes of the file. Raises MalformedForm, after the last of them too."""
        yield from self._reader.content()
        if self._next_file():
            msg = "the form holds more than one file"
            raise MalformedForm(msg)

    def _next_file(self) -> bool:
        while head := self._reader.next_head():
            if head.name == FILE:
                self.head = head
                return True
            _put(self.fields, head.name, self._reader.small_content())
        return False


def form_fields(body: bytes, content_type: str) -> dict[str, str]:
    """The fields of a small form, multipart or urlencoded. Raises MalformedForm."""
    fields: dict[str, str] = {}
    if content_type.strip().lower().startswith("multipart/"):
        reader = _Reader([body], boundary_of(content_type))
        while head := reader.next_head():
            _put(fields, head.name, reader.small_content())
        return fields
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_PARTS)
    except ValueError:  # not UTF-8, or too many fields
        msg = "this is no form"
        raise MalformedForm(msg) from None
    for name, value in pairs:
        _put(fields, name, value)
    return fields


def boundary_of(content_type: str) -> bytes:
    """The boundary that a Content-Type names. Raises MalformedForm."""
    found = _BOUNDARY.search(content_type)
    boundary = (found[1] or found[2] or "").rstrip() if found else ""
    is_multipart = content_type.strip().lower().startswith("multipart/")
    if not is_multipart or not 0 < len(boundary) <= MOST_BOUNDARY or not boundary.isascii():
        msg = "send multipart/form-data, with its boundary in the Content-Type"
        raise MalformedForm(msg)
    return boundary.encode()


class _Reader:
    """Walks over the parts. Holds no more than one chunk and what a boundary could hide in."""

    def __init__(self, chunks: Iterable[bytes], boundary: bytes) -> None:
        self._chunks = iter(chunks)
        self._delimiter = b"\r\n--" + boundary
        # So that the first boundary, which begins the form, looks like the others.
        self._held = bytearray(b"\r\n")
        self._in_part = True  # the preamble is skipped like a part that nobody wants
        self._is_last = False
        self._parts = 0

    def next_head(self) -> PartHead | None:
        """Go on to the next part; None, with everything read, after the last."""
        for _ in self.content():
            pass
        if self._is_last:
            while self._more():
                self._held.clear()
            return None
        self._parts += 1
        if self._parts > MOST_PARTS:
            msg = f"the form has more than {MOST_PARTS} parts"
            raise MalformedForm(msg)
        self._in_part = True
        return _head_of(self._head_bytes())

    def small_content(self) -> str:
        """The content of a field. Raises MalformedForm when it is long or no UTF-8."""
        value = bytearray()
        for piece in self.content():
            value += piece
            if len(value) > MOST_FIELD_BYTES:
                msg = f"a field is longer than {MOST_FIELD_BYTES} bytes"
                raise MalformedForm(msg)
        try:
            return value.decode()
        except UnicodeDecodeError:
            msg = "a field is not UTF-8"
            raise MalformedForm(msg) from None

    def content(self) -> Iterator[bytes]:
        """What is left of this part. Raises MalformedForm when the form breaks off in it."""
        held, mark = self._held, self._delimiter
        while self._in_part:
            found = held.find(mark)
            if found == 0 and self._pass_boundary():
                return
            if found > 0:
                sure = found
            elif found == 0:  # it only looked like a boundary
                sure = len(mark)
            else:  # a boundary may have begun in the last few bytes
                sure = max(len(held) - len(mark) + 1, 0)
            if sure:
                with memoryview(held) as whole:
                    piece = bytes(whole[:sure])
                del held[:sure]
                yield piece
            if found < 0 and not self._more():
                msg = "the form ends before its last boundary"
                raise MalformedForm(msg)

    def _pass_boundary(self) -> bool:
        """Go behind the boundary that stands first, if it is one: "--" or an end of line follow."""
        held, at = self._held, len(self._delimiter)
        while len(held) < at + 2 and self._more():
            pass
        if held.startswith(b"--", at):
            self._is_last, self._in_part = True, False
            del held[: at + 2]
            return True
        end = at
        while end < at + MOST_PADDING:
            while len(held) < end + 2 and self._more():
                pass
            if bytes(held[end : end + 1]) not in {b" ", b"\t"}:
                break
            end += 1
        if not held.startswith(b"\r\n", end):
            return False
        self._in_part = False
        del held[: end + 2]
        return True

    def _head_bytes(self) -> bytes:
        while (end := self._held.find(b"\r\n\r\n")) < 0:
            if len(self._held) > MOST_HEAD_BYTES:
                break
            if not self._more():
                msg = "a part of the form has no end of its head"
                raise MalformedForm(msg)
        if not 0 <= end <= MOST_HEAD_BYTES:
            msg = "the head of a part is too long"
            raise MalformedForm(msg)
        head = bytes(self._held[:end])
        del self._held[: end + 4]
        return head

    def _more(self) -> bool:
        part = next(self._chunks, b"")
        self._held += part
        return bool(part)


def _head_of(head: bytes) -> PartHead:
    headers = {}
    for line in head.decode(errors="replace").split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    if headers.get("content-transfer-encoding", "").lower() not in _PLAIN_TRANSFERS:
        msg = "a part of the form is encoded once more; send it as it is"
        raise MalformedForm(msg)
    said = headers.get("content-disposition", "")
    told = {found[1].lower(): found[2] or found[3] for found in _PARAMETER.finditer(said)}
    if not told.get("name"):
        msg = "a part of the form has no name"
        raise MalformedForm(msg)
    return PartHead(
        _unescaped(told["name"]),
        _unescaped(told.get("filename") or ""),
        _UNPRINTABLE.sub("", headers.get("content-type", "")),
    )


def _unescaped(said: str) -> str:
    return _UNPRINTABLE.sub("", _ESCAPED.sub(r"\1", said))


def _put(fields: dict[str, str], name: str, value: str) -> None:
    if name in fields:
        msg = f"the field {name} comes twice"
        raise MalformedForm(msg)
    fields[name] = value
