"""The grammar of the provider wire as JSON Schema: made of it, so it can say nothing else."""

from functools import cache
from typing import Any

from havre.intake.jsondoor.wires.tree import VALUE
from havre.intake.providers.wires import ispws_grammar
from havre.intake.providers.wires import ispws_values as v
from havre.intake.providers.wires.ispws_tree import Field, Group, Leaf

Tree = dict[str, Any]
REF = "#/components/schemas/"
# Said by the address of a file, not by what is told of it.
OF_THE_ADDRESS = ("reportId", "fileId")
PLAIN: dict[v.Check, Tree] = {
    v.boolean: {"type": "boolean"},
    v.flag: {"type": "boolean"},
    v.past: {
        "type": "string",
        "format": "date-time",
        "description": "In the past, with its zone: 2026-11-01T10:00:00Z",
    },
    v.past_day: {"type": "string", "format": "date", "description": "In the past."},
    v.email: {"type": "string", "format": "email", "maxLength": v.MOST_EMAIL},
    v.url: {
        "type": "string",
        "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$",
        "maxLength": v.MOST_URL,
    },
    v.address: {"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]},
    v.decimal: {"type": "number"},
}


@cache
def schemas() -> dict[str, Tree]:
    """The schemas of a report and of what is told of a file, by name, with all they refer to."""
    found = {
        name: _group(group)
        for group, name in _named().items()
        if name not in {"Anything", "Supplement"}
    }
    details = found["FileDetails"]
    details["properties"] = {
        name: shape for name, shape in details["properties"].items() if name not in OF_THE_ADDRESS
    }
    del details["required"]
    return found


@cache
def _named() -> "dict[_ById, str]":
    named = {}
    for name, value in vars(ispws_grammar).items():
        if isinstance(value, Group) and not name.startswith("_"):
            camel = "".join(part.capitalize() for part in name.split("_"))
            named[_ById(value)] = "ReportDocument" if camel == "Report" else camel
    return named


class _ById:
    """A group as itself: two that look alike are not the same one."""

    def __init__(self, group: Group) -> None:
        self.group = group

    def __hash__(self) -> int:
        return id(self.group)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.group is self.group


def _group(named: "_ById | Group") -> Tree:
    group = named.group if isinstance(named, _ById) else named
    properties = {name: _field(known) for name, known in group.fields.items()}
    properties |= {
        name: _value(check) for name, check in group.attributes.items() if name not in properties
    }
    required = [name for name, known in group.fields.items() if known.least]
    required += group.needed
    said: Tree = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        said["required"] = required
    if group.one_of:
        said |= {"minProperties": 1, "maxProperties": 1}
    return said


def _field(known: Field) -> Tree:
    inside = _kind(known.kind)
    if known.most is not None:
        return inside
    several: Tree = {"type": "array", "items": inside}
    return several | ({"minItems": known.least} if known.least else {})


def _kind(kind: Leaf | Group) -> Tree:
    if isinstance(kind, Group):
        name = _named().get(_ById(kind))
        return {"$ref": f"{REF}{name}"} if name else _group(kind)
    plain = _value(kind.check)
    if not kind.attributes:
        return plain
    whole: Tree = {
        "type": "object",
        "properties": {VALUE: plain, **{n: _value(c) for n, c in kind.attributes.items()}},
        "additionalProperties": False,
    }
    may_be_empty = isinstance(kind.check, v.Text) and kind.check.blank
    required = [*([] if may_be_empty else [VALUE]), *kind.needed]
    if required:
        whole["required"] = required
    return whole if kind.needed else {"anyOf": [plain, whole]}


def _value(check: v.Check) -> Tree:
    match check:
        case v.Text(most=most, blank=blank):
            said: Tree = {"type": "string"} | ({"maxLength": most} if most else {})
            return said | ({} if blank else {"pattern": r"\S"})
        case v.Word(words=words):
            return {"type": "string", "enum": sorted(words)}
        case v.Number(least=least, most=most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case v.Pattern(shape=shape):
            return {"type": "string", "pattern": f"^{shape.pattern}$"}
    return PLAIN[check]
