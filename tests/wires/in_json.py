"""The wire's XML documents as the JSON door would be sent them, and a small reader of schemas."""

import re
from typing import Any

from havre.intake.jsondoor.wires.schema import REF, schemas
from havre.intake.providers.wires import ispws_values as v
from havre.intake.providers.wires.ispws_grammar import FILE_DETAILS, REPORT
from havre.intake.providers.wires.ispws_tree import Group, Leaf, Node, node_of
from havre.intake.providers.wires.safe_xml import safe_xml

TYPES = {
    "array": list,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "object": dict,
    "string": str,
}


def in_json(document: bytes) -> Any:
    """A report, or the details of a file without its ids, as JSON holds them."""
    root = node_of(safe_xml(document, most_bytes=10**7))
    if root.name != "fileDetails":
        return _value(root, REPORT)
    return _value(root, FILE_DETAILS, but=("reportId", "fileId"))


def _value(node: Node, kind: Leaf | Group | None, but: tuple[str, ...] = ()) -> Any:
    attributes = {
        name: _plain(said, kind.attributes.get(name) if kind else None)
        for name, said in node.attributes.items()
    }
    if not isinstance(kind, Group):
        said = _plain(node.text, kind.check if kind else None)
        value = {} if said == "" and attributes else {"value": said}
        return {**value, **attributes} if attributes else said
    found: dict[str, Any] = dict(attributes)
    for child in node.children:
        if child.name in but:
            continue
        known = kind.fields.get(child.name)
        value = _value(child, known.kind if known else None)
        if (known and known.most is None) or child.name in found:
            before = found.get(child.name, [])
            found[child.name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            found[child.name] = value
    return found


def _plain(said: str, check: v.Check | None) -> Any:
    text = said.strip()
    if check is v.flag and not text:
        return True
    if check in {v.flag, v.boolean}:
        return {"true": True, "1": True, "false": False, "0": False}.get(text, said)
    if isinstance(check, v.Number) and re.fullmatch(r"-?\d+", text):
        return int(text)
    if check is v.decimal and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    return said


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value fits a schema of the door's; formats are left to the door."""
    if "$ref" in schema:
        return fits(value, schemas()[schema["$ref"].removeprefix(REF)])
    choices = [one for one in schema.get("anyOf", []) if set(one) != {"format"}]
    if choices:
        return any(fits(value, one) for one in choices)
    wanted = schema.get("type")
    if wanted and (
        not isinstance(value, TYPES[wanted])
        or (isinstance(value, bool) and wanted in {"integer", "number"})
    ):
        return False
    parts = {dict: _object_fits, list: _list_fits, str: _text_fits, bool: lambda *_: True}
    return parts.get(type(value), _number_fits)(value, schema)


def _list_fits(value: list[Any], schema: dict[str, Any]) -> bool:
    inside = schema["items"]
    return len(value) >= schema.get("minItems", 0) and all(fits(one, inside) for one in value)


def _text_fits(value: str, schema: dict[str, Any]) -> bool:
    long = len(value) > schema.get("maxLength", 10**9)
    odd = "pattern" in schema and not re.search(schema["pattern"], value)
    return not long and not odd and value in schema.get("enum", [value])


def _number_fits(value: float, schema: dict[str, Any]) -> bool:
    return schema.get("minimum", value) <= value <= schema.get("maximum", value)


def _object_fits(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    properties = schema.get("properties", {})
    return (
        set(schema.get("required", [])) <= set(value) <= set(properties)
        and schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", 10**9)
        and all(fits(one, properties[name]) for name, one in value.items())
    )
