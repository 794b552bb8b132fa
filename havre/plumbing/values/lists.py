"""Lists that a question takes as one value, so that it is the same question however long they are.

An IN has a place for each value: it is another statement, planned anew, for every other length.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import ForeignObject, Lookup, Q, UUIDField
from django.db.models.sql.compiler import SQLCompiler


@ForeignObject.register_lookup
@UUIDField.register_lookup
class OneOf(Lookup):
    """Whether a column holds one of a list of ids."""

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ANN401 - Django's own
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY (%s::uuid[])", (*values, list(self.rhs))


def one_of(path: str, ids: Collection[UUID]) -> Q:
    """Whether the id, or the row of an id, that a path leads to is one of these: a filter."""
    return Q(**{f"{path}__one_of": list(ids)})
