"""Specimens made from our schema: for each element, attribute and limit one that holds it and
mutants that break it. The schema is walked, so nothing that it names can be forgotten.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from havre.intake.providers.schema import schema

XS = "{http://www.w3.org/2001/XMLSchema}"
SCHEMA = etree.fromstring(schema())
COMPILED = etree.XMLSchema(SCHEMA)
TYPES = {kind.get("name"): kind for kind in SCHEMA.iter(f"{XS}simpleType", f"{XS}complexType")}
# A value for each kind of the schema that is not made of words or of plain text.
VALUES = {
    "xs:string": "The pier at noon.",
    "xs:boolean": "true",
    "xs:dateTime": "2026-11-01T10:00:00Z",
    "xs:date": "1986-11-01",
    "xs:double": "49.9",
    "reason": "He asked to meet on Saturday.",
    "url": "https://example.com/pier",
    "emailAddress": "dock.master@example.com",
    "network": "192.0.2.17",
    "age": "41",
    "port": "40000",
    "reportNumber": "7855763",
    "fileNumber": "ab12",
    "callingCode": "+44",
    "extension": "12",
}
BROKEN = {
    "xs:boolean": "maybe",
    "xs:dateTime": "yesterday",
    "xs:date": "2010-02-30",
    "xs:double": "north",
    "reason": "   ",
    "url": "no address",
    "emailAddress": "dock master",
    "network": "the pier",
    "age": "151",
    "port": "0",
    "reportNumber": "first",
    "fileNumber": "a b",
    "callingCode": "44",
    "extension": "twelve",
}
LIMITS = {"age": ("150", "151"), "port": ("65535", "65536")}
NEEDED_ATTRIBUTES = {"associatedAccount": ("type", "Other")}


@dataclass
class Specimen:
    """One document, what it is about, and whether it should be taken."""

    about: str
    document: bytes
    is_valid: bool


@dataclass
class Spot:
    """A place in the tree of elements, from the root down."""

    steps: tuple[etree._Element, ...]

    @property
    def path(self) -> str:
        return "/".join(step.get("name") for step in self.steps)

    @property
    def declaration(self) -> etree._Element:
        return self.steps[-1]


def parts_of(name: str) -> list[etree._Element]:
    """The elements that a type holds, in order."""
    kind = TYPES.get(name)
    if kind is None or kind.tag != f"{XS}complexType":
        return []
    return list(kind.iter(f"{XS}element"))


def attributes_of(name: str) -> list[etree._Element]:
    kind = TYPES.get(name)
    return list(kind.iter(f"{XS}attribute")) if kind is not None else []


def text_kind(name: str) -> str:
    """The simple type of what an element or attribute holds as text."""
    kind = TYPES.get(name)
    base = kind.find(f".//{XS}extension") if kind is not None else None
    return text_kind(base.get("base")) if base is not None else name


def most_of(name: str) -> int | None:
    found = TYPES[name].find(f".//{XS}maxLength") if name in TYPES else None
    return int(found.get("value")) if found is not None else None


def words_of(name: str) -> list[str]:
    kind = TYPES.get(name)
    return [w.get("value") for w in kind.iter(f"{XS}enumeration")] if kind is not None else []


def value_of(name: str) -> str:
    kind = text_kind(name)
    if words := [word for word in words_of(kind) if word]:
        return words[0]
    return VALUES.get(kind, "pier")


def spots(root: str) -> Iterator[Spot]:
    """Every place where an element may stand, from the root down."""
    first = SCHEMA.find(f"{XS}element[@name='{root}']")
    waiting = [Spot((first,))]
    while waiting:
        spot = waiting.pop()
        yield spot
        waiting.extend(Spot((*spot.steps, part)) for part in parts_of(spot.declaration.get("type")))


def is_choice(name: str) -> bool:
    kind = TYPES.get(name)
    return kind is not None and kind.find(f"{XS}choice") is not None


def built(declaration: etree._Element, wanted: tuple[etree._Element, ...] = ()) -> etree._Element:
    """The smallest element of a declaration that holds the wanted one inside."""
    name, kind = declaration.get("name"), declaration.get("type")
    node = etree.Element(name)
    for attribute in attributes_of(kind):
        if attribute.get("use") == "required":
            node.set(attribute.get("name"), value_of(attribute.get("type")))
    if name in NEEDED_ATTRIBUTES:
        node.set(*NEEDED_ATTRIBUTES[name])
    parts = parts_of(kind)
    if not parts:
        node.text = value_of(kind)
        return node
    for part in parts:
        in_choice = part.getparent().tag == f"{XS}choice"
        is_wanted = bool(wanted) and part is wanted[0]
        must = part.get("minOccurs") != "0" and not in_choice
        if is_wanted or must or (is_choice(kind) and not wanted and part is parts[0]):
            node.append(built(part, wanted[1:] if is_wanted else ()))
    return node


def whole(spot: Spot) -> tuple[etree._Element, etree._Element]:
    """The smallest valid document that holds a spot, and the element there."""
    root = built(spot.steps[0], spot.steps[1:])
    node = root
    for step in spot.steps[1:]:
        node = node.find(step.get("name"))
    mended(root)
    return root, node


def mended(root: etree._Element) -> None:
    """What the rules beyond the schema ask for: a reporter's e-mail, an e-mail that is known."""
    for person in root.iter("reportingPerson"):
        if person.find("email") is None:
            email = etree.Element("email")
            email.text = "desk@example.com"
            after = [n for n in person if n.tag in {"firstName", "lastName", "phone"}]
            person.insert(len(after), email)
    if next(root.iter("emailAddress"), None) is not None:
        account = etree.fromstring(
            "<personOrUserReported><personOrUserReportedPerson>"
            "<email>dock.master@example.com</email>"
            "</personOrUserReportedPerson></personOrUserReported>"
        )
        root.find("reporter").addnext(account)
    viewed = root.find("exifViewedByEsp")
    if viewed is not None and root.find("fileViewedByEsp") is None:
        told = etree.Element("fileViewedByEsp")
        told.text = "true"
        viewed.addprevious(told)
    batch = root.find("batchedReport")
    if batch is not None:
        for name in ("internetDetails", "lawEnforcement", "intendedRecipient", "victim"):
            for node in root.findall(name):
                root.remove(node)


