"""The lenient reading of the provider wire: what can only be meant one way is read that way."""

from collections.abc import Iterator
from dataclasses import replace

from havre.intake.providers.wires.ispws_tree import Node
from havre.intake.providers.wires.ispws_values import as_boolean, has_no_zone

TIMES = frozenset({"dateTime", "incidentDateTime", "uploadedToEspTimestamp"})
TIME_ATTRIBUTES = (
    "disabledDate",
    "reenabledDate",
    "timestamp",
    "userNotifiedDate",
    "verificationDate",
)
FLAGS = frozenset({"fileAnnotations", "reportAnnotations"})


def relaxed(node: Node) -> tuple[Node, tuple[str, ...]]:
    """A document as it is meant, and what was read otherwise than it was written."""
    warnings = list[str]()
    return _relaxed(node, warnings), tuple(warnings)


def _relaxed(node: Node, warnings: list[str]) -> Node:
    text, attributes = node.text, dict(node.attributes)
    if node.name in TIMES and has_no_zone(text):
        text = f"{text.strip()}Z"
        warnings.append(f"{node.path}: a time without a zone was read as UTC")
    for name in TIME_ATTRIBUTES:
        if has_no_zone(attributes.get(name, "")):
            attributes[name] = f"{attributes[name].strip()}Z"
            warnings.append(f"{node.path}/@{name}: a time without a zone was read as UTC")
    children = [_relaxed(child, warnings) for child in _kept(node, warnings)]
    return replace(node, text=text, attributes=attributes, children=children)


def _kept(node: Node, warnings: list[str]) -> Iterator[Node]:
    for child in node.children:
        if node.name in FLAGS and as_boolean(child.text) is False:
            warnings.append(f"{child.path}: a false flag was read as if it were not there")
        else:
            yield child
