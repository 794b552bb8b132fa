"""What one value of an XARF document may be: every fault, at its JSON pointer."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from havre.intake.jsondoor.wires.tree import escaped
from havre.intake.providers.wires import ispws_values as v

Told = tuple[str, str]
# Answers "" or the reason that a text is refused.
Texts = Callable[[str, datetime], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a check may look at."""

    check: Texts


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two, whole or not."""

    least: int
    most: int
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Several:
    """A list of one kind, up to so many."""

    kind: "Kind"
    most: int = 500


@dataclass(frozen=True, slots=True)
class Object:
    """Named things. What else stands in one that is not closed is kept, unread."""

    fields: "Mapping[str, Kind]"
    needed: tuple[str, ...] = ()
    is_closed: bool = False


Kind = Text | Flag | Number | Several | Object


def faults_in(raw: object, kind: Kind, now: datetime, at: str = "") -> Iterator[Told]:
    """Every fault of a value and of all that stands in it."""
    match kind:
        case Object():
            yield from _of_an_object(raw, kind, now, at)
        case Several(kind=inside, most=most):
            if not isinstance(raw, list):
                yield at, "must be a list"
            elif len(raw) > most:
                yield at, f"holds {len(raw)}; at most {most} are allowed"
            else:
                for place, value in enumerate(raw):
                    yield from faults_in(value, inside, now, f"{at}/{place}")
        case _:
            reason = _of_a_value(raw, kind, now)
            if reason:
                yield at, reason


def _of_an_object(raw: object, kind: Object, now: datetime, at: str) -> Iterator[Told]:
    if not isinstance(raw, dict):
        yield at, "must be an object"
        return
    for name in kind.needed:
        if name not in raw:
            yield f"{at}/{name}", "is missing"
    for name, value in raw.items():
        place = f"{at}/{escaped(name[:80])}"
        if name in kind.fields:
            yield from faults_in(value, kind.fields[name], now, place)
        elif kind.is_closed:
            yield place, "is not known here"


def _of_a_value(raw: object, kind: Kind, now: datetime) -> str:
    if isinstance(kind, Text):
        return kind.check(raw, now) if isinstance(raw, str) else "must be text"
    if isinstance(kind, Flag):
        return "" if isinstance(raw, bool) else "must be true or false"
    assert isinstance(kind, Number)  # noqa: S101 - what else there is was looked at before
    is_number = isinstance(raw, int if kind.is_whole else int | float)
    if isinstance(raw, bool) or not is_number or not kind.least <= raw <= kind.most:  # type: ignore[operator]
        whole = "a whole number" if kind.is_whole else "a number"
        return f"must be {whole} from {kind.least} to {kind.most}"
    return ""


def shaped(pattern: str, reason: str) -> Text:
    """A text of this shape."""
    shape = re.compile(pattern)
    return Text(lambda text, _now: "" if shape.fullmatch(text) else reason)


def one_of(words: str) -> Text:
    """One of these words."""
    known = words.split()
    return Text(v.Word(frozenset(known), f"one of {', '.join(known)}"))


def uuid(text: str, _now: datetime) -> str:
    """A UUID."""
    try:
        UUID(text)
    except ValueError:
        return "must be a UUID"
    return ""
