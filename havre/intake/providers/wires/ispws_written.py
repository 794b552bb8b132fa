"""A document of the provider wire written as XML, as its published schema has it.

We read an attribute in each of the places where schema, documentation and clients put it. Whoever
else reads the document may know the schema's alone, so that is where it is written.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from havre.intake.providers.wires.ispws_answer import DECLARATION, UNPRINTABLE
from havre.intake.providers.wires.ispws_tree import Node

# What a parser would read as a plain blank, or not at all.
_IN_TEXT = str.maketrans({"\r": "&#13;"})
_IN_ATTRIBUTES = str.maketrans({"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def written(root: Node) -> bytes:
    """A document as XML bytes."""
    return f"{DECLARATION}\n{_element(root)}".encode()


def as_published(root: Node) -> tuple[Node, tuple[str, ...]]:
    """A document with every attribute at its place in the schema, and what has no place there."""
    left = list[str]()
    (whole,) = _published(root, left)
    return whole, tuple(left)


def a_node(name: str, text: str = "") -> Node:
    """An element that holds text."""
    return Node(name=name, text=text, line=1, path=name, attributes={}, children=[])


def _element(node: Node) -> str:
    attributes = "".join(
        f' {name}="{_plain(said, quote=True).translate(_IN_ATTRIBUTES)}"'
        for name, said in node.attributes.items()
    )
    inside = "".join(map(_element, node.children))
    text = inside or _plain(node.text, quote=False).translate(_IN_TEXT)
    return f"<{node.name}{attributes}>{text}</{node.name}>"


def _plain(said: str, *, quote: bool) -> str:
    return escape(UNPRINTABLE.sub("\ufffd", said), quote=quote)


def _published(node: Node, left: list[str]) -> Iterator[Node]:
    children = [new for child in node.children for new in _published(child, left)]
    same = replace(node, attributes=dict(node.attributes), children=children)
    if node.name == "details":
        yield from _by_type(same)
        return
    if node.name == "associatedAccount":
        _settle_account(same)
    elif node.name == "lawEnforcement":
        _settle_country(same, left)
    yield same


def _by_type(details: Node) -> Iterator[Node]:
    """A type that stands at the pairs moves to what holds them: one for each type."""
    pairs: dict[str, list[Node]] = {}
    for pair in details.children:
        kind = pair.attributes.pop("type", "") or details.attributes.get("type", "")
        pairs.setdefault(kind, []).append(pair)
    for kind, those in pairs.items():
        yield replace(details, attributes={"type": kind} if kind else {}, children=those)


def _settle_account(account: Node) -> None:
    said = account.attributes
    kind, user = said.pop("accountType", ""), said.pop("thirdPartyUser", "")
    if kind:
        said.setdefault("type", kind)
    if not user:
        return
    platform = account.first("platform")
    if platform is None:
        platform = a_node("platform")
        account.children.insert(0, platform)
    platform.attributes.setdefault("thirdPartyUser", user)


def _settle_country(agency: Node, left: list[str]) -> None:
    country = agency.attributes.pop("fleaCountry", "")
    served = agency.first("servedLegalProcessInternational")
    if country and served is not None:
        served.attributes.setdefault("fleaCountry", country)
    elif country:
        left.append(f"lawEnforcement/@fleaCountry: {country}")
