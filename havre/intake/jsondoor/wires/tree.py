"""A document of the provider wire that came as JSON, as the nodes that its grammar reads.

A name holds what the XML holds under it: a list where it may stand often, attributes beside the
elements, the text of what has attributes under `value`. Order does not count. Nothing of what a
report must be is decided here: it is held against the same grammar as XML, with the same rules.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import TypeVar

from havre.intake.providers.wires import ispws_values as v
from havre.intake.providers.wires.ispws import (
    FileDetails,
    InvalidReport,
    ReportDocument,
    details_in,
    report_in,
)
from havre.intake.providers.wires.ispws_grammar import FILE_DETAILS, REPORT
from havre.intake.providers.wires.ispws_tree import (
    MOST_NAME_SHOWN,
    MOST_PROBLEMS,
    Field,
    Group,
    Leaf,
    Node,
)

T = TypeVar("T")
VALUE = "value"
_NUMBERED = re.compile(r"\[(\d+)\]")
# A fault: its JSON pointer, and the reason.
Told = tuple[str, str]


class InvalidDocument(ValueError):  # noqa: N818 - what the wire calls it, as InvalidReport
    """JSON that is no report: every fault as a JSON pointer and a reason."""

    def __init__(self, faults: tuple[Told, ...]) -> None:
        super().__init__("; ".join(f"{at}: {reason}" for at, reason in faults))
        self.faults = faults


@dataclass(slots=True)
class Reading:
    """A document on its way to be nodes: where each stood, and what cannot be a node at all."""

    pointers: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    order: Iterator[int] = field(default_factory=lambda: count(1))
    unknown: int = 0

    @property
    def has_enough(self) -> bool:
        """Whether more faults were found than are told: what follows is not worth its cost."""
        return self.unknown + len(self.faults) > MOST_PROBLEMS

    def pointer_of(self, path: str) -> str:
        """Where in the JSON a path of the wire leads, though nothing stands at its end."""
        known, rest = path, list[str]()
        while known not in self.pointers and known:
            known, _slash, last = known.rpartition("/")
            rest.append(last.removeprefix("@"))
        steps = [self.pointers.get(known, ""), *(escaped(one) for one in reversed(rest))]
        return "/".join(steps)

    def is_below_a_fault(self, at: str) -> bool:
        """Whether a place is one that was found faulty already, or lies inside one."""
        return any(at == place or at.startswith(f"{place}/") for place in self.faults)


def read_report(raw: object, *, now: datetime, lenient: bool = False) -> ReportDocument:
    """A report in JSON. Raises InvalidDocument with every fault at once."""
    return _read(raw, "report", REPORT, lambda node: report_in(node, now=now, lenient=lenient))


def read_file_details(
    raw: object, *, report: int, file_id: str, now: datetime, lenient: bool = False
) -> FileDetails:
    """What is said of a file in JSON; the address says of which. Raises InvalidDocument."""
    named = {"reportId": report, "fileId": file_id}
    if isinstance(raw, dict):
        known = [name for name in named if name in raw]
        if known:
            raise InvalidDocument(tuple((f"/{name}", "is said by the address") for name in known))
        raw = {**raw, **named}

    def details(node: Node) -> FileDetails:
        return details_in(node, now=now, lenient=lenient)

    return _read(raw, "fileDetails", FILE_DETAILS, details)


def node_from(raw: object, name: str, grammar: Group) -> Node:
    """A document in JSON as a node that nobody looked at yet.

    Raises InvalidDocument for what cannot be one.
    """
    node, reading = _begun(raw, name, grammar)
    if reading.faults:
        raise InvalidDocument(tuple(reading.faults.items())[:MOST_PROBLEMS])
    return node


def escaped(step: str) -> str:
    """A step of a JSON pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def in_pointers(error: InvalidReport) -> tuple[Told, ...]:
    """Faults that were found once the document was read: a path of the wire, as a pointer."""
    return tuple(
        ("/" + _NUMBERED.sub(_counted_from_0, problem.path.partition("/")[2]), problem.reason)
        for problem in error.problems
    )


def _counted_from_0(number: re.Match[str]) -> str:
    return f"/{int(number[1]) - 1}"


def _read(raw: object, name: str, grammar: Group, read: Callable[[Node], T]) -> T:
    node, reading = _begun(raw, name, grammar)
    found = dict(reading.faults)
    result: T | None = None
    try:
        result = read(node)
    except InvalidReport as error:
        for problem in error.problems:
            at = reading.pointer_of(problem.path)
            if not reading.is_below_a_fault(at):
                found.setdefault(at, problem.reason)
    if found or result is None:
        raise InvalidDocument(tuple(found.items())[:MOST_PROBLEMS])
    return result


