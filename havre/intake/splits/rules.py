"""What of a report belongs to which of its incidents, and the report as one incident has it.

A report is a tree that nobody rewrites; an incident of a split report is a set of pieces of it. A
piece is named by where it stands ("people.1", "incidents.0.narrative:40-112"): never by its text.

SplitRefusedError       a report may not be split so
  LeftOutError          somebody or something belongs to no incident
  NothingInItError      nothing was put into an incident
  TooFewError           there is one incident only, or too many
  UnknownPieceError     a piece that this report does not hold
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from havre.intake.rules.submission import (
    FileFacts,
    GivenIdentifier,
    Happening,
    Incident,
    Person,
    PersonRole,
    Place,
    Submission,
)

MOST_PARTS = 6
# Of one text so many passages are offered; in a longer one several sentences are one.
MOST_PASSAGES = 40
BREAK = re.compile(r"(?<=[.!?…])\s+|\s*\n+\s*")
GAP = " […] "
# Of what a reporter told later, the name among the extras; the message's own id follows.
LATER = "message."
# Why a later word is not given in full, though something in it is: the rest belongs to no incident.
NOT_ALL = "not-all"
# Who told it is nobody's matter: of them nothing goes along but that there is one.
_OF_ALL = frozenset({PersonRole.REPORTER, PersonRole.SERVICE})
_NOBODY = Person(role=PersonRole.UNKNOWN)
_NOTHING = GivenIdentifier(kind="", value="")


class PieceKind(StrEnum):
    """What a piece of a report is."""

    CATEGORY = "category"
    DANGER = "danger"
    FILE = "file"
    IDENTIFIER = "identifier"
    MEETING = "meeting"
    MOMENT = "moment"
    PASSAGE = "passage"
    PERSON = "person"
    PLACE = "place"
    PLATFORM = "platform"


# What may stay with no incident: words that tell nothing of a matter, and what they stand in.
OPTIONAL = frozenset(
    {PieceKind.CATEGORY, PieceKind.MOMENT, PieceKind.PASSAGE, PieceKind.PLACE, PieceKind.PLATFORM}
)


class PartEnd(StrEnum):
    """What became of an incident of a split report."""

    CLOSED = "closed"
    REFERRED = "referred"


class SplitRefusedError(ValueError):
    """A report may not be split so."""


class LeftOutError(SplitRefusedError):
    """Somebody or something belongs to no incident. `pieces` are their names."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self.pieces = tuple(pieces)
        super().__init__(", ".join(self.pieces))


class NothingInItError(SplitRefusedError):
    """Nothing was put into an incident. `number` counts from 1."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(str(number))


class TooFewError(SplitRefusedError):
    """There is one incident only, or there are too many."""


class UnknownPieceError(SplitRefusedError):
    """A piece that this report does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something that a report tells, by its name; `said` is what is to be shown of it."""

    name: str
    kind: PieceKind
    said: str = ""

    @property
    def is_optional(self) -> bool:
        """Whether it may belong to no incident."""
        return self.kind in OPTIONAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An incident as an analyst draws it up: what it is, and the names of what belongs to it."""

    happening: Happening
    pieces: frozenset[str]


def pieces_of(told: Submission, *, exhibits: Sequence[str] = ()) -> tuple[Piece, ...]:
    """Everything of a report that can belong to an incident, in the order in which it is read.

    `exhibits` are the ids of its files in the vault, those among them of which it says nothing.
    """
    return (*_of_incidents(told), *_of_people(told), *_of_files(told, exhibits), *_of_extras(told))


def check_split(drafts: Sequence[Draft], pieces: Sequence[Piece]) -> None:
    """Refuse a split that loses something, or whose parts are none. Raises SplitRefusedError."""
    if not 2 <= len(drafts) <= MOST_PARTS:  # noqa: PLR2004 - one incident is no split
        raise TooFewError(len(drafts))
    known = {piece.name for piece in pieces}
    for number, draft in enumerate(drafts, start=1):
        if not draft.pieces:
            raise NothingInItError(number)
        if draft.pieces - known:
            raise UnknownPieceError(number)
    put = frozenset[str]().union(*(draft.pieces for draft in drafts))
    left = [piece.name for piece in pieces if not piece.is_optional and piece.name not in put]
    if left:
        raise LeftOutError(left)


def exhibits_in(told: Submission, names: Collection[str]) -> frozenset[str]:
    """The ids of the files in the vault that belong to these pieces."""
    of_facts = {
        file.exhibit for n, file in enumerate(told.files) if file.exhibit and f"files.{n}" in names
    }
    bare = {name.partition(".")[2] for name in names if name.startswith("exhibits.")}
    return frozenset(of_facts | bare)


