"""The kinds of identifier, and one identifier found in a report."""

from dataclasses import dataclass
from enum import StrEnum

from havre.intake.rules.submission import LegalBasis, PersonRole


class Kind(StrEnum):
    """What sort of identifier something is."""

    ACCOUNT = "account"
    ADDRESS = "address"
    BANK = "bank"
    BIRTH_DATE = "birth-date"
    CRYPTO = "crypto"
    DEVICE = "device"
    EMAIL = "email"
    FILE_HASH = "file-hash"
    GROUP = "group"
    HANDLE = "handle"
    IP = "ip"
    NAME = "name"
    PERSON = "person"
    PHONE = "phone"
    PLATE = "plate"
    POSTAL_CODE = "postal-code"
    SCHOOL = "school"
    SERVER = "server"
    URL = "url"


def word_set(words: str) -> frozenset[str]:
    """The words of a line, for look-up."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One identifier, where it stood, and how sure the rule that found it is.

    `value` is the normal form, by which two reports are compared; `raw` is what was written.
    `field` is the path in the submission ("incidents.0.narrative"), `start` and `end` are
    characters in that field. `confidence` runs from 0 to 100; it says how likely this is an
    identifier of this kind at all, and nothing about any person. `at` is RFC 3339 in UTC.
    """

    kind: Kind
    value: str
    raw: str
    start: int
    end: int
    confidence: int
    rule: str
    field: str = ""
    role: PersonRole = PersonRole.UNKNOWN
    platform: str = ""
    port: int | None = None
    at: str | None = None
    legal_basis: LegalBasis = LegalBasis.VOLUNTARY

    def told_in(self, field: str, role: PersonRole) -> "Found":
        """The same, with the field it was found in and whose it is; every mention is so placed."""
        return Found(
            kind=self.kind, value=self.value, raw=self.raw, start=self.start, end=self.end,
            confidence=self.confidence, rule=self.rule, field=field, role=role,
            platform=self.platform, port=self.port, at=self.at, legal_basis=self.legal_basis,
        )  # fmt: skip
