"""The mentions of a report, written in one statement. A part of this room's actions."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from uuid import UUID

from havre.plumbing.pipes import run_statement, statement

NOTE_MENTIONS = Path(__file__).parent / "sql" / "note_mentions.sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noting:
    """One mention as it is written; what it has not is empty."""

    id: UUID
    kind: str
    token: bytes
    clear: str = ""
    sealed: bytes = b""
    near: bytes = b""
    role: str
    field: str
    start: int
    end: int
    confidence: int
    rule: str
    port: int | None = None
    seen_at: str = ""
    legal_basis: str
    parts: str | None = None


COLUMNS = tuple(column.name for column in fields(Noting))


def write_mentions(record: UUID, mentions: Sequence[Noting]) -> None:
    """Note mentions in a record, all in one statement."""
    if mentions:
        columns = {name: [getattr(each, name) for each in mentions] for name in COLUMNS}
        run_statement(statement(NOTE_MENTIONS), {"record": record, **columns})
