"""Rows of a watch list that an agency brings from its own system, read from CSV."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from havre.identifiers.rules.words import Kind

MOST_ROWS = 500
LONGEST_FILE = 200_000
COLUMNS = ("kind", "platform", "value")


class NotAListError(ValueError):
    """The file has not the columns kind, platform and value, is empty, or is too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A line of the file; `kind` is None where it names none of ours."""

    line: int
    kind: Kind | None
    platform: str
    value: str


def rows_in(text: str) -> tuple[ListRow, ...]:
    """The rows of a list, with the number of each one's line. Raises NotAListError."""
    found = csv.DictReader(StringIO(text.lstrip("\ufeff")), skipinitialspace=True)
    try:
        head = {name.strip().lower() for name in found.fieldnames or () if name}
        rows = tuple(_rows(found))
    except csv.Error as error:
        raise NotAListError from error
    if not {"kind", "value"} <= head or not rows or len(rows) > MOST_ROWS:
        raise NotAListError
    return rows


def _rows(found: "csv.DictReader[str]") -> Iterator[ListRow]:
    kinds = {kind.value: kind for kind in Kind}
    for row in found:
        cells = {
            name.strip().lower(): cell.strip()
            for name, cell in row.items()
            if isinstance(name, str) and isinstance(cell, str)
        }
        kind, value = cells.get("kind", "").lower(), cells.get("value", "")
        if kind or value:
            platform = cells.get("platform", "")
            yield ListRow(line=found.line_num, kind=kinds.get(kind), platform=platform, value=value)
