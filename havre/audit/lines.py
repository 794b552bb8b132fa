"""One line of the log, and its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import rfc8785

from havre.audit.rules import Detail

LINE_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the log as plain facts. Details hold ids and counts, never typed text."""

    id: UUID
    at: datetime
    event: str
    actor: str
    agency: str
    about_kind: str
    about: str
    details: Mapping[str, Detail]
    salt: bytes
    version: int = LINE_VERSION


def canonical_bytes(line: Line) -> bytes:
    """The line's one byte form: RFC 8785 JSON. A Merkle leaf hashes exactly these bytes."""
    return rfc8785.dumps(
        {
            "about": line.about,
            "about_kind": line.about_kind,
            "actor": line.actor,
            "agency": line.agency,
            "at": line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "details": dict(line.details),
            "event": line.event,
            "id": str(line.id),
            "salt": line.salt.hex(),
            "version": line.version,
        }
    )
