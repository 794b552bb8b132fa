"""The shape of a submission: one frozen tree, whatever door it came by.

A submission is versioned. Old versions stay readable for ever: a report is never rewritten.
Stored as canonical JSON (RFC 8785) under the report's data key.
"""

import dataclasses
import types
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from typing import Any, Union, get_args, get_origin, get_type_hints

VERSION = 1
# What makes a value from its plain form, or the other way.
Reader = Callable[[Any], Any]


class Channel(StrEnum):
    """By which door a report came."""

    AGENCY = "agency"
    ISPWS = "ispws"
    MAIL = "mail"
    MRA_ADDRESSES = "mra-addresses"
    PHONE = "phone"
    PUBLIC_FORM = "public-form"


class Happening(StrEnum):
    """What happened, in a person's words. The legal category is derived later, by a person."""

    FAMILY_OR_KNOWN = "family-or-known"
    FRIEND = "friend"
    MEETING = "meeting"
    OTHER = "other"
    PICTURES = "pictures"
    SAW_ONLINE = "saw-online"
    THREAT = "threat"
    TRAFFICKING = "trafficking"


class PersonRole(StrEnum):
    """Whose facts these are. 'Suspect' is a role on the desk, never a finding."""

    REPORTER = "reporter"
    SERVICE = "service"
    SUSPECT = "suspect"
    UNKNOWN = "unknown"
    VICTIM = "victim"
    WITNESS = "witness"


class AgeClass(StrEnum):
    """Age class of a person. A reported child is not a suspect (Criminal Code s. 13, YCJA)."""

    ADULT = "adult"
    TWELVE_TO_17 = "12-17"
    UNDER_12 = "under-12"
    UNKNOWN = "unknown"


class Access(StrEnum):
    """What access a person has to children."""

    FAMILY = "family"
    NONE_KNOWN = "none-known"
    UNKNOWN = "unknown"
    WORK_OR_CARE = "work-or-care"


class Precision(StrEnum):
    """How exact a moment is."""

    DAY = "day"
    EXACT = "exact"
    MONTH = "month"
    UNKNOWN = "unknown"


class PlaceRole(StrEnum):
    """Whose place it is."""

    CHILD = "child"
    MEETING = "meeting"
    REPORTER = "reporter"
    SCHOOL = "school"
    SUSPECT = "suspect"
    UNKNOWN = "unknown"


class LegalBasis(StrEnum):
    """Under what authority a fact was given (R v Bykovets 2024 SCC 6)."""

    ORDER = "order"
    PUBLIC = "public"
    STATUTORY_REPORT = "statutory-report"
    VOLUNTARY = "voluntary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as it was given, and as far as it could be understood.

    `at` is RFC 3339 in UTC, or None; `zone` is the sender's own zone or offset; `said` is verbatim.
    """

    at: str | None = None
    precision: Precision = Precision.UNKNOWN
    zone: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place. Country is ISO 3166-1 alpha-2, region a two-letter province or state code."""

    role: PlaceRole = PlaceRole.UNKNOWN
    country: str = ""
    region: str = ""
    city: str = ""
    postal_code: str = ""
    address: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenIdentifier:
    """One identifier in a field of its own, as it was given.

    `kind` is one of identifiers.rules.Kind by value ("email", "phone", "handle", "url", "ip",
    "account", "device", "name", ...); identifiers makes it comparable later, keeping `value`.
    """

    kind: str
    value: str
    platform: str = ""
    event: str = ""
    at: Moment | None = None
    port: int | None = None
    possible_proxy: bool | None = None
    verified: bool | None = None
    legal_basis: LegalBasis = LegalBasis.VOLUNTARY


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone in the report, with whatever is known of them."""

    role: PersonRole
    names: tuple[str, ...] = ()
    age: int | None = None
    age_class: AgeClass = AgeClass.UNKNOWN
    date_of_birth: str = ""
    identifiers: tuple[GivenIdentifier, ...] = ()
    access: Access = Access.UNKNOWN
    threats: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What the sender says about one file. The bytes lie in the vault under `exhibit`."""

    exhibit: str = ""
    name: str = ""
    media_type: str = ""
    size: int = 0
    viewed_by_sender: bool | None = None
    publicly_available: bool | None = None
    classification: str = ""
    annotations: tuple[str, ...] = ()
    hashes: tuple[tuple[str, str], ...] = ()
    identifiers: tuple[GivenIdentifier, ...] = ()
    uploaded_at: Moment | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One thing that happened. A referral refers an incident; at first each report has one.

    `category` keeps the sender's own wire word; `people` and `files` are positions in the
    submission's lists.
    """

    happening: Happening = Happening.OTHER
    category: str = ""
    narrative: str = ""
    platform: str = ""
    danger_now: bool = False
    meeting_planned: Moment | None = None
    escalation: str = ""
    annotations: tuple[str, ...] = ()
    moment: Moment | None = None
    places: tuple[Place, ...] = ()
    identifiers: tuple[GivenIdentifier, ...] = ()
    people: tuple[int, ...] = ()
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Everything one sender told us at once."""

    channel: Channel
    language: str
    incidents: tuple[Incident, ...]
    people: tuple[Person, ...] = ()
    files: tuple[FileFacts, ...] = ()
    reporter_is_minor: bool = False
    reply_wanted: bool = False
    legal_basis: LegalBasis = LegalBasis.VOLUNTARY
    extra: tuple[tuple[str, str], ...] = ()
    version: int = VERSION

    def __post_init__(self) -> None:
        if not self.incidents:
            msg = "a submission holds at least one incident"
            raise ValueError(msg)
        for incident in self.incidents:
            for positions, things in (
                (incident.people, self.people),
                (incident.files, self.files),
            ):
                if any(not 0 <= position < len(things) for position in positions):
                    msg = "an incident names a person or file that the submission does not hold"
                    raise ValueError(msg)

    def subject_age_class(self) -> AgeClass:
        """The youngest age class among those reported as suspects: the most protective one."""
        classes = {p.age_class for p in self.people if p.role is PersonRole.SUSPECT}
        for age_class in (AgeClass.UNDER_12, AgeClass.TWELVE_TO_17, AgeClass.ADULT):
            if age_class in classes:
                return age_class
        return AgeClass.UNKNOWN


