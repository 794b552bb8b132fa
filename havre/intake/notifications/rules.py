"""The notification of section 3: what it must hold, and to whom it may go.

S.C. 2011, c. 4, s. 3: a provider that has reasonable grounds to believe that its service was used
for such an offence notifies "an officer, constable or other person employed for the preservation
and maintenance of the public peace". SOR/2011-292, s. 11: in writing, with five contents. From the
day the Protecting Victims Act is proclaimed it goes to one body, with transmission data where the
material is manifestly such.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from havre.intake.law.rules.regimes import Version

LONGEST_TEXT = 8_000
LONGEST_LINE = 300
# Nothing that no text needs, and that no paper could show: control characters, half characters.
ODD = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Older discoveries are slips of the keyboard: the Act is of 2011.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# So long after its delivery a notification that nobody read rings for the supervisor of the police
# service, then for the coordinator: as long as a referral that nobody has ranked.
SUPERVISOR_AFTER, COORDINATOR_AFTER = timedelta(hours=8), timedelta(hours=12)


class Offence(StrEnum):
    """The provisions of the Criminal Code that the Act names (s. 1)."""

    ACCESSING = "163.1(4.1)"
    DISTRIBUTION = "163.1(3)"
    MAKING = "163.1(2)"
    POSSESSION = "163.1(4)"


class Fault(StrEnum):
    """What is wrong with a notification."""

    CONTACT_MISSING = "contact-missing"
    DISCOVERED_LATER = "discovered-later"
    DISCOVERED_LONG_AGO = "discovered-long-ago"
    OFFENCE_MISSING = "offence-missing"
    TEXT_MISSING = "text-missing"
    TEXT_ODD = "text-odd"
    TOO_LONG = "too-long"
    TRANSMISSION_MISSING = "transmission-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransmissionData:
    """What is known of a transmission, never of its contents (Criminal Code, s. 487.011)."""

    origin: str = ""
    destination: str = ""
    date: str = ""
    time: str = ""
    duration: str = ""
    type: str = ""
    protocol: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told."""
        return not any(getattr(self, one.name) for one in fields(self))

    def told(self) -> dict[str, str]:
        """What was told, by its name."""
        named = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The five required contents, and what the Act will ask beside them."""

    # Content (a).
    offences: tuple[Offence, ...]
    # Content (b).
    material: str
    material_format: str
    # Content (c).
    circumstances: str
    discovered_at: datetime
    # Content (d).
    other_evidence: str
    # Content (e).
    representative: str
    contact: str
    is_manifest: bool = False
    transmission: TransmissionData = TransmissionData()


LIMITS: Mapping[str, int] = {
    "material": LONGEST_TEXT,
    "material_format": LONGEST_LINE,
    "circumstances": LONGEST_TEXT,
    "other_evidence": LONGEST_TEXT,
    "representative": LONGEST_LINE,
    "contact": LONGEST_LINE,
}


def faults_of(
    contents: Contents, *, version: Version | None, now: datetime
) -> tuple[tuple[str, Fault], ...]:
    """Everything that is wrong, each with the field where it is mended; () for a whole one.

    `version` is the law's as it stands today; None where no law of ours holds.
    """
    return tuple(_faults(contents, version, now))


def recipients_by(version: Version | None, codes: tuple[str, ...]) -> tuple[str, ...]:
    """To which of these agencies a notification may go: the designated body, or any of them."""
    if version is None or not version.designated_body:
        return codes
    return tuple(code for code in codes if code == version.designated_body)


def as_tree(contents: Contents) -> dict[str, object]:
    """The contents as plain JSON values."""
    return {
        "offences": [str(one) for one in contents.offences],
        "discovered_at": contents.discovered_at.isoformat(),
        "is_manifest": contents.is_manifest,
        "transmission": contents.transmission.told(),
        **{name: getattr(contents, name) for name in LIMITS},
    }


def from_tree(tree: Mapping[str, object]) -> Contents:
    """The contents that `as_tree` wrote down."""
    values = dict(tree)
    offences, transmission = values.pop("offences"), values.pop("transmission")
    if not isinstance(offences, list) or not isinstance(transmission, dict):
        msg = "this is not what as_tree writes"
        raise TypeError(msg)
    return Contents(
        offences=tuple(map(Offence, offences)),
        discovered_at=datetime.fromisoformat(str(values.pop("discovered_at"))),
        is_manifest=bool(values.pop("is_manifest")),
        transmission=TransmissionData(**transmission),
        **{name: str(value) for name, value in values.items()},
    )


def _faults(
    contents: Contents, version: Version | None, now: datetime
) -> Iterator[tuple[str, Fault]]:
    if not contents.offences:
        yield "offences", Fault.OFFENCE_MISSING
    for name, longest in LIMITS.items():
        text = getattr(contents, name)
        if not text.strip():
            yield name, Fault.CONTACT_MISSING if name == "contact" else Fault.TEXT_MISSING
        else:
            yield from ((name, fault) for fault in _faults_of_text(text, longest))
    if contents.discovered_at > now:
        yield "discovered_at", Fault.DISCOVERED_LATER
    if contents.discovered_at < EARLIEST:
        yield "discovered_at", Fault.DISCOVERED_LONG_AGO
    yield from (("transmission", fault) for fault in _faults_of_transmission(contents, version))


def _faults_of_transmission(contents: Contents, version: Version | None) -> Iterator[Fault]:
    told = contents.transmission.told().values()
    yield from {fault: None for text in told for fault in _faults_of_text(text, LONGEST_LINE)}
    asked = version is not None and version.needs_transmission_data
    if asked and contents.is_manifest and contents.transmission.is_empty:
        yield Fault.TRANSMISSION_MISSING


def _faults_of_text(text: str, longest: int) -> Iterator[Fault]:
    if len(text) > longest:
        yield Fault.TOO_LONG
    if ODD.search(text):
        yield Fault.TEXT_ODD
