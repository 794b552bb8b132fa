"""What an analyst sees of a report to split it: everything that can belong to an incident."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.identifiers.reads import IN_CLEAR
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import FileFacts, Person
from havre.intake.splits.rules import Piece, PieceKind, later_field
from havre.referrals.splitting.actions import ToSplit
from havre.referrals.wording import AGE_CLASSES, KINDS, ROLES
from havre.triage.splitting.wording import PIECES

SHOWN_AT_EACH_END = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRow:
    """One piece in words; a passage is what somebody wrote."""

    piece: Piece
    kind: Promise
    said: str
    is_passage: bool


def piece_rows(to_split: ToSplit) -> tuple[PieceRow, ...]:
    """Every piece of a report in words, in the order in which it is read."""
    return tuple(_row(piece, _said(to_split, piece)) for piece in to_split.pieces)


def later_rows(to_split: ToSplit, messages: Collection[UUID]) -> tuple[PieceRow, ...]:
    """What these messages told later that belongs to no incident yet, in passages."""
    said = tuple(f"{later_field(message)}:" for message in messages)
    return tuple(_row(one, one.said) for one in to_split.later if one.name.startswith(said))


def held_rows(to_split: ToSplit) -> tuple[tuple[PieceRow, tuple[tuple[int, bool], ...]], ...]:
    """Each piece, and of each incident by number whether it belongs to it."""
    return tuple(
        (row, tuple((part.number, row.piece.name in part.pieces) for part in to_split.parts))
        for row in piece_rows(to_split)
    )


def _row(piece: Piece, said: str) -> PieceRow:
    is_passage = piece.kind is PieceKind.PASSAGE
    return PieceRow(piece=piece, kind=PIECES[piece.kind], said=said, is_passage=is_passage)


def _said(to_split: ToSplit, piece: Piece) -> str:
    told = to_split.opened.submission
    head, _dot, rest = piece.name.partition(".")
    if piece.kind is PieceKind.PERSON:
        return ", ".join(_of_person(told.people[int(rest)]))
    if piece.kind is PieceKind.FILE:
        return (
            _of_file(told.files[int(rest)])
            if head == "files"
            else _("A file of which nothing is said")
        )
    if piece.kind is PieceKind.IDENTIFIER:
        number, place = rest.split(".")[0], rest.rpartition(".")[2]
        given = told.incidents[int(number)].identifiers[int(place)]
        kind = KINDS[given.kind] if given.kind in set(Kind) else given.kind
        return f"{kind} {_masked(given.value)}"
    return piece.said


def _of_person(person: Person) -> Iterator[str]:
    yield str(ROLES[person.role])
    if person.role in IN_CLEAR:
        yield from person.names
        yield from (one.value for one in person.identifiers[:1] if not person.names)
    yield str(person.age) if person.age is not None else str(AGE_CLASSES[person.age_class])
    count = len(person.identifiers)
    if count:
        yield ngettext("%(count)s identifier", "%(count)s identifiers", count) % {"count": count}


def _of_file(file: FileFacts) -> str:
    parts = (file.media_type or _("Type not given"), file.classification)
    return ", ".join(part for part in parts if part)


def _masked(value: str) -> str:
    """Enough of a value to know it again: the rest is unmasked on the page of the report."""
    if len(value) <= 2 * SHOWN_AT_EACH_END:
        return "…"
    return f"{value[:SHOWN_AT_EACH_END]}…{value[-SHOWN_AT_EACH_END:]}"
