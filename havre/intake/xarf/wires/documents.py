"""XARF v4, types csam and csem: the same report as by the provider's own wire.

What a document says is written as that wire would say it, so that one set of rules reads, scores
and ranks it. What has no place there stands in the report's `extra`, under its own name.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from havre.intake.jsondoor.wires.tree import InvalidDocument, read_report
from havre.intake.providers.wires import ispws_values as v
from havre.intake.providers.wires.ispws import ReportDocument
from havre.intake.rules.submission import (
    AgeClass,
    FileFacts,
    GivenIdentifier,
    Person,
    PersonRole,
)
from havre.intake.xarf.wires.checks import (
    Flag,
    Kind,
    Number,
    Object,
    Several,
    Text,
    Told,
    faults_in,
    one_of,
    shaped,
    uuid,
)

MOST_XARF_BYTES = 16 * 1024 * 1024
MOST_EVIDENCE = 50
MOST_PAYLOAD = 5 * 1024 * 1024
MOST_FAULTS = 100
MOST_NAME = 100
INTERNAL = "_internal"
HASHES = {"md5": 32, "sha1": 40, "sha256": 64}
CONTACT = Object(
    {
        "org": Text(v.Text(200, blank=False)),
        "contact": Text(v.email),
        "domain": shaped(r"[A-Za-z0-9.-]{1,253}", "must be the name of a host"),
    },
    needed=("org", "contact", "domain"),
    is_closed=True,
)
EVIDENCE = Object(
    {
        "content_type": Text(v.Text(200, blank=False)),
        "description": Text(v.Text(500)),
        "payload": Text(v.Text()),
        "hash": shaped(
            "(md5|sha1|sha256|sha512):[a-fA-F0-9]+", "must be a hash such as sha256:9f86d081"
        ),
        "size": Number(0, MOST_PAYLOAD),
    },
    needed=("content_type", "payload"),
    is_closed=True,
)
CORE: dict[str, Kind] = {
    "xarf_version": shaped(r"4\.[0-9]{1,4}\.[0-9]{1,4}", "must be a version of 4, such as 4.2.0"),
    "report_id": Text(uuid),
    "timestamp": Text(v.past),
    "reporter": CONTACT,
    "sender": CONTACT,
    "source_identifier": Text(v.Text(2083, blank=False)),
    "source_port": Number(1, 65535),
    "category": shaped("content", "must be content: this door takes its csam and csem alone"),
    "evidence_source": Text(v.Text(200, blank=False)),
    "evidence": Several(EVIDENCE, MOST_EVIDENCE),
    "tags": Several(
        shaped("[a-z0-9][a-z0-9_+-]*:[a-z0-9][a-z0-9_+.-]*", "must be a tag such as campaign:pier"),
        20,
    ),
    "confidence": Number(0, 1, is_whole=False),
    "description": Text(v.Text(1000)),
    "url": Text(v.url),
}
NEEDED = (
    *("xarf_version", "report_id", "timestamp", "reporter", "sender", "source_identifier"),
    *("category", "type", "url"),
)
CSAM: dict[str, Kind] = {
    "classification": one_of("baseline A1 A2 B1 B2"),
    "detection_method": one_of("hash_match ai_detection manual_review user_report automated_scan"),
    "media_type": one_of("image video audio text mixed"),
    "hash_values": Object(
        {
            name: shaped(f"[a-fA-F0-9]{{{digits}}}", f"must be {digits} hexadecimal digits")
            for name, digits in HASHES.items()
        }
        | {"photodna": Text(v.Text(2000, blank=False))}
    ),
    "ncmec_report_id": Text(v.Text(100, blank=False)),
    "content_removed": Flag(),
    "account_suspended": Flag(),
}
CSEM: dict[str, Kind] = {
    "exploitation_type": one_of(
        "grooming solicitation sextortion trafficking distribution production possession"
    ),
    "detection_method": one_of(
        "behavioral_analysis keyword_detection user_report ai_detection manual_review"
        " law_enforcement_referral"
    ),
    "victim_age_range": one_of("infant toddler prepubescent pubescent unknown"),
    "platform": one_of("social_media messaging_app gaming_platform forum email darkweb other"),
    "evidence_type": Several(one_of("chat_logs images videos user_profile metadata")),
    "perpetrator_indicators": Object(
        {
            "account_id": Text(v.Text(255, blank=False)),
            "ip_addresses": Several(Text(v.address)),
            "pattern_of_behavior": Text(v.Text(100_000)),
        }
    ),
    "reporting_obligations": Several(Text(v.Text(100, blank=False))),
}
TYPES = {
    "csam": Object(CORE | CSAM, needed=(*NEEDED, "classification", "detection_method")),
    "csem": Object(CORE | CSEM, needed=(*NEEDED, "exploitation_type", "detection_method")),
}
MATERIAL, ENTICEMENT, TRAFFICKING = v.INCIDENT_TYPES[0], v.INCIDENT_TYPES[6], v.INCIDENT_TYPES[1]
CATEGORIES = {
    "grooming": ENTICEMENT,
    "solicitation": ENTICEMENT,
    "sextortion": ENTICEMENT,
    "trafficking": TRAFFICKING,
}
AGES = {
    "infant": AgeClass.UNDER_12,
    "toddler": AgeClass.UNDER_12,
    "prepubescent": AgeClass.UNDER_12,
    "pubescent": AgeClass.TWELVE_TO_17,
}
# Interpol's baseline is of children before puberty: never ranked below what it may be.
CLASSES = {"baseline": "A1"}
# What has a place in the report, as a rule whole; everything else is kept under its own name.
PLACED = {
    *("evidence", "reporter", "timestamp", "source_port", "description", "url"),
    *("platform", INTERNAL),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A thing that came inside a document: what is said of it, and its bytes, unseen."""

    facts: FileFacts
    payload: bytes