def part_of(
    told: Submission, names: Collection[str], *, happening: Happening | None = None
) -> Submission:
    """A report as it is given to whom one of its incidents is referred: of the rest, no trace.

    Between passages that do not follow one another stands a mark. `happening` is what the desk
    takes it to be.
    """
    cut = in_place(told, names)
    people = [n for n, person in enumerate(told.people) if _is_in(person, n, names)]
    files = [n for n in range(len(told.files)) if f"files.{n}" in names]
    incidents = tuple(
        _condensed(whole, kept, n, names, people=people, files=files, happening=happening)
        for n, (whole, kept) in enumerate(zip(told.incidents, cut.incidents, strict=True))
        if _is_touched(n, names)
    )
    # What belongs to no incident of the tree: somebody or some file alone.
    alone = Incident(
        happening=happening or Happening.OTHER,
        people=tuple(range(len(people))),
        files=tuple(range(len(files))),
    )
    return replace(
        cut,
        incidents=incidents or (alone,),
        people=tuple(told.people[n] for n in people),
        files=tuple(told.files[n] for n in files),
        extra=tuple(
            (name, kept)
            for n, (name, said) in enumerate(told.extra)
            if (kept := _joined(said, _field(n, name), names)) or not is_later(name)
        ),
    )


def in_place(told: Submission, names: Collection[str]) -> Submission:
    """A report with everything blank that belongs to other incidents, all else where it stood.

    Every field and every character keeps its place, so that what rules find in it can be shown in
    the whole report.
    """
    return replace(
        told,
        incidents=tuple(_blanked(one, n, names) for n, one in enumerate(told.incidents)),
        people=tuple(
            person if _is_in(person, n, names) else _NOBODY for n, person in enumerate(told.people)
        ),
        files=tuple(
            file if f"files.{n}" in names else FileFacts() for n, file in enumerate(told.files)
        ),
        extra=tuple(
            (name, _blank(said, _field(n, name), names))
            for n, (name, said) in enumerate(told.extra)
        ),
    )


def later_put(told: Submission, names: Collection[str], *, in_place: bool = False) -> Submission:
    """A split report whole, but of what was told later only what belongs to these pieces.

    `in_place` leaves a blank for the rest, so that every character keeps its place.
    """
    cut = _blank if in_place else _joined
    kept = ((one, cut(said, one, names) if is_later(one) else said) for one, said in told.extra)
    return replace(told, extra=tuple(one for one in kept if one[1] or not is_later(one[0])))


def put_in_place(told: Submission, names: Collection[str]) -> tuple[Submission, dict[str, str]]:
    """The same in place, and by their names whole whichever later words lost a piece by it."""
    put = later_put(told, names, in_place=True)
    given = dict(put.extra)
    return put, {name: said for name, said in told.extra if given.get(name) != said}


def _of_incidents(told: Submission) -> Iterator[Piece]:
    for n, one in enumerate(told.incidents):
        at = f"incidents.{n}"
        yield from passages_of(f"{at}.narrative", one.narrative)
        yield from passages_of(f"{at}.escalation", one.escalation)
        if one.danger_now:
            yield Piece(name=f"{at}.danger_now", kind=PieceKind.DANGER)
        if one.meeting_planned is not None:
            meeting = one.meeting_planned
            said = meeting.said or meeting.at or ""
            yield Piece(name=f"{at}.meeting_planned", kind=PieceKind.MEETING, said=said)
        if one.moment is not None:
            said = one.moment.said or one.moment.at or ""
            yield Piece(name=f"{at}.moment", kind=PieceKind.MOMENT, said=said)
        if one.platform:
            yield Piece(name=f"{at}.platform", kind=PieceKind.PLATFORM, said=one.platform)
        if one.category or one.annotations:
            yield Piece(name=f"{at}.category", kind=PieceKind.CATEGORY, said=one.category)
        for m, place in enumerate(one.places):
            said = ", ".join(part for part in (place.city, place.region, place.country) if part)
            yield Piece(name=f"{at}.places.{m}", kind=PieceKind.PLACE, said=said)
        for m, given in enumerate(one.identifiers):
            yield Piece(name=f"{at}.identifiers.{m}", kind=PieceKind.IDENTIFIER, said=given.value)


def _of_people(told: Submission) -> Iterator[Piece]:
    for n, person in enumerate(told.people):
        if person.role not in _OF_ALL:
            yield Piece(name=f"people.{n}", kind=PieceKind.PERSON)


