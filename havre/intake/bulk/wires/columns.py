"""The columns of a table of reports: the names of the JSON door, joined by dots.

`personOrUserReported.ipCaptureEvent.ipAddress` is a column; where a thing may stand often, a number
says which one is meant: `reporter.reportingPerson.email[2]`. An empty cell says nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from havre.intake.jsondoor.wires.tree import VALUE
from havre.intake.providers.wires import ispws_values as v
from havre.intake.providers.wires.ispws_grammar import REPORT
from havre.intake.providers.wires.ispws_tree import Group, Leaf

_STEP = re.compile(r"([A-Za-z][A-Za-z0-9]*)(?:\[([1-9][0-9]?)\])?")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_FRACTION = re.compile(r"-?[0-9]{1,9}\.[0-9]{1,12}")
# As spreadsheets write them, in English and in French.
_TRUTH = {"true": True, "vrai": True, "false": False, "faux": False}
Steps = tuple[str | int, ...]
# With these columns a table is whole.
ENOUGH = (
    "incidentSummary.incidentType",
    "incidentSummary.incidentDateTime",
    "reporter.reportingPerson.firstName",
    "reporter.reportingPerson.email",
    "personOrUserReported.screenName",
    "personOrUserReported.ipCaptureEvent.ipAddress",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, where its cells stand in a report, and what they are held against."""

    name: str
    steps: Steps
    check: v.Check


def column_of(name: str) -> Column | str:
    """The column of a name; or why there is none."""
    kind: Group | Leaf = REPORT
    steps: Steps = ()
    for part in name.split("."):
        step = _STEP.fullmatch(part)
        if step is None:
            return "is no name of a column, such as reporter.reportingPerson.email[2]"
        inside = _inside(kind, step[1], step[2])
        if isinstance(inside, str):
            return inside
        more, next_kind = inside
        steps += more
        kind = next_kind
    if isinstance(kind, Group):
        return "holds fields; name one of them behind a dot"
    # What has attributes is an object whose text is its value.
    last = (VALUE,) if kind.attributes else ()
    return Column(name, steps + last, kind.check)


def _inside(kind: Group | Leaf, word: str, number: str | None) -> tuple[Steps, Group | Leaf] | str:
    """Where a name leads inside of something, and what stands there; or why nothing does."""
    known = kind.fields.get(word) if isinstance(kind, Group) else None
    if known is not None:
        if known.most is None:
            return (word, int(number or 1) - 1), known.kind
        return f"may stand once: leave out [{number}]" if number else ((word,), known.kind)
    check = kind.attributes.get(word)
    if isinstance(kind, Leaf) and word == VALUE and kind.attributes:
        check = kind.check
    if check is None or number:
        return "is not known here"
    return (word,), Leaf(check=check)


def document_of(cells: Iterable[tuple[Column, str]]) -> dict[str, object]:
    """The report that a row's cells come to, as the JSON door takes it."""
    whole: dict[Any, Any] = {}
    for column, cell in cells:
        if not cell.strip():
            continue
        inside = whole
        for step in column.steps[:-1]:
            inside = inside.setdefault(step, {})
        inside[column.steps[-1]] = _typed(cell, column.check)
    said = _with_lists(whole)
    return said if isinstance(said, dict) else {}


def _typed(cell: str, check: v.Check) -> object:
    text = cell.strip()
    if check in {v.boolean, v.flag}:
        return _TRUTH.get(text.lower(), text)
    if (isinstance(check, v.Number) or check is v.decimal) and _WHOLE.fullmatch(text):
        return int(text)
    if check is v.decimal and _FRACTION.fullmatch(text):
        return float(text)
    return cell


def _with_lists(inside: object) -> object:
    """What was counted becomes a list, in its order; who left out a number is not punished."""
    if not isinstance(inside, dict):
        return inside
    if all(isinstance(step, int) for step in inside):
        return [_with_lists(inside[step]) for step in sorted(inside)]
    return {step: _with_lists(value) for step, value in inside.items()}


def as_column(pointer: str) -> str:
    """A place in a report as the column that says it."""
    name = ""
    for step in pointer.split("/")[1:]:
        if step.isdecimal():
            name += f"[{int(step) + 1}]" if step != "0" else ""
        elif step != VALUE:
            name += f".{step}" if name else step
    return name