def written(root: etree._Element) -> bytes:
    return etree.tostring(root)


def specimens(root: str) -> Iterator[Specimen]:
    """Every specimen of one kind of document."""
    for spot in spots(root):
        yield from _of_the_element(spot)
        yield from _of_its_text(spot)
        yield from _of_its_attributes(spot)


def _of_the_element(spot: Spot) -> Iterator[Specimen]:
    document, node = whole(spot)
    yield Specimen(f"{spot.path}", written(document), is_valid=True)
    if len(spot.steps) == 1:
        return
    declaration, parent = spot.declaration, node.getparent()
    beside = deepcopy(document)
    place = document.getroottree().getpath(parent)
    unknown = etree.SubElement(beside.xpath(place)[0], "harborBell")
    unknown.text = "noon"
    yield Specimen(f"{spot.path}: unknown beside it", written(beside), is_valid=False)
    if declaration.get("maxOccurs") != "unbounded":
        twice, again = whole(spot)
        again.addnext(deepcopy(again))
        yield Specimen(f"{spot.path}: twice", written(twice), is_valid=False)
    if declaration.get("minOccurs") != "0" and declaration.getparent().tag != f"{XS}choice":
        without, gone = whole(spot)
        gone.getparent().remove(gone)
        yield Specimen(f"{spot.path}: left out", written(without), is_valid=False)


def _of_its_text(spot: Spot) -> Iterator[Specimen]:
    kind = text_kind(spot.declaration.get("type"))
    if parts_of(kind):
        return
    for value, is_valid, what in values(kind, is_fixed="fixed" in spot.declaration.attrib):
        document, node = whole(spot)
        if node.tag == "emailAddress" and is_valid:
            known = document.find(".//personOrUserReportedPerson/email")
            known.text = value
        node.text = value
        yield Specimen(f"{spot.path} {what}", written(document), is_valid)


def _of_its_attributes(spot: Spot) -> Iterator[Specimen]:
    for attribute in attributes_of(spot.declaration.get("type")):
        name, kind = attribute.get("name"), text_kind(attribute.get("type"))
        for value, is_valid, what in values(kind):
            document, node = whole(spot)
            node.set(name, value)
            if name == "verificationDate":
                node.set("verified", "true")
            yield Specimen(f"{spot.path}/@{name} {what}", written(document), is_valid)
        if attribute.get("use") == "required":
            document, node = whole(spot)
            del node.attrib[name]
            yield Specimen(f"{spot.path}/@{name}: left out", written(document), is_valid=False)


def values(kind: str, *, is_fixed: bool = False) -> Iterator[tuple[str, bool, str]]:
    """Values of a simple type with whether they are right: words, limits, and a broken one."""
    if words := words_of(kind):
        yield from ((word, True, f"= {word}") for word in words[:: max(1, len(words) // 9)])
        yield "harbor", False, ": another word"
        return
    if is_fixed:
        yield "", True, ": empty"
        yield "false", False, ": false"
    if kind in LIMITS:
        for value, is_valid in zip(LIMITS[kind], (True, False), strict=True):
            yield value, is_valid, f"= {value}"
    most = most_of(kind)
    if most and re.fullmatch(r"text\d+|reason|url", kind):
        start = "https://example.com/" if kind == "url" else ""
        yield start + "a" * (most - len(start)), True, f": {most} characters"
        yield start + "a" * (most - len(start) + 1), False, f": {most + 1} characters"
    if kind == "emailAddress":
        yield f"{'a' * 64}@{'b' * 190}", True, ": 255 characters, 64 before the @"
        yield f"{'a' * 65}@example.com", False, ": 65 before the @"
        yield f"{'a' * 64}@{'b' * 191}", False, ": 256 characters"
    if kind == "extension":
        yield "1" * 10, True, ": 10 digits"
        yield "1" * 11, False, ": 11 digits"
    yield VALUES.get(kind, "pier"), True, ": well"
    if kind in BROKEN:
        yield BROKEN[kind], False, ": broken"
