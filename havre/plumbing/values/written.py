"""Questions of Django's that are written as SQL once, and asked again with other values.

To build a question and to write it down takes Django several times as long as the server takes to
answer it, and the route asks the same of every report.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import wraps
from itertools import count
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connections
from django.db.models import Model, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
)
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

P = ParamSpec("P")
R = TypeVar("R")

Mark = UUID | str | datetime
MARKED = frozenset({UUID, str, datetime})
READABLE: tuple[Any, ...] = (ModelIterable, ValuesListIterable, FlatValuesListIterable)


@dataclass(frozen=True, slots=True)
class Written:
    """A question as SQL, with all that Django found out in writing it.

    Each of `values` is what the SQL takes in that place, or the number of the argument that it is.
    """

    sql: str
    values: tuple[object | int, ...]
    is_argument: tuple[bool, ...]
    model: type[Model]
    rows_as: Any
    wrote: SQLCompiler
    reads: dict[int, Any]

    def values_with(self, arguments: tuple[object, ...]) -> tuple[object, ...]:
        """What the SQL takes when these are asked about."""
        return tuple(
            arguments[value] if is_argument else value  # type: ignore[call-overload]
            for value, is_argument in zip(self.values, self.is_argument, strict=True)
        )

    def rows(self, arguments: tuple[object, ...]) -> list[Any]:
        """The answer, read as Django reads it."""
        asked: Any = Asked(self, arguments)
        rows: QuerySet[Any] = QuerySet(model=self.model, query=asked, using=DEFAULT_DB_ALIAS)
        return [*self.rows_as(rows)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands for Django's query where the answer is read."""

    written: Written
    arguments: tuple[object, ...]

    def get_compiler(self, using: str, **_: object) -> "Reader":
        return Reader(self.written, self.arguments, using)


class Reader(SQLCompiler):
    """Asks what was written, where Django would write it."""

    def __init__(self, written: Written, arguments: tuple[object, ...], using: str) -> None:
        wrote = written.wrote
        super().__init__(wrote.query, connections[using], using)
        self._written, self._arguments = written, arguments
        self.select, self.klass_info = wrote.select, wrote.klass_info
        self.annotation_col_map, self.col_count = wrote.annotation_col_map, wrote.col_count
        self.has_extra_select = wrote.has_extra_select

    def as_sql(self, *_: object, **__: object) -> tuple[str, tuple[Any, ...]]:
        if self.query.select_for_update and self.connection.get_autocommit():
            msg = "what is held is held until a transaction ends, and there is none"
            raise TransactionManagementError(msg)
        return self._written.sql, self._written.values_with(self._arguments)

    def get_converters(self, _expressions: object) -> dict[int, Any]:
        return self._written.reads


def written_once(build: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """Make a question of a function that builds it; it then gives its rows.

    Its arguments stand in their places. Ids, texts and moments are values, and the question must be
    the same whatever they are: no choice is made by them, and no time is looked up in it. Whatever
    is a word of ours, true, false or nothing makes a question of its own. Where anything else comes
    in, such as a person, it is written anew each time. Raises NotSupportedError.
    """
    known: dict[tuple[object, ...], Written] = {}

    @wraps(build)
    def rows(*arguments: P.args, **names: P.kwargs) -> list[R]:
        kind = _kind(arguments)
        if kind is None or names:
            return list(build(*arguments, **names))
        if kind not in known:
            try:
                known[kind] = _write(build, arguments)
            except EmptyResultSet:
                # Django writes nothing where nobody may see anything: there is no SQL to keep.
                return []
        return known[kind].rows(arguments)

    return rows


def _kind(arguments: tuple[object, ...]) -> tuple[object, ...] | None:
    """What makes one question of these arguments, or None where it is not to be kept."""
    kind = list[object]()
    for each in arguments:
        if type(each) in MARKED:
            kind.append(type(each))
        elif each is None or isinstance(each, bool | Enum):
            kind.append(each)
        else:
            return None
    return tuple(kind)


def _write(build: Callable[..., QuerySet[Any, Any]], arguments: tuple[object, ...]) -> Written:
    """Write a question with a mark in each place, and see that it is the same with these."""
    numbers = count(1)
    marks = [_mark(each, next(numbers)) if type(each) in MARKED else each for each in arguments]
    places = {mark: place for place, mark in enumerate(marks) if type(mark) in MARKED}
    asked = build(*marks)
    wrote = asked.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, found = wrote.as_sql()
    is_argument = tuple(type(value) in MARKED and value in places for value in found)
    values = tuple(
        places[value] if marked else value for value, marked in zip(found, is_argument, strict=True)
    )
    written = Written(
        sql=sql,
        values=values,
        is_argument=is_argument,
        model=asked.model,
        rows_as=asked._iterable_class,  # noqa: SLF001
        wrote=wrote,
        reads=wrote.get_converters([column for column, *_ in wrote.select[: wrote.col_count]]),
    )
    _look_at(written, len(places), build(*arguments), arguments)
    return written


def _look_at(
    written: Written, marks: int, again: QuerySet[Any, Any], arguments: tuple[object, ...]
) -> None:
    """Refuse what is not the same question for other values."""
    kept = list(zip(written.values, written.is_argument, strict=True))
    sql, values = again.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    if (
        written.rows_as not in READABLE
        or len({value for value, marked in kept if marked}) != marks
        or any(isinstance(value, date) for value, marked in kept if not marked)
        or (sql, tuple(values)) != (written.sql, written.values_with(arguments))
    ):
        msg = f"this question depends on more than the values it is given: {written.sql}"
        raise NotSupportedError(msg)


def _mark(like: object, number: int) -> Mark:
    """A value of the same kind that nobody else would give."""
    if isinstance(like, UUID):
        return UUID(int=number, version=4)
    if isinstance(like, datetime):
        return datetime(9000 + number, 1, 1, tzinfo=UTC)
    return f"\N{NOT SIGN}{number}\N{NOT SIGN}"
