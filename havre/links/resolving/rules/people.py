"""The suspects of reports as rows to compare: what each is called, born, and lives by."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole

CONTACTS = frozenset(
    {Kind.ACCOUNT, Kind.BANK, Kind.CRYPTO, Kind.DEVICE, Kind.EMAIL, Kind.PHONE, Kind.PLATE}
)
PROTECTED = frozenset(
    {PersonRole.VICTIM, PersonRole.REPORTER, PersonRole.WITNESS, PersonRole.SERVICE}
)
YEAR_DIGITS = 4
PERSON_PLACES = 2
"""A field such as "people.2.names.0" says by its first two words whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One value that a report tells, whose it is said to be, and in which field."""

    record: UUID
    kind: str
    value: str
    token: bytes
    role: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One suspect of one report. What is not told is None, and speaks neither for nor against."""

    key: str
    record: str
    given: str | None = None
    family: str | None = None
    born: str | None = None
    postal: str | None = None
    street: str | None = None
    contacts: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is enough to compare: two facts of a person, or one of their own."""
        facts = (self.given, self.family, self.born, self.postal, self.street)
        return sum(fact is not None for fact in facts) > 1 or bool(self.contacts or self.handles)


def rows_of(told: Iterable[Told]) -> list[Row]:
    """The suspects of some reports, in a fixed order, without what is also somebody else's.

    What a report tells both of a suspect and of a child, a reporter or a witness is left out. A
    narrative's values go to the one suspect of the report; with two or more they are nobody's.
    """
    of_record: dict[UUID, list[Told]] = defaultdict(list)
    for one in told:
        of_record[one.record].append(one)
    rows = [row for record in sorted(of_record) for row in _rows_of_one(record, of_record[record])]
    return [row for row in rows if row.says_something]


def _rows_of_one(record: UUID, told: list[Told]) -> list[Row]:
    others = {one.token for one in told if one.role in PROTECTED}
    whose: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.role == PersonRole.SUSPECT and one.value and one.token not in others:
            whose[_person(one.field)].append(one)
    loose = whose.pop("", [])
    if not whose:
        return [_row(record, "", loose)] if loose else []
    if len(whose) == 1:
        [(person, values)] = whose.items()
        return [_row(record, person, values + loose)]
    return [_row(record, person, whose[person]) for person in sorted(whose)]


def _person(field: str) -> str:
    parts = field.split(".")
    return ".".join(parts[:PERSON_PLACES]) if parts[0] == "people" else ""


def _row(record: UUID, person: str, told: list[Told]) -> Row:
    first: dict[str, str] = {}
    for one in told:
        first.setdefault(one.kind, one.value)
    named, _, day = first.get(Kind.PERSON, "").partition("|")
    names = [one.value for one in told if one.kind == Kind.NAME] + [named]
    words = max(names, key=lambda name: len(name.split())).split()
    return Row(
        key=f"{record}{person and '/'}{person}",
        record=str(record),
        given=words[0] if len(words) > 1 else None,
        family=words[-1] if words else None,
        born=first.get(Kind.BIRTH_DATE) or day or None,
        postal=first.get(Kind.POSTAL_CODE),
        street=first.get(Kind.ADDRESS),
        contacts=tuple(sorted({f"{o.kind}:{o.value}" for o in told if o.kind in CONTACTS})),
        handles=tuple(sorted({o.value for o in told if _is_own_name(o)})),
    )


def _is_own_name(told: Told) -> bool:
    """A user name on a platform that is known: said alone, it is many people's."""
    return told.kind == Kind.HANDLE and not told.value.startswith(":")