@dataclass(frozen=True, slots=True)
class XarfReport:
    """An XARF document as the desk keeps it."""

    report_id: str
    document: ReportDocument
    evidence: tuple[Evidence, ...]


def read_xarf(raw: object, *, source: bytes, now: datetime) -> XarfReport:
    """A document of type csam or csem. Raises InvalidDocument with every fault at once."""
    kind = raw.get("type") if isinstance(raw, dict) else None
    known = TYPES.get(kind) if isinstance(kind, str) else None
    found = list(faults_in(raw, known or Object(CORE, NEEDED), now))
    if isinstance(raw, dict) and known is None and "type" in raw:
        found.append(("/type", "must be one of csam, csem"))
    if found or not isinstance(raw, dict):
        raise InvalidDocument(tuple(found[:MOST_FAULTS]))
    evidence = tuple(_evidence(raw))
    if not evidence and kind == "csam":
        evidence = (_described(raw, source),)
    document = read_report(_as_report(raw), now=now)
    return XarfReport(str(raw["report_id"]).lower(), _completed(document, raw), evidence)


def whole_report(raw: dict[str, Any]) -> dict[str, Any]:
    """The same for whoever reads that wire alone: what it has no field for is told in words."""
    report = _as_report(raw)
    told = [report.get("additionalInfo", "")]
    who = {"sender": raw["sender"], "reporter": _unsaid_of(raw["reporter"])}
    beside = (*_left_over(raw), *_each(who, "xarf"))
    told.append("\n".join(f"{at}: {said}" for at, said in beside))
    return report | {"additionalInfo": "\n\n".join(part for part in told if part)}


def _as_report(raw: dict[str, Any]) -> dict[str, Any]:
    """What is said, as the provider's own wire says it in JSON."""
    exploitation = raw.get("exploitation_type", "")
    summary: dict[str, Any] = {
        "incidentType": CATEGORIES.get(exploitation, MATERIAL),
        "incidentDateTime": raw["timestamp"],
    }
    if raw.get("platform"):
        summary["platform"] = raw["platform"]
    if exploitation == "sextortion":
        summary["reportAnnotations"] = {"sextortion": True}
    page: dict[str, Any] = {"url": [raw["url"]]}
    said = raw.get("perpetrator_indicators", {}).get("pattern_of_behavior", "")
    if said.strip():
        page["additionalInfo"] = said
    who = raw["reporter"]
    whole: dict[str, Any] = {
        "incidentSummary": summary,
        "internetDetails": [{"webPageIncident": page}],
        "reporter": {
            "reportingPerson": {"firstName": who["org"][:MOST_NAME], "email": [who["contact"]]}
        },
    }
    if raw.get("description", "").strip():
        whole["additionalInfo"] = raw["description"]
    reported = _reported(raw)
    return whole | ({"personOrUserReported": [reported]} if reported else {})


def _reported(raw: dict[str, Any]) -> dict[str, Any]:
    indicators = raw.get("perpetrator_indicators", {})
    reported: dict[str, Any] = {}
    if indicators.get("account_id"):
        reported["espIdentifier"] = indicators["account_id"]
    captures = []
    if _is_address(raw):
        first = {"ipAddress": raw["source_identifier"], "dateTime": raw["timestamp"]}
        port = {"port": raw["source_port"]} if "source_port" in raw else {}
        captures.append({**first, **port, "eventName": "Unknown"})
    seen = {raw["source_identifier"]}
    for address in indicators.get("ip_addresses", ()):
        if address not in seen:
            captures.append({"ipAddress": address, "eventName": "Unknown"})
            seen.add(address)
    return reported | ({"ipCaptureEvent": captures} if captures else {})


