"""A document of the provider wire as plain nodes, held against its grammar: every fault at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from havre.intake.providers.wires.ispws_values import Check, as_boolean
from havre.intake.providers.wires.safe_xml import XmlElement

# A thousand faults help nobody more than a hundred do.
MOST_PROBLEMS = 100
# A made-up element name may be 50,000 characters long.
MOST_NAME_SHOWN = 80

_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a document: where it stands, on which line, and what to do about it."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path} (line {self.line}): {self.reason}"


class InvalidReport(ValueError):  # noqa: N818 - what the wire calls "validation failed", code 4100
    """A document that is XML, but not a report. `problems` holds every fault, in their order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """An element that holds text."""

    check: Check
    attributes: Mapping[str, Check] = field(default_factory=dict)
    needed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """An element inside another: how often it may stand there. `rank` is its place in order."""

    name: str
    kind: "Leaf | Group"
    least: int
    most: int | None
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An element that holds elements: in order, in any order, or just one of a choice."""

    fields: Mapping[str, Field]
    attributes: Mapping[str, Check] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    in_order: bool = True
    one_of: bool = False
    # Whatever it holds is looked at elsewhere.
    is_open: bool = False
    # The names of those that must stand there.
    required: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        required = frozenset(name for name, each in self.fields.items() if each.least)
        object.__setattr__(self, "required", required)


@dataclass(slots=True, kw_only=True)
class Node:
    """One element. `taken` and `taken_attributes` are what a reader has found a home for."""

    name: str
    text: str
    line: int
    path: str
    attributes: dict[str, str]
    children: list["Node"]
    taken: bool = False
    taken_attributes: set[str] = field(default_factory=set)

    def all(self, name: str) -> list["Node"]:
        """The elements of a name directly inside this one."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        """The first element of a name directly inside this one."""
        return next((child for child in self.children if child.name == name), None)

    def within(self) -> list["Node"]:
        """The element itself and everything inside it, in document order."""
        found, waiting = list["Node"](), [self]
        while waiting:
            node = waiting.pop()
            found.append(node)
            if node.children:
                waiting.extend(reversed(node.children))
        return found

    def take(self) -> str:
        """The element's text, which now has a home."""
        self.taken = True
        return self.text.strip()

    def said(self, name: str) -> str:
        """The text of the first element of a name, taken; "" where there is none."""
        child = self.first(name)
        return child.take() if child else ""

    def attribute(self, name: str) -> str:
        """An attribute, taken; "" where there is none."""
        self.taken_attributes.add(name)
        return self.attributes.get(name, "").strip()

    def truth(self, name: str) -> bool | None:
        """The boolean in the first element of a name, taken; None where there is none."""
        return as_boolean(self.said(name))


def one(name: str, kind: Leaf | Group) -> Field:
    """An element that must stand exactly once."""
    return Field(name, kind, 1, 1)


def maybe(name: str, kind: Leaf | Group) -> Field:
    """An element that may stand once."""
    return Field(name, kind, 0, 1)


def many(name: str, kind: Leaf | Group, *, least: int = 0) -> Field:
    """An element that may stand any number of times."""
    return Field(name, kind, least, None)


def sequence(
    *fields: Field,
    attributes: Mapping[str, Check] | None = None,
    needed: tuple[str, ...] = (),
) -> Group:
    """Elements in this order."""
    return Group(fields=_ranked(fields), attributes=attributes or {}, needed=needed)


def anyhow(*fields: Field) -> Group:
    """Elements in any order."""
    return Group(fields=_ranked(fields), in_order=False)


def choice(*fields: Field) -> Group:
    """Exactly one of these elements."""
    return Group(fields=_ranked(fields), in_order=False, one_of=True)


