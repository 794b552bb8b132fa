"""A file of reports as JSON Lines or as a table (CSV): its rows, whatever stands in them."""

import csv
import io
from collections.abc import Iterator, Sequence

from havre.intake.bulk.rules import (
    MOST_BYTES,
    MOST_ROWS,
    SentRow,
    Sheet,
    Told,
    UnreadableFileError,
    WrittenAs,
)
from havre.intake.bulk.wires.columns import Column, column_of, document_of

DELIMITERS = ",;\t"
MOST_FAULTS = 100
NOT_UTF8 = "is not UTF-8; save it as “CSV UTF-8” or as UTF-8"
NO_ROW = "holds no row"
# The library's own limit is 128 kB a cell, for a whole process; a conversation may be longer.
csv.field_size_limit(MOST_BYTES)


def read_sheet(source: bytes) -> Sheet:
    """The rows of a file. Raises UnreadableFileError with every fault of the file itself.

    What begins with a brace is JSON Lines: a report on each line, as the JSON door takes it.
    Everything else is a table, its first row the names of its columns.
    """
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(NOT_UTF8) from None
    is_json = text.lstrip()[:1] == "{"
    written_as = WrittenAs.JSON_LINES if is_json else WrittenAs.CSV
    rows = tuple(_lines(text) if is_json else _table(text))
    if not rows:
        raise _unreadable(NO_ROW)
    if len(rows) > MOST_ROWS:
        told = f"has {len(rows)} rows; at most {MOST_ROWS} are taken at once"
        raise _unreadable(told)
    return Sheet(written_as, rows)


def _lines(text: str) -> Iterator[SentRow]:
    for place, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if bare:
            yield SentRow(place=place, source=bare.encode())


def _table(text: str) -> Iterator[SentRow]:
    """Rows are counted as a spreadsheet counts them: the names of the columns are row 1."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] | None = None
    columns: list[Column] = []
    try:
        for place, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = [name.strip() for name in cells]
                columns = _columns(names)
            else:
                yield _row(place, names, columns, cells)
    except csv.Error:
        told = "has a quotation mark out of place; double it inside a cell"
        raise _unreadable(told, line=reader.line_num) from None


def _columns(names: Sequence[str]) -> list[Column]:
    found, faults = list[Column](), list[Told]()
    taken = set[tuple[str | int, ...]]()
    for name in names:
        column = column_of(name)
        if isinstance(column, str):
            faults.append((name[:80], column))
        elif column.steps in taken:
            faults.append((name[:80], "comes twice"))
        else:
            taken.add(column.steps)
            found.append(column)
    if faults:
        raise UnreadableFileError(tuple(faults[:MOST_FAULTS]))
    return found


def _row(
    place: int, names: Sequence[str], columns: Sequence[Column], cells: Sequence[str]
) -> SentRow:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([names, cells])
    source = written.getvalue().encode()
    if any(cell.strip() for cell in cells[len(columns) :]):
        told = f"has {len(cells)} cells, but only {len(columns)} columns have names"
        return SentRow(place=place, source=source, document={}, faults=(("", told),))
    document = document_of(zip(columns, cells, strict=False))
    return SentRow(place=place, source=source, document=document)


def _unreadable(reason: str, *, line: int | None = None) -> UnreadableFileError:
    return UnreadableFileError((("" if line is None else str(line), reason),))