def _is_address(raw: dict[str, Any]) -> bool:
    return not v.address(raw["source_identifier"], datetime.max)  # noqa: DTZ901 - asks no time


def _completed(document: ReportDocument, raw: dict[str, Any]) -> ReportDocument:
    """The report with what the wire has no words for."""
    submission = document.submission
    (incident,) = submission.incidents
    people, given = submission.people, incident.identifiers
    age = AGES.get(raw.get("victim_age_range", ""))
    if age is not None:
        people = (*people, Person(role=PersonRole.VICTIM, age_class=age))
    if not _is_address(raw):
        given = (*given, GivenIdentifier(kind="server", value=raw["source_identifier"]))
    incident = replace(incident, identifiers=given, people=tuple(range(len(people))))
    warnings = list(document.warnings)
    if INTERNAL in raw:
        warnings.append("_internal: is not for others; it was sealed and not read")
    if raw.get("classification") in CLASSES:
        warnings.append("classification: baseline is ranked as A1")
    # How to reach whoever sent it is not looked for in what they send: it tells of no suspect.
    by = raw["sender"]["org"]
    sent_by = () if by == raw["reporter"]["org"] else (("xarf/sender/org", by),)
    extra = (*submission.extra, *_left_over(raw), *sent_by)
    whole = replace(submission, incidents=(incident,), people=people, extra=extra)
    return ReportDocument(submission=whole, warnings=tuple(warnings))


def _evidence(raw: dict[str, Any]) -> Iterator[Evidence]:
    faults = list[Told]()
    found = []
    for place, one in enumerate(raw.get("evidence", ())):
        payload = _bytes_of(one["payload"])
        told = "must be Base64" if payload is None else _against(one, payload)
        if told:
            faults.append((f"/evidence/{place}/payload", told))
        elif payload is not None:
            facts = FileFacts(
                name=f"evidence-{place + 1}",
                media_type=one["content_type"],
                classification=_class_of(raw),
                notes=one.get("description", ""),
            )
            found.append(Evidence(facts, payload))
    if faults:
        raise InvalidDocument(tuple(faults))
    yield from found


def _described(raw: dict[str, Any], source: bytes) -> Evidence:
    """Material that is described and not attached: its class and its hashes still count."""
    hashes = raw.get("hash_values", {})
    facts = FileFacts(
        name=f"xarf-{raw['report_id']}.json",
        media_type="application/json",
        classification=_class_of(raw),
        hashes=tuple((name, str(hashes[name]).lower()) for name in HASHES if name in hashes),
        notes="The document itself. It describes material that was not attached.",
    )
    return Evidence(facts, source)


def _class_of(raw: dict[str, Any]) -> str:
    said = str(raw.get("classification", ""))
    return CLASSES.get(said, said)


def _bytes_of(payload: str) -> bytes | None:
    try:
        return base64.b64decode("".join(payload.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _against(one: dict[str, Any], payload: bytes) -> str:
    """Why a payload is not what is said of it."""
    if len(payload) > MOST_PAYLOAD:
        return f"has {len(payload)} bytes; at most {MOST_PAYLOAD} are allowed"
    name, _colon, told = one.get("hash", "").partition(":")
    if told and hashlib.new(name, payload, usedforsecurity=False).hexdigest() != told.lower():
        return "does not have the hash that is told of it"
    return ""


def _left_over(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Everything that has no place of its own, each under its name."""
    rest = {name: value for name, value in raw.items() if name not in {*PLACED, "sender"}}
    if "source_port" in raw and not _is_address(raw):
        rest["source_port"] = raw["source_port"]
    return _each(rest, "xarf")


def _unsaid_of(who: dict[str, Any]) -> dict[str, Any]:
    """What the wire has no field for, of a reporter whom we know: it tells of no matter."""
    is_cut = len(who["org"]) > MOST_NAME
    return {name: who[name] for name in ("org", "domain") if name == "domain" or is_cut}


def _each(value: object, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _each(one, f"{at}/{name}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _each(one, f"{at}[{place + 1}]")
    else:
        said = {True: "true", False: "false", None: "null"}
        yield at, said[value] if value is None or isinstance(value, bool) else str(value)
