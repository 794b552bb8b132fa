"""XARF documents for tests, and the letters that they travel in."""

from copy import deepcopy
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

WHO = {"org": "Pier Chat", "contact": "safety@example.com", "domain": "example.com"}
CSEM: dict[str, Any] = {
    "xarf_version": "4.2.0",
    "report_id": "6f9619ff-8b86-4011-b42d-00c04fc964ff",
    "timestamp": "2026-01-15T14:30:00Z",
    "reporter": WHO,
    "sender": WHO,
    "source_identifier": "192.0.2.7",
    "source_port": 50123,
    "category": "content",
    "type": "csem",
    "url": "https://chat.example.com/u/dock_master",
    "description": "He asked me to meet on Saturday.",
    "exploitation_type": "grooming",
    "detection_method": "user_report",
    "victim_age_range": "pubescent",
    "platform": "messaging_app",
    "perpetrator_indicators": {
        "account_id": "dock_master",
        "ip_addresses": ["192.0.2.7", "192.0.2.8"],
        "pattern_of_behavior": "Writes to new members about boats.",
    },
    "reporting_obligations": ["other"],
    "tags": ["campaign:pier"],
    "confidence": 0.9,
}
CSAM: dict[str, Any] = {
    name: CSEM[name]
    for name in (
        *("xarf_version", "report_id", "timestamp", "reporter", "sender", "source_identifier"),
        *("category", "url"),
    )
} | {
    "type": "csam",
    "classification": "A1",
    "detection_method": "hash_match",
    "media_type": "image",
    "hash_values": {"md5": "0" * 31 + "A", "sha256": "e3" * 32},
    "ncmec_report_id": "12345678",
}


def a_document(kind: dict[str, Any] = CSEM, **changes: object) -> dict[str, Any]:
    """A document with an id of its own."""
    return deepcopy(kind) | {"report_id": str(uuid4())} | changes


def a_letter(*parts: tuple[str, str, bytes], sender: str = "safety@example.com") -> bytes:
    """A letter with attached parts: name, media type, content."""
    letter = EmailMessage()
    letter["From"] = f"Safety desk <{sender}>"
    letter["To"] = "reports@havre.example.com"
    letter["Subject"] = "A report"
    letter["Message-ID"] = f"<{uuid4()}@example.com>"
    letter.set_content("He asked me to meet on Saturday.")
    for name, media_type, content in parts:
        main, _slash, sub = media_type.partition("/")
        letter.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return letter.as_bytes()
