"""Questions of Django's that are written as SQL once, and asked again with other values.

To build a question and to write it down takes Django several times as long as the server takes to
answer it, and the route and the pages of the staff ask the same again and again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
)
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI
from django.db.transaction import TransactionManagementError

from havre.plumbing.clock import clock_set_to
from havre.plumbing.values.marks import (
    NOW,
    Look,
    asked_with,
    found_now,
    marks_for,
    writing_with,
)

P = ParamSpec("P")
R = TypeVar("R")

READABLE: tuple[Any, ...] = (ModelIterable, ValuesListIterable, FlatValuesListIterable)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one of the facts stands that a question is asked with."""

    number: int


@dataclass(frozen=True, slots=True)
class Written:
    """A question as SQL, with all that Django found out in writing it.

    `values` is what the SQL takes, with a place for whatever is not the same each time.
    """

    sql: str
    values: tuple[object, ...]
    model: type[Model]
    rows_as: Any
    wrote: SQLCompiler
    reads: dict[int, Any]
    looks: tuple[Look, ...]

    def values_with(self, facts: tuple[Any, ...]) -> tuple[object, ...]:
        """What the SQL takes when it is asked with these facts, and what is looked up of them."""
        found = (*facts, *(look.find(facts[look.of]) for look in self.looks))
        return tuple(_filled(value, found) for value in self.values)

    def rows(self, facts: tuple[object, ...]) -> list[Any]:
        """The answer, read as Django reads it."""
        asked: Any = Asked(self, facts)
        rows: QuerySet[Any] = QuerySet(model=self.model, query=asked, using=DEFAULT_DB_ALIAS)
        return [*self.rows_as(rows)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands for Django's query where the answer is read."""

    written: Written
    facts: tuple[object, ...]

    def get_compiler(self, using: str, **_: object) -> "Reader":
        return Reader(self.written, self.facts, using)


class Reader(SQLCompiler):
    """Asks what was written, where Django would write it."""

    def __init__(self, written: Written, facts: tuple[object, ...], using: str) -> None:
        wrote = written.wrote
        super().__init__(wrote.query, connections[using], using)
        self._written, self._facts = written, facts
        self.select, self.klass_info = wrote.select, wrote.klass_info
        self.annotation_col_map, self.col_count = wrote.annotation_col_map, wrote.col_count
        self.has_extra_select = wrote.has_extra_select

    def as_sql(self, *_: object, **__: object) -> tuple[str, tuple[Any, ...]]:
        if self.query.select_for_update and self.connection.get_autocommit():
            msg = "what is held is held until a transaction ends, and there is none"
            raise TransactionManagementError(msg)
        return self._written.sql, self._written.values_with(self._facts)

    def execute_sql(self, result_type: str = MULTI, **more: object) -> object:  # type: ignore[override]
        """The rows, by the driver's own cursor: each layer of the framework's costs as much.

        Where somebody looks at what is asked, or refuses it, they are passed by nothing.
        """
        ours = self.connection
        if result_type != MULTI or ours.execute_wrappers or ours.queries_logged:
            by_framework: Callable[..., object] = super().execute_sql
            return by_framework(result_type, **more)
        sql, values = self.as_sql()
        ours.ensure_connection()
        ours.validate_no_broken_transaction()
        with ours.wrap_database_errors, ours.create_cursor() as cursor:
            return [cursor.execute(sql, values).fetchall()]

    def get_converters(self, _expressions: object) -> dict[int, Any]:
        return self._written.reads


def written_once(build: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """Make a question of a function that builds it; it then gives its rows.

    Its arguments stand in their places. Ids, texts, moments and tuples of ids, texts or bytes are
    values, and the question must be the same whatever they are: no choice is made by them.
    Whatever is a word or a number of ours, true, false or nothing makes a question of its own. So
    do the role, the scope and the compartments of whoever acts; who they are and of which agency
    are values again, and nothing else is known of them (decision 032). No time but the present
    moment is looked up in it, and nothing is asked while it is built. Where anything else comes in,
    it is written anew each time. Raises NotSupportedError.
    """
    known: dict[tuple[object, ...], Written] = {}

    @wraps(build)
    def rows(*arguments: P.args, **names: P.kwargs) -> list[R]:
        asked = None if names else asked_with(arguments)
        if asked is None:
            return list(build(*arguments, **names))
        kinds, facts = asked
        if kinds not in known:
            try:
                known[kinds] = _write(build, arguments, facts)
            except EmptyResultSet:
                # Django writes nothing where nobody may see anything: there is no SQL to keep.
                return list(build(*arguments, **names))
        return known[kinds].rows(facts)

    return rows


def _write(
    build: Callable[..., QuerySet[Any, Any]],
    arguments: tuple[object, ...],
    facts: tuple[object, ...],
) -> Written:
    """Write a question with a mark in each place, and see that it is the same with these."""
    marks = marks_for(arguments)
    with clock_set_to(NOW), writing_with(marks.look), connection.execute_wrapper(_refuse):
        asked = build(*marks.arguments)
        wrote = asked.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, found = wrote.as_sql()
    values = tuple(_placed(value, marks.facts) for value in found)
    written = Written(
        sql=sql,
        values=values,
        model=asked.model,
        rows_as=asked._iterable_class,  # noqa: SLF001
        wrote=wrote,
        reads=wrote.get_converters([column for column, *_ in wrote.select[: wrote.col_count]]),
        looks=tuple(marks.looks),
    )
    if not marks.needed <= set(_places(values)):
        raise _hangs_on_more(written)
    _look_at(written, build, arguments, facts)
    return written


def _look_at(
    written: Written,
    build: Callable[..., QuerySet[Any, Any]],
    arguments: tuple[object, ...],
    facts: tuple[Any, ...],
) -> None:
    """Refuse what is not the same question for other values."""
    with clock_set_to(facts[-1]), writing_with(found_now):
        sql, values = build(*arguments).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    if (
        written.rows_as not in READABLE
        or any(isinstance(value, date) for value in _each(written.values))
        or (sql, tuple(values)) != (written.sql, written.values_with(facts))
    ):
        raise _hangs_on_more(written)


def _hangs_on_more(written: Written) -> NotSupportedError:
    msg = f"this question depends on more than the values it is given: {written.sql}"
    return NotSupportedError(msg)


def _refuse(*_: object) -> NoReturn:
    msg = "nothing is asked while a question is written: its answer would be kept"
    raise NotSupportedError(msg)


def _placed(value: object, marks: list[object]) -> object:
    """A value as it is, or the place of the mark that it is or that stands in it."""
    for number, mark in enumerate(marks):
        if type(value) is type(mark) and value == mark:
            return Place(number)
    return [_placed(each, marks) for each in value] if isinstance(value, list) else value


def _filled(value: object, facts: tuple[object, ...]) -> object:
    if isinstance(value, Place):
        return facts[value.number]
    return [_filled(each, facts) for each in value] if isinstance(value, list) else value


def _each(values: Iterable[object]) -> Iterator[object]:
    for value in values:
        if isinstance(value, list):
            yield from _each(value)
        else:
            yield value


def _places(values: Iterable[object]) -> Iterator[int]:
    return (each.number for each in _each(values) if isinstance(each, Place))
