"""The same facts as CASE/UCO 1.5 in JSON-LD, for tools that read that."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from havre.intake.rules.submission import GivenIdentifier, Submission
from havre.referrals.packages.rules.identifiers import every_identifier
from havre.referrals.packages.rules.police import About

Json = dict[str, Any]
UCO = "https://ontology.unifiedcyberontology.org/uco"
CONTEXT = {
    "@vocab": "http://example.org/local#",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "kb": "http://example.org/kb/",
    "uco-action": f"{UCO}/action/",
    "uco-core": f"{UCO}/core/",
    "uco-identity": f"{UCO}/identity/",
    "uco-observable": f"{UCO}/observable/",
    "uco-types": f"{UCO}/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# A digest has a length of its own; the ontology knows these by name.
DIGESTS = {"md5": "MD5", "sha1": "SHA1", "sha256": "SHA256", "sha512": "SHA512"}
Ids = Callable[[str], str]


def case_graph(submission: Submission, about: About) -> Json:
    """A redacted submission as an investigation with its observables and its chain of custody."""
    seen = 0

    def new_id(kind: str) -> str:
        nonlocal seen
        seen += 1
        return f"kb:{kind}-{uuid5(NAMESPACE_URL, f'{about.referral}/{kind}/{seen}')}"

    found = [_observable(one, whose, new_id) for whose, one in every_identifier(submission)]
    files = [_file(dict(file.hashes), file.size, new_id) for file in submission.files]
    objects = [*found, *(file for file in files if file)]
    custody = _custody(about, [one["@id"] for one in objects], new_id)
    investigation = {
        "@id": new_id("investigation"),
        "@type": "case-investigation:Investigation",
        "uco-core:name": about.referral,
        "case-investigation:investigationForm": "incident",
        "uco-core:object": [{"@id": one["@id"]} for one in (*objects, *custody)],
    }
    return {"@context": CONTEXT, "@graph": [investigation, *custody, *objects]}


def _custody(about: About, objects: list[str], new_id: Ids) -> list[Json]:
    """Received by the tipline, then sent to the agency: each an act with its moment."""
    tipline, agency = (
        {
            "@id": new_id("organization"),
            "@type": "uco-identity:Organization",
            "uco-core:name": name,
        }
        for name in ("Tipline", about.agency)
    )
    record = {
        "@id": new_id("provenance-record"),
        "@type": "case-investigation:ProvenanceRecord",
        "uco-core:description": f"What came with {about.report}",
        **({"uco-core:object": [{"@id": one} for one in objects]} if objects else {}),
    }
    received, sent = (
        {
            "@id": new_id("investigative-action"),
            "@type": "case-investigation:InvestigativeAction",
            "uco-core:name": name,
            "uco-action:performer": {"@id": tipline["@id"]},
            "uco-action:endTime": _time(at),
        }
        for name, at in (("received", about.received_at), ("transferred", about.sent_at))
    )
    received["uco-action:result"] = {"@id": record["@id"]}
    sent["uco-action:object"] = {"@id": record["@id"]}
    sent["case-investigation:wasInformedBy"] = {"@id": received["@id"]}
    return [tipline, agency, record, received, sent]


def _time(moment: datetime) -> Json:
    return {
        "@type": "xsd:dateTime",
        "@value": moment.astimezone(UTC).isoformat(timespec="seconds"),
    }


def _observable(one: GivenIdentifier, whose: str, new_id: Ids) -> Json:
    kind, facet, key = _SHAPES.get(one.kind, _ACCOUNT)
    if one.kind == "ip" and ":" in one.value:
        kind, facet = "IPv6Address", "IPv6AddressFacet"
    return {
        "@id": new_id(kind.lower()),
        "@type": f"uco-observable:{kind}",
        "uco-core:description": f"{one.kind}, {whose}; legal basis: {one.legal_basis}",
        "uco-core:hasFacet": {
            "@id": new_id(facet.lower()),
            "@type": f"uco-observable:{facet}",
            f"uco-observable:{key}": one.value,
        },
    }


_ACCOUNT = ("DigitalAccount", "AccountFacet", "accountIdentifier")
_SHAPES = {
    "email": ("EmailAddress", "EmailAddressFacet", "addressValue"),
    "ip": ("IPv4Address", "IPv4AddressFacet", "addressValue"),
    "phone": ("PhoneAccount", "PhoneAccountFacet", "phoneNumber"),
    "url": ("URL", "URLFacet", "fullValue"),
}


def _file(hashes: dict[str, str], size: int, new_id: Ids) -> Json | None:
    known = [
        (name, value)
        for given, value in hashes.items()
        if (name := DIGESTS.get(given.lower().replace("-", ""))) and _is_hex(value)
    ]
    if not known:
        return None
    return {
        "@id": new_id("file"),
        "@type": "uco-observable:File",
        "uco-core:hasFacet": {
            "@id": new_id("content-data-facet"),
            "@type": "uco-observable:ContentDataFacet",
            "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": str(size)},
            "uco-observable:hash": [
                {
                    "@id": new_id("hash"),
                    "@type": "uco-types:Hash",
                    "uco-types:hashMethod": name,
                    "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": value.lower()},
                }
                for name, value in known
            ],
        },
    }


def _is_hex(value: str) -> bool:
    return bool(value) and len(value) % 2 == 0 and all(c in "0123456789abcdefABCDEF" for c in value)