def _begun(raw: object, name: str, grammar: Group) -> tuple[Node, Reading]:
    reading = Reading()
    return _node(raw, name, grammar, path=name, at="", reading=reading), reading


def _node(
    raw: object, name: str, kind: Leaf | Group | None, *, path: str, at: str, reading: Reading
) -> Node:
    """What stands in JSON under a name, as a node."""
    reading.pointers[path] = at
    node = Node(name=name, text="", line=next(reading.order), path=path, attributes={}, children=[])
    if kind is None:  # the grammar says that nothing of this name is known
        return node
    if isinstance(kind, Leaf):
        _fill_leaf(node, raw, kind, at, reading)
    elif isinstance(raw, dict):
        _fill_group(node, raw, kind, at, reading)
    else:
        reading.faults[at] = "must be an object"
    return node


def _fill_leaf(node: Node, raw: object, kind: Leaf, at: str, reading: Reading) -> None:
    if isinstance(raw, dict) and kind.attributes:
        for name, value in raw.items():
            if name != VALUE:
                _attribute(node, name, value, kind.attributes, reading)
        at = f"{at}/{VALUE}"
        reading.pointers[node.path] = at
        if VALUE in raw:
            node.text = _text(raw[VALUE], kind.check, at, reading)
        elif kind.check("", datetime.max):  # noqa: DTZ901 - no check of an empty text asks the time
            reading.faults[at] = "is missing"
        return
    node.text = _text(raw, kind.check, at, reading)


def _fill_group(
    node: Node, raw: Mapping[str, object], kind: Group, at: str, reading: Reading
) -> None:
    for name, value in raw.items():
        place = f"{at}/{escaped(name)}"
        if name in kind.attributes and name not in kind.fields:
            _attribute(node, name, value, kind.attributes, reading)
            continue
        known = kind.fields.get(name)
        reading.unknown += known is None
        if reading.has_enough:
            continue
        path = f"{node.path}/{name[:MOST_NAME_SHOWN]}"
        if known is not None and known.most is None:
            node.children += _several(value, known, path, place, reading)
        elif not (value is False and known and _is_flag(known.kind)):
            inner = known.kind if known else None
            child = _node(value, name, inner, path=path, at=place, reading=reading)
            node.children.append(child)
    if kind.in_order:
        ranks = {name: known.rank for name, known in kind.fields.items()}
        node.children.sort(key=lambda child: ranks.get(child.name, len(ranks)))


def _several(raw: object, known: Field, path: str, at: str, reading: Reading) -> Iterator[Node]:
    if not isinstance(raw, list):
        reading.pointers[path] = at
        reading.faults[at] = "must be a list"
        return
    for place, value in enumerate(raw):
        if reading.has_enough:
            return
        numbered = f"{path}[{place + 1}]" if len(raw) > 1 else path
        yield _node(
            value, known.name, known.kind, path=numbered, at=f"{at}/{place}", reading=reading
        )


def _attribute(
    node: Node, name: str, raw: object, known: Mapping[str, v.Check], reading: Reading
) -> None:
    place = f"{reading.pointers[node.path]}/{escaped(name)}"
    reading.pointers[f"{node.path}/@{name[:MOST_NAME_SHOWN]}"] = place
    check = known.get(name)
    node.attributes[name] = _text(raw, check, place, reading) if check else ""


def _text(raw: object, check: v.Check, at: str, reading: Reading) -> str:
    """A value of JSON as the text that XML would hold; of the type that it must be."""
    wanted = "text"
    if check in {v.boolean, v.flag}:
        wanted = "true or false"
        if isinstance(raw, bool):
            return "true" if raw else "false"
    elif isinstance(check, v.Number) or check is v.decimal:
        wanted = "a number"
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return _digits(raw)
    elif isinstance(raw, str):
        return raw
    reading.faults[at] = f"must be {wanted}"
    return ""


def _digits(raw: object) -> str:
    """A number as XML would hold it: to JSON, 3.0 is a whole one."""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) <= v.MOST_LONG:
        return str(int(raw))
    return str(raw)


def _is_flag(kind: Leaf | Group) -> bool:
    return isinstance(kind, Leaf) and kind.check is v.flag
