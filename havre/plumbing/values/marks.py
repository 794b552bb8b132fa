"""What a question that is written once is asked with, and the marks that find its places."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum
from itertools import count
from typing import Any, cast
from uuid import UUID

from django.db import NotSupportedError

from havre.plumbing import clock
from havre.plumbing.scopes import Context

MARKED = frozenset({UUID, str, datetime})
LISTED = frozenset({UUID, str, bytes})
# The present moment, while a question is written.
NOW = datetime(8999, 1, 1, tzinfo=UTC)

Find = Callable[[str], list[UUID]]
Looks = Callable[[Find, str], list[UUID]]
_writing: ContextVar["Looks | None"] = ContextVar("writing", default=None)


class Found(list[UUID]):
    """What is looked up for a question that is kept: asked about also where there is nothing."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes a question of its own of a person: how they act. Not who they are."""

    of: type[Any]
    signs_as: str
    role: str
    scope: str
    compartments: str


@dataclass(frozen=True, slots=True)
class Look:
    """What is found of the fact of a number, each time that a question is asked."""

    find: Find
    of: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Arguments that nobody else would give, and the facts they are made of, in their order.

    `needed` are the numbers of those that have to come into the question; `looks` are what is
    looked up of one of the facts each time it is asked, behind the others.
    """

    arguments: tuple[Any, ...]
    facts: list[object]
    needed: frozenset[int]
    looks: list["Look"] = field(default_factory=list)

    def look(self, find: "Find", of: str) -> list[UUID]:
        """The mark of what is found of somebody. Raises NotSupportedError."""
        if of not in self.facts:
            msg = f"a question that is kept may look up nothing of {of}"
            raise NotSupportedError(msg)
        look = Look(find, self.facts.index(of))
        first = len(self.facts) - len(self.looks)
        if look not in self.looks:
            self.looks.append(look)
            self.facts.append([UUID(int=first + len(self.looks), version=5)])
        return Found(cast("list[UUID]", self.facts[first + self.looks.index(look)]))


class Anyone:
    """Stands for a person while a question is written: all that it may know of whoever acts.

    Whatever else it asks about them is refused, since the question is kept for others too.
    """

    def __init__(self, kind: Kind, context: Context) -> None:
        self._kind, self.context = kind, context

    @property  # type: ignore[misc]
    def __class__(self) -> type[Any]:
        return self._kind.of

    @property
    def role(self) -> str:
        return self._kind.role

    @property
    def scope(self) -> str:
        return self.context.scope

    @property
    def signature(self) -> str:
        return self.context.actor

    def __getattr__(self, name: str) -> object:
        msg = f"a question that is kept may not ask for the {name} of whoever acts"
        raise NotSupportedError(msg)


def asked_with(
    arguments: tuple[object, ...],
) -> tuple[tuple[object, ...], tuple[object, ...]] | None:
    """What makes one question of these arguments, and the facts that it is asked with.

    None where it is not to be kept: for anything but ids, texts, moments, tuples of them, words and
    numbers of ours and those who act. The last fact is the present moment.
    """
    kinds, facts = list[object](), list[object]()
    for each in arguments:
        of = type(each)
        if of in MARKED:
            kinds.append(of)
            facts.append(each)
        elif each in (None, ()) or isinstance(each, bool | int | Enum):
            kinds.append(each)
        elif isinstance(each, tuple) and type(each[0]) in LISTED:
            kinds.append((tuple, type(each[0])))
            facts.append(list(each))
        elif context := _told_of(each):
            kinds.append(_kind(each, context))
            facts += _facts(context)
        else:
            return None
    return tuple(kinds), (*facts, clock.now())


def marks_for(arguments: tuple[object, ...]) -> Marks:
    """Arguments of the same kinds as these, each with a mark in its place."""
    numbers = count(1)
    stand_ins, facts, needed = list[Any](), list[object](), set[int]()
    for each in arguments:
        if type(each) in MARKED:
            stand_ins.append(_mark(each, next(numbers)))
            needed.add(len(facts))
            facts.append(stand_ins[-1])
        elif isinstance(each, tuple) and each:
            stand_ins.append((_mark(each[0], next(numbers)),))
            needed.add(len(facts))
            facts.append(list(stand_ins[-1]))
        elif context := _told_of(each):
            kind = _kind(each, context)
            who, agency = (_mark(UUID(int=0), next(numbers)) for _ in range(2))
            context = replace(context, actor=f"{kind.signs_as}:{who}", agency=str(agency))
            stand_ins.append(Anyone(kind, context))
            facts += _facts(context)
        else:
            stand_ins.append(each)
    return Marks(tuple(stand_ins), [*facts, NOW], frozenset(needed))


@contextmanager
def writing_with(look: Looks) -> Iterator[None]:
    """While a question is written, what would be looked up is what this gives instead."""
    token = _writing.set(look)
    try:
        yield
    finally:
        _writing.reset(token)


def looked_up(find: Find, of: str) -> list[UUID]:
    """The ids that `find` gives of somebody: anew each time, also for a question that is kept.

    A wall may leave out what there is nothing of: a question that is kept never does.
    """
    look = _writing.get()
    return find(of) if look is None else look(find, of)


def found_now(find: Find, of: str) -> list[UUID]:
    """What is found at this moment, as a question that is kept asks about it."""
    return Found(find(of))


def _told_of(someone: object) -> Context | None:
    """How a person acts, unless more than a role, a scope and compartments decides what they see.

    Whoever belongs to another agency too, is not here now, or sees one report or one provider's
    alone, is somebody for whom nothing is kept.
    """
    if isinstance(someone, Enum):
        return None
    context = getattr(someone, "context", None)
    if not isinstance(context, Context):
        return None
    more = context.elsewhere or context.provider or context.report or context.token
    return context if ":" in context.actor and context.agency and not more else None


def _kind(someone: object, context: Context) -> Kind:
    signs_as, role = context.actor.partition(":")[0], str(getattr(someone, "role", ""))
    # Not its type: who acts may be an object that is looked up when it is needed.
    return Kind(someone.__class__, signs_as, role, context.scope, context.compartments)


def _facts(context: Context) -> tuple[object, ...]:
    """Who acts and for which agency, each as it is written in a context and as an id."""
    who = UUID(context.actor.partition(":")[2])
    return context.actor, who, context.agency, UUID(context.agency)


def _mark(like: object, number: int) -> object:
    """A value of the same kind that nobody else would give."""
    if isinstance(like, UUID):
        return UUID(int=number, version=4)
    if isinstance(like, datetime):
        return datetime(9000 + number, 1, 1, tzinfo=UTC)
    if isinstance(like, bytes):
        return f"\N{NOT SIGN}{number}\N{NOT SIGN}".encode()
    return f"\N{NOT SIGN}{number}\N{NOT SIGN}"
