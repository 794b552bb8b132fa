"""Lists that a question takes as one value, so that it is the same question however long they are.

An IN has a place for each value: it is another statement, planned anew, for every other length.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, ForeignObject, Lookup, Q, QuerySet, UUIDField
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.db.models.sql.compiler import SQLCompiler


@ForeignObject.register_lookup
@UUIDField.register_lookup
class OneOf(Lookup):
    """Whether a column holds one of a list of ids."""

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ANN401 - Django's own
        column, values = self.process_lhs(compiler, connection)
        if isinstance(self.rhs, ArraySubquery):
            found, asked = compiler.compile(self.rhs)
            return f"{column} = ANY ({found})", (*values, *asked)
        return f"{column} = ANY (%s::uuid[])", (*values, list(self.rhs))


def one_of(path: str, ids: Collection[UUID]) -> Q:
    """Whether the id, or the row of an id, that a path leads to is one of these: a filter."""
    return Q(**{f"{path}__one_of": list(ids)})


def one_found(path: str, rows: QuerySet[Any, Any]) -> Q:
    """Whether the id that a path leads to is one of those that a question finds: a filter.

    They are found once a statement, before the rows are: an index is entered by them, also where
    it is they or something else. An IN that is one of two ways is asked of every row.
    """
    return Q(**{f"{path}__one_of": ArraySubquery(rows)})


def behind(columns: Sequence[str], values: Sequence[object]) -> Q:
    """Whether a row comes after these values in the order of its columns, all upwards: a filter.

    One comparison of the row, by which an index in this order is entered at its place.
    """
    return Q(TupleGreaterThan(Tuple(*map(F, columns)), tuple(values)))


def first_of(
    stretches: Sequence[QuerySet[Any, tuple[Any, ...]]], *, order: Sequence[str], most: int
) -> list[tuple[Any, ...]]:
    """The first rows of several stretches, each in its own order by an index, in one statement.

    The stretches hold no row twice, and each gives the columns of `order`, by which all are sorted.
    """
    firsts = [one[:most] for one in stretches if not one.query.is_empty()]
    if len(firsts) < 2:  # noqa: PLR2004 - nothing to be joined
        return list(firsts[0]) if firsts else []
    return list(firsts[0].union(*firsts[1:], all=True).order_by(*order)[:most])