def age_class_of(age: int | None) -> AgeClass:
    """The age class of an age in years; unknown stays unknown."""
    if age is None:
        return AgeClass.UNKNOWN
    if age < 12:  # noqa: PLR2004 - the age below which nobody can be charged
        return AgeClass.UNDER_12
    return AgeClass.TWELVE_TO_17 if age < 18 else AgeClass.ADULT  # noqa: PLR2004


def as_tree(submission: Submission) -> dict[str, Any]:
    """The submission as plain JSON values, every key present, for sealing."""
    tree: dict[str, Any] = _plain(submission)
    return tree


def facts_tree(facts: FileFacts) -> dict[str, Any]:
    """What is said of one file, as it stands in the tree of a submission."""
    tree: dict[str, Any] = _plain(facts)
    return tree


def from_tree(tree: dict[str, Any]) -> Submission:
    """The submission that `as_tree` made plain. Raises ValueError on an unknown version."""
    if tree.get("version") != VERSION:
        msg = f"this submission is version {tree.get('version')}, not {VERSION}"
        raise ValueError(msg)
    built: Submission = _built(Submission, tree)
    return built


def _plain(value: Any) -> dict[str, Any]:  # noqa: ANN401 - an object of the tree
    return {
        name: field if field is None or write is None else write(field)
        for name, write in _writers(value.__class__).items()
        for field in (getattr(value, name),)
    }


@cache
def _writers(kind: Any) -> dict[str, Reader | None]:  # noqa: ANN401 - a class of the tree
    """How each field of a dataclass is made plain, worked out once likewise."""
    hints = get_type_hints(kind)
    return {field.name: _writer(hints[field.name]) for field in dataclasses.fields(kind)}


def _writer(kind: Any) -> Reader | None:  # noqa: ANN401 - whatever a field may hold
    """What makes a value of a kind plain; None where it is so already."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _writer(next(part for part in parts if part is not type(None)))
    if origin is tuple:
        write = None if parts[-1] is not Ellipsis else _writer(parts[0])
        return list if write is None else lambda items: [write(item) for item in items]
    if dataclasses.is_dataclass(kind):
        return _plain
    # A word of ours as the text that it is, not as one of an enumeration.
    return str.__str__ if issubclass(kind, StrEnum) else None


def _built(kind: Any, tree: dict[str, Any]) -> Any:  # noqa: ANN401 - an object of the kind
    readers = _readers(kind)
    return kind(
        **{
            name: value if value is None or (read := readers[name]) is None else read(value)
            for name, value in tree.items()
        }
    )


@cache
def _readers(kind: Any) -> dict[str, Reader | None]:  # noqa: ANN401 - a class of the tree
    """How each field of a dataclass is read, worked out once: every report comes by here."""
    hints = get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}


def _reader(kind: Any) -> Reader | None:  # noqa: ANN401 - whatever a field may hold
    """What makes a value of a kind from its plain form; None where they are the same."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _reader(next(part for part in parts if part is not type(None)))
    if origin is tuple:
        return _reader_of_tuples(parts)
    if dataclasses.is_dataclass(kind):
        return partial(_built, kind)
    return kind if issubclass(kind, StrEnum) else None


def _reader_of_tuples(parts: tuple[Any, ...]) -> Reader:
    if parts[-1] is not Ellipsis:
        readers = [_reader(part) or _as_it_is for part in parts]
        return lambda items: tuple(read(item) for read, item in zip(readers, items, strict=True))
    read = _reader(parts[0])
    return tuple if read is None else lambda items: tuple(map(read, items))


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - whatever it is
    return value
