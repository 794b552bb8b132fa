"""A value of ours in the form in which it travels to the server, by its kind."""

from collections.abc import Callable
from datetime import date, datetime
from struct import pack
from typing import Any
from uuid import UUID

import psycopg

BYTEA = 17
TEXT, BINARY = 0, 1


def packed(value: Any) -> tuple[bytes | None, int]:  # noqa: ANN401 - any value a column takes
    """A value as it travels, and whether as text (0) or in the server's own form (1)."""
    write = _WRITERS.get(type(value))
    return write(value) if write else (_text(_plain(value)), TEXT)


def _plain(value: object) -> str:
    """A value inside an array, or one of a kind that is made of another."""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, str | int | UUID):
        return str(value)
    if isinstance(value, float):
        return repr(value)  # the shortest text that is read as the same number
    if isinstance(value, date):
        return value.isoformat()
    msg = f"no form for a value of {type(value).__name__}"
    raise psycopg.ProgrammingError(msg)


def _text(value: str) -> bytes:
    if "\x00" in value:
        msg = "PostgreSQL text fields cannot contain NUL (0x00) bytes"
        raise psycopg.DataError(msg)
    try:
        return value.encode()
    except UnicodeEncodeError as error:
        msg = "a text holds half a character"
        raise psycopg.DataError(msg) from error


def _listed(parts: list[Any]) -> tuple[bytes, int]:
    is_bytes = bool(parts) and all(isinstance(part, bytes) for part in parts)
    return (_byte_arrays(parts), BINARY) if is_bytes else (_array(parts), TEXT)


def _array(parts: list[Any]) -> bytes:
    """An array of texts, numbers, ids or truth values; an empty part is NULL."""
    written = ["NULL" if part is None else _quoted(part) for part in parts]
    return _text("{" + ",".join(written) + "}")


def _quoted(part: object) -> str:
    text = part if isinstance(part, str) else _plain(part)
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _byte_arrays(parts: list[bytes]) -> bytes:
    """bytea[] in the server's own form: one dimension, no NULL, counted from 1."""
    head = pack("!iiIii", 1, 0, BYTEA, len(parts), 1)
    return head + b"".join(pack("!i", len(part)) + part for part in parts)


# By its kind, since some hundred values go with a report. An id's own form is its bytes: no
# hexadecimal, no reading it.
_WRITERS: dict[type, Callable[[Any], tuple[bytes | None, int]]] = {
    str: lambda value: (_text(value), TEXT),
    bytes: lambda value: (value, BINARY),
    type(None): lambda _none: (None, BINARY),
    UUID: lambda value: (value.bytes, BINARY),
    bool: lambda value: (b"t" if value else b"f", TEXT),
    int: lambda value: (b"%d" % value, TEXT),
    datetime: lambda value: (value.isoformat().encode(), TEXT),
    list: _listed,
}
