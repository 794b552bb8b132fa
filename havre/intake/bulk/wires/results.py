"""What came of the rows of a file, as a table to keep (CSV)."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet takes a cell that begins like this for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
Line = tuple[int, str, int | None, Sequence[tuple[str, str]]]


def results_table(head: Sequence[str], lines: Iterable[Line]) -> bytes:
    """One row for each row of the file: its number, what came of it, and every fault.

    Begins with the mark by which spreadsheets know UTF-8.
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(head)
    for place, outcome, number, faults in lines:
        told = "\n".join(f"{at}: {reason}" if at else reason for at, reason in faults)
        table.writerow([place, outcome, "" if number is None else number, _plain(told)])
    return written.getvalue().encode("utf-8-sig")


def _plain(told: str) -> str:
    return f"'{told}" if told.startswith(FORMULAS) else told