def node_of(element: XmlElement, path: str = "") -> Node:
    """An element and all inside it as plain nodes. The depth is bounded by safe_xml."""
    name, inside = str(element.tag), list(element)
    own_path = path or name[:MOST_NAME_SHOWN]
    text = element.text or ""
    if inside:  # most elements hold text alone
        text = "".join([text, *(child.tail or "" for child in inside)])
    return Node(
        name=name,
        text=text,
        line=cast("int | None", element.sourceline) or 1,
        path=own_path,
        attributes={
            str(name): str(value)
            for name, value in element.items()
            if not str(name).startswith(_SCHEMA_INSTANCE)
        },
        children=_nodes_of(inside, own_path) if inside else [],
    )


def _nodes_of(elements: list[XmlElement], path: str) -> list[Node]:
    names = [str(element.tag) for element in elements]
    if len(set(names)) == len(names):
        places = [""] * len(names)
    else:
        counts, seen = Counter(names), Counter[str]()
        places = []
        for name in names:
            seen[name] += 1
            places.append(f"[{seen[name]}]" if counts[name] > 1 else "")
    return [
        node_of(element, f"{path}/{name[:MOST_NAME_SHOWN]}{place}")
        for element, name, place in zip(elements, names, places, strict=True)
    ]


def faults(node: Node, kind: Leaf | Group, *, now: datetime) -> Iterator[Problem]:
    """Everything wrong with a node and what is inside it, in document order."""
    if isinstance(kind, Group) and kind.is_open:
        return
    if node.attributes or kind.needed:
        yield from _faulty_attributes(node, kind, now)
    if isinstance(kind, Leaf):
        if node.children:
            yield Problem(node.path, node.line, "holds text only, no elements")
        elif reason := kind.check(node.text, now):
            yield Problem(node.path, node.line, reason)
        return
    if node.text.strip():
        yield Problem(node.path, node.line, "holds elements only, no text")
    yield from _faulty_number(node, kind)
    reached = 0
    for child in node.children:
        field_of = kind.fields.get(child.name)
        if field_of is None:
            yield Problem(
                child.path, child.line, f"is not known inside {node.name[:MOST_NAME_SHOWN]}"
            )
            continue
        if kind.in_order and field_of.rank < reached:
            before = next(name for name, f in kind.fields.items() if f.rank == reached)
            yield Problem(child.path, child.line, f"must stand before {before}")
        reached = max(reached, field_of.rank)
        yield from faults(child, field_of.kind, now=now)


def _ranked(fields: tuple[Field, ...]) -> dict[str, Field]:
    return {f.name: Field(f.name, f.kind, f.least, f.most, n) for n, f in enumerate(fields)}


def _faulty_attributes(node: Node, kind: Leaf | Group, now: datetime) -> Iterator[Problem]:
    for name in kind.needed:
        if name not in node.attributes:
            yield Problem(f"{node.path}/@{name}", node.line, "is missing")
    for name, value in node.attributes.items():
        check = kind.attributes.get(name)
        reason = check(value, now) if check else f"is not known on {node.name[:MOST_NAME_SHOWN]}"
        if reason:
            yield Problem(f"{node.path}/@{name[:MOST_NAME_SHOWN]}", node.line, reason)


def _faulty_number(node: Node, kind: Group) -> Iterator[Problem]:
    names = [child.name for child in node.children]
    once = set(names)
    if not kind.one_of and len(once) == len(names) and once >= kind.required:
        return  # as most do: no need to go through all that it might hold
    counts = Counter(names)
    for name, field_of in kind.fields.items():
        if counts[name] < field_of.least:
            yield Problem(f"{node.path}/{name}", node.line, "is missing")
        if field_of.most is not None and counts[name] > field_of.most:
            reason = f"may stand {field_of.most} time at most, not {counts[name]}"
            yield Problem(f"{node.path}/{name}", node.line, reason)
    if kind.one_of and sum(counts.values()) != 1:
        listed = ", ".join(kind.fields)
        yield Problem(node.path, node.line, f"must hold exactly one of {listed}")