def _of_files(told: Submission, exhibits: Sequence[str]) -> Iterator[Piece]:
    for n, file in enumerate(told.files):
        yield Piece(name=f"files.{n}", kind=PieceKind.FILE, said=file.media_type)
    told_of = {file.exhibit for file in told.files}
    for one in exhibits:
        if one not in told_of:
            yield Piece(name=f"exhibits.{one}", kind=PieceKind.FILE)


def _of_extras(told: Submission) -> Iterator[Piece]:
    for n, (key, said) in enumerate(told.extra):
        yield from passages_of(_field(n, key), said)


def _field(n: int, key: str) -> str:
    """By what an extra is named in a piece. What was told later keeps its name, whatever comes."""
    return key if is_later(key) else f"extra.{n}.1"


def passages_of(field: str, text: str) -> Iterator[Piece]:
    """A text in passages: its sentences, or several of them where they are many."""
    spans = list(_sentences(text))
    each = -(-len(spans) // MOST_PASSAGES) or 1
    for first in range(0, len(spans), each):
        start, end = spans[first][0], spans[first : first + each][-1][1]
        yield Piece(
            name=f"{field}:{start}-{end}", kind=PieceKind.PASSAGE, said=text[start:end].strip()
        )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in BREAK.finditer(text):
        if text[start : match.end()].strip():
            yield start, match.end()
            start = match.end()
    if text[start:].strip():
        yield start, len(text)


def later_field(message: UUID | str) -> str:
    """By what name that which a message told later stands among the extras."""
    return f"{LATER}{message}"


def is_later(name: str) -> bool:
    """Whether an extra, or a piece of it, is of what was told later."""
    return name.startswith(LATER)


def _spans(field: str, names: Collection[str]) -> list[tuple[int, int]]:
    """Which stretches of a text belong to these pieces, in order."""
    found = (name[len(field) + 1 :].split("-") for name in names if name.startswith(f"{field}:"))
    return sorted((int(start), int(end)) for start, end in found)


def _blank(text: str, field: str, names: Collection[str]) -> str:
    kept = [" "] * len(text)
    for start, end in _spans(field, names):
        kept[start:end] = text[start:end]
    return "".join(kept)


def _joined(text: str, field: str, names: Collection[str]) -> str:
    said, at = "", 0
    for start, end in _spans(field, names):
        said += (GAP if start > at and (said or start) else "") + text[start:end]
        at = end
    return said.strip() + (GAP.rstrip() if said and at < len(text) else "")


def _blanked(one: Incident, n: int, names: Collection[str]) -> Incident:
    at = f"incidents.{n}"

    def has(what: str) -> bool:
        return f"{at}.{what}" in names

    return replace(
        one,
        narrative=_blank(one.narrative, f"{at}.narrative", names),
        escalation=_blank(one.escalation, f"{at}.escalation", names),
        category=one.category if has("category") else "",
        annotations=one.annotations if has("category") else (),
        platform=one.platform if has("platform") else "",
        danger_now=one.danger_now and has("danger_now"),
        meeting_planned=one.meeting_planned if has("meeting_planned") else None,
        moment=one.moment if has("moment") else None,
        places=tuple(p if has(f"places.{m}") else Place() for m, p in enumerate(one.places)),
        identifiers=tuple(
            given if has(f"identifiers.{m}") else _NOTHING
            for m, given in enumerate(one.identifiers)
        ),
    )


def _condensed(
    whole: Incident,
    kept: Incident,
    n: int,
    names: Collection[str],
    *,
    people: Sequence[int],
    files: Sequence[int],
    happening: Happening | None,
) -> Incident:
    at = f"incidents.{n}"
    return replace(
        kept,
        happening=happening or whole.happening,
        narrative=_joined(whole.narrative, f"{at}.narrative", names),
        escalation=_joined(whole.escalation, f"{at}.escalation", names),
        places=tuple(p for m, p in enumerate(whole.places) if f"{at}.places.{m}" in names),
        identifiers=tuple(
            given for m, given in enumerate(whole.identifiers) if f"{at}.identifiers.{m}" in names
        ),
        people=tuple(people.index(one) for one in whole.people if one in people),
        files=tuple(files.index(one) for one in whole.files if one in files),
    )


def _is_touched(n: int, names: Collection[str]) -> bool:
    return any(name.startswith(f"incidents.{n}.") for name in names)


def _is_in(person: Person, n: int, names: Collection[str]) -> bool:
    return person.role in _OF_ALL or f"people.{n}" in names
