"""One trip to the database: statements of ours sent together, their answers read together.

psycopg's own pipeline sends each statement by itself and looks for answers in between, which costs
more than running them; libpq's does not (decision 006).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from select import POLLIN, POLLOUT, poll
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.pq import abc

from havre.plumbing.values.packed import BINARY, packed

# A statement of ours with its values by name. Every place in it carries its type: %(id)s::uuid.
Order = tuple[str, Mapping[str, Any]]
# The same as it travels: the statement, how the server has it, and its values in their places,
# each beside whether it is text (0) or in the server's own form (1).
Packet = tuple[str, bytes, list[bytes | None], list[int]]
BEGIN: Order = ("BEGIN", {})
COMMIT: Order = ("COMMIT", {})

_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the server of a connection keeps prepared, and under which name.

    A name is never given twice: the driver has the server forget everything at times, and what was
    prepared between that and our noticing still bears its own.
    """

    names: dict[str, bytes] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def named(self, sql: str) -> bytes:
        """A new name for a statement."""
        name = self.names[sql] = f"ours_{next(self.numbers)}".encode()
        return name


_kept: WeakKeyDictionary[psycopg.Connection[Any], Kept] = WeakKeyDictionary()


class TripRefusedError(psycopg.ProgrammingError):
    """Something else was asked of the database while a trip is being packed, or of a broken one."""


def travel(wire: psycopg.Connection[Any], orders: Sequence[Order]) -> list[abc.PGresult]:
    """Send the orders in one packet, wait once, and give what each answered.

    The first error is raised after the server has answered, as the driver would raise it; nothing
    after it was run. Begin and commit are the caller's, as orders.
    """
    kept = _kept.setdefault(wire, Kept())
    # First of all: a value that cannot travel leaves the connection as it was.
    packets = [_packet(order) for order in orders]
    try:
        answers, fresh = _exchanged(wire, packets, kept)
    except BaseException:
        # What the server still has to say would be taken for the answer to something else.
        wire.close()
        raise
    for sql, answer in fresh:
        if answer.status != pq.ExecStatus.COMMAND_OK:
            kept.names.pop(sql, None)
    for answer in (*(answer for _sql, answer in fresh), *answers):
        if answer.status == pq.ExecStatus.FATAL_ERROR:
            error = error_from_result(answer, encoding=wire.info.encoding)
            if isinstance(error, InvalidSqlStatementName):
                kept.names.clear()
            raise error
    return answers


def forget(wire: psycopg.Connection[Any]) -> None:
    """Prepare anew what this connection is told from now on.

    At each rollback the driver has the server forget all that was prepared.
    """
    if wire in _kept:
        _kept[wire].names.clear()


def rows(wire: psycopg.Connection[Any], answer: abc.PGresult) -> list[tuple[Any, ...]]:
    """The rows of an answer as Python's own values."""
    reader = psycopg.adapt.Transformer(wire)
    reader.set_pgresult(answer)
    return list(reader.load_rows(0, answer.ntuples, tuple))


def _packet(order: Order) -> Packet:
    sql, values = order
    text, places = numbered(sql)
    parts, forms = list[bytes | None](), list[int]()
    for place in places:
        part, form = packed(values[place])
        parts.append(part)
        forms.append(form)
    return sql, text, parts, forms


def _exchanged(
    wire: psycopg.Connection[Any], packets: Sequence[Packet], kept: Kept
) -> tuple[list[abc.PGresult], list[tuple[str, abc.PGresult]]]:
    """The answers to the orders, and those to the statements that had to be prepared first."""
    pgconn, asked = wire.pgconn, list[str | None]()
    pgconn.enter_pipeline_mode()
    for sql, text, parts, forms in packets:
        name = kept.names.get(sql)
        if name is None:
            name = kept.named(sql)
            pgconn.send_prepare(name, text)
            asked.append(sql)
        pgconn.send_query_prepared(name, parts, forms, BINARY)
        asked.append(None)
    pgconn.pipeline_sync()
    all_sent(pgconn)
    results = _read(pgconn, len(asked))
    pgconn.exit_pipeline_mode()
    answers = [result for sql, result in zip(asked, results, strict=True) if sql is None]
    fresh = [(sql, result) for sql, result in zip(asked, results, strict=True) if sql is not None]
    return answers, fresh


def all_sent(pgconn: abc.PGconn) -> None:
    """Push out what was queued, taking in answers meanwhile, so that neither side is stuck."""
    waiting = poll()
    waiting.register(pgconn.socket, POLLIN | POLLOUT)
    while pgconn.flush():
        if any(ready & ~POLLOUT for _, ready in waiting.poll()):
            pgconn.consume_input()


def _read(pgconn: abc.PGconn, count: int) -> list[abc.PGresult]:
    waiting = poll()
    waiting.register(pgconn.socket, POLLIN)
    results = list[abc.PGresult]()
    while True:
        while pgconn.is_busy():
            waiting.poll()
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:
            if pgconn.status == pq.ConnStatus.BAD:
                msg = "the server hung up"
                raise psycopg.OperationalError(msg)
            continue
        if result.status == pq.ExecStatus.PIPELINE_SYNC:
            break
        results.append(result)
    if len(results) != count:
        msg = f"{len(results)} answers to {count} orders"
        raise psycopg.InternalError(msg)
    return results


@lru_cache(maxsize=500)
def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with its places numbered, as the server has it, and their names in order."""
    names = list(dict.fromkeys(_PLACE.findall(sql)))
    text = _PLACE.sub(lambda place: f"${names.index(place[1]) + 1}", sql)
    return text.encode(), tuple(names)
