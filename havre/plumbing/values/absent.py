"""What there is none of: found once by several steps in one go, so that none of them asks."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from havre.plumbing.together.steps import read_once

P = ParamSpec("P")
R = TypeVar("R")
Question = Callable[Concatenate[UUID, P], list[R]]


def note_absent(tables: Collection[str], record: UUID) -> None:
    """Say to the steps that follow in one go that these tables hold no row of a record.

    Only while the record is held by the transaction, so that whoever adds one does so after it.
    """
    for table in tables:
        read_once(("absent", table, record), lambda: True)


def none_without(table: str) -> Callable[[Question[P, R]], Question[P, R]]:
    """Let a question about rows of a record, its first argument, be asked only where any may be.

    Where it was noted that the table holds none of it, the answer is empty.
    """

    def decorate(question: Question[P, R]) -> Question[P, R]:
        @wraps(question)
        def answered(record: UUID, /, *rest: P.args, **names: P.kwargs) -> list[R]:
            is_absent = read_once(("absent", table, record), lambda: False)
            return [] if is_absent else question(record, *rest, **names)

        return answered

    return decorate
