"""What goes to the other side where no XML of it came: the same report, as that wire writes it.

Whatever was filed as JSON, in a row of a table or as XARF was held against the grammar of the wire,
so there is one way to write it. Nothing is invented: what has no field there stands in
`additionalInfo` under its own name. A supplement becomes a report that names the first one.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from havre.intake.bulk.rules import BulkRefusedError
from havre.intake.bulk.wires.sheets import read_sheet
from havre.intake.jsondoor.wires.tree import InvalidDocument, node_from
from havre.intake.mirrors.rules import NOT_XML, SUPPLEMENT, UNREADABLE, Remark
from havre.intake.mirrors.wires.calls import MOST_DOCUMENT_BYTES, NotOfThisWireError
from havre.intake.providers.wires.ispws_grammar import FILE_DETAILS, REPORT, REPORTED
from havre.intake.providers.wires.ispws_lenient import relaxed
from havre.intake.providers.wires.ispws_tree import Group, Node, faults, node_of
from havre.intake.providers.wires.ispws_written import a_node, as_published, written
from havre.intake.providers.wires.safe_xml import MalformedXml, safe_xml
from havre.intake.xarf.wires.documents import whole_report

MARK, XML, JSON = b"\xef\xbb\xbf", b"<", b"{"
Remarks = tuple[Remark, ...]


def report_for(source: bytes, *, adds_to: str = "", now: datetime) -> tuple[bytes, Remarks]:
    """The report that goes there, and what is to be said of it; byte for byte where it can.

    `adds_to` is the other side's number of the report that a supplement adds to. Raises
    NotOfThisWireError with the code of why it cannot go.
    """
    first, remarks = _first_byte(source), list[Remark]()
    if first == XML:
        root = _parsed(source)
        if root.name == "report" and not adds_to:
            return source, ()
        report = root if root.name == "report" else root.first("report")
        if report is None:
            raise NotOfThisWireError(NOT_XML)
    else:
        raw, made_of = _said_in(source, first)
        report, remarks = _node(raw, "report", REPORT), [made_of]
    report, left = as_published(relaxed(report)[0])
    told = list(left)
    if adds_to:
        report = _adding_to(report, adds_to)
        told.insert(0, f"This adds to report {adds_to}, which was sent before.")
        remarks.append(Remark.NEW_REPORT)
    return _held(_with_more(report, told), REPORT, now, NOT_XML), tuple(remarks)


def details_from(source: bytes, *, report: str, file: str, now: datetime) -> bytes:
    """Details of a file that came as JSON, under the other side's numbers.

    Raises NotOfThisWireError.
    """
    try:
        raw = json.loads(source)
    except (RecursionError, ValueError):
        raise NotOfThisWireError(UNREADABLE) from None
    if not isinstance(raw, dict):
        raise NotOfThisWireError(UNREADABLE)
    named = {**raw, "reportId": int(report), "fileId": file}
    details, _left = as_published(relaxed(_node(named, "fileDetails", FILE_DETAILS))[0])
    return _held(details, FILE_DETAILS, now, UNREADABLE)


def says_more(facts: Mapping[str, object]) -> bool:
    """Whether more is known of a file that came without details than what it is called."""
    return bool(facts.get("classification") or facts.get("notes"))


def details_of(facts: Mapping[str, object], *, report: str, file: str, now: datetime) -> bytes:
    """What is known of a file that came without details, as its details."""
    told: dict[str, Any] = {}
    if facts.get("classification"):
        told["industryClassification"] = facts["classification"]
    if facts.get("notes"):
        told["additionalInfo"] = [facts["notes"]]
    return details_from(json.dumps(told).encode(), report=report, file=file, now=now)


def is_json(source: bytes) -> bool:
    """Whether a document is JSON."""
    return _first_byte(source) == JSON


def _first_byte(source: bytes) -> bytes:
    return source.removeprefix(MARK).lstrip()[:1]


def _parsed(source: bytes) -> Node:
    try:
        return node_of(safe_xml(source, most_bytes=MOST_DOCUMENT_BYTES))
    except MalformedXml:
        raise NotOfThisWireError(NOT_XML) from None


def _said_in(source: bytes, first: bytes) -> tuple[object, Remark]:
    """A report as the JSON door takes it, and what it came as."""
    try:
        if first != JSON:
            return read_sheet(source).rows[0].document, Remark.FROM_TABLE
        raw = json.loads(source)
    except (BulkRefusedError, RecursionError, ValueError):
        raise NotOfThisWireError(NOT_XML) from None
    if "xarf_version" in raw:
        return whole_report(raw), Remark.FROM_XARF
    return raw, Remark.FROM_JSON


def _node(raw: object, name: str, grammar: Group) -> Node:
    try:
        return node_from(raw, name, grammar)
    except InvalidDocument:
        raise NotOfThisWireError(NOT_XML if name == "report" else UNREADABLE) from None


def _adding_to(report: Node, number: str) -> Node:
    """A report that names an earlier one: at whom it reports, where it reports anybody.

    A batched report may say neither that nor anything else. Raises NotOfThisWireError.
    """
    if report.first("batchedReport"):
        raise NotOfThisWireError(SUPPLEMENT)
    children = list(report.children)
    for place, child in enumerate(children):
        if child.name == "personOrUserReported":
            prior = [*child.children, a_node("priorCTReports", number)]
            prior.sort(key=lambda one: REPORTED.fields[one.name].rank)
            children[place] = replace(child, children=prior)
            break
    return replace(report, children=children)


def _with_more(report: Node, lines: list[str]) -> Node:
    """A report with some lines at the end of what else it says."""
    if not lines:
        return report
    others = [child for child in report.children if child.name != "additionalInfo"]
    said = [child.text for child in report.all("additionalInfo") if child.text.strip()]
    more = a_node("additionalInfo", "\n\n".join([*said, "\n".join(lines)]))
    return replace(report, children=[*others, more])


def _held(root: Node, grammar: Group, now: datetime, code: str) -> bytes:
    """A document written, once it was held against the grammar of the wire."""
    if any(faults(root, grammar, now=now)):
        raise NotOfThisWireError(code)
    return written(root)
