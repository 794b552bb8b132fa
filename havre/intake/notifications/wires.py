"""The notification as JSON: what a provider's program sends, and why it is refused."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from havre.intake.law.rules.addresses import RefusedBody
from havre.intake.notifications.rules import (
    LIMITS,
    LONGEST_LINE,
    ODD,
    Contents,
    Fault,
    Offence,
    TransmissionData,
)

TITLE = "the notification is not whole; nothing was sent"
OFFENCES = ", ".join(sorted(Offence))
SAID: Mapping[Fault, str] = {
    Fault.CONTACT_MISSING: "say how the representative is reached (SOR/2011-292, s. 11(e))",
    Fault.DISCOVERED_LATER: "must not lie in the future",
    Fault.DISCOVERED_LONG_AGO: "must not lie before the year 2000",
    Fault.OFFENCE_MISSING: f"name at least one of {OFFENCES}",
    Fault.TEXT_MISSING: "must be text that is not empty (SOR/2011-292, s. 11)",
    Fault.TEXT_ODD: "holds a character that no text needs, such as NUL or half of a pair",
    Fault.TOO_LONG: "is longer than this channel takes",
    Fault.TRANSMISSION_MISSING: "must come with a notification of manifest material",
}
TRANSMISSION = tuple(one.name for one in fields(TransmissionData))
KNOWN = {"to", "token", "offences", "discovered_at", "is_manifest", "transmission_data", *LIMITS}
LONGEST_TOKEN = 100


class NotWhole(RefusedBody):
    """A notification that cannot be sent. `reasons` names everything at once."""

    title = TITLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A notification as it came: to whom, its contents, and what makes a repetition known."""

    to: str
    token: str
    contents: Contents


def sent_in(body: bytes) -> Sent:
    """The notification in a body. Raises NotWhole."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NotWhole(("the body must be JSON",)) from None
    if not isinstance(said, dict):
        raise NotWhole(("the body must be an object",))
    if reasons := tuple(_wrong(said)):
        raise NotWhole(reasons)
    return Sent(
        to=said["to"],
        token=said.get("token", ""),
        contents=Contents(
            offences=tuple(map(Offence, said["offences"])),
            discovered_at=datetime.fromisoformat(said["discovered_at"]),
            is_manifest=said.get("is_manifest", False),
            transmission=TransmissionData(**said.get("transmission_data", {})),
            **{name: said.get(name, "") for name in LIMITS},
        ),
    )


def delivery(reference: str, to: str, at: datetime, until: date | None) -> dict[str, object]:
    """What a provider is told: that it was delivered, when, and until when it keeps its data."""
    return {
        "reference": reference,
        "to": to,
        "delivered_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "preserve_until": until.isoformat() if until else None,
    }


def refusal(faults: tuple[tuple[str, Fault], ...]) -> NotWhole:
    """The faults of a notification, as its sender reads them."""
    return NotWhole(tuple(f"{_name(field)}: {SAID[fault]}" for field, fault in faults))


def _name(field: str) -> str:
    return "transmission_data" if field == "transmission" else field


def _wrong(said: Mapping[str, object]) -> Iterator[str]:
    for name in said:
        if name not in KNOWN:
            yield f"{name[:40]}: this channel does not know it"
    for name, is_right, reason in CHECKS:
        if name in said and not is_right(said[name]):
            yield f"{name}: {reason}"
        elif name not in said and name in ASKED:
            yield f"{name}: {SAID[Fault.TEXT_MISSING] if name in LIMITS else reason}"


def _is_text(longest: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and len(value) <= longest


def _is_word(longest: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and len(value) <= longest and not ODD.search(value)


def _are_offences(value: object) -> bool:
    known = [str(one) for one in Offence]
    return isinstance(value, list) and all(one in known for one in value)


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_transmission(value: object) -> bool:
    is_line = _is_text(LONGEST_LINE)
    return isinstance(value, dict) and all(
        name in TRANSMISSION and is_line(text) for name, text in value.items()
    )


ASKED = {"to", "offences", "discovered_at", *LIMITS}
CHECKS: tuple[tuple[str, Callable[[object], bool], str], ...] = (
    ("to", _is_word(60), "must be the code of a police service of the directory"),
    ("token", _is_word(LONGEST_TOKEN), f"must be text of at most {LONGEST_TOKEN} characters"),
    ("offences", _are_offences, f"must be a list of {OFFENCES}"),
    ("discovered_at", _is_moment, "must be a moment with its offset (RFC 3339)"),
    ("is_manifest", lambda value: isinstance(value, bool), "must be true or false"),
    (
        "transmission_data",
        _is_transmission,
        f"must be an object of {', '.join(TRANSMISSION)}, each a short text",
    ),
    *(
        (name, _is_text(longest), f"must be text of at most {longest} characters")
        for name, longest in LIMITS.items()
    ),
)
