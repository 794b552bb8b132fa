"""Counts for people to read: exact up to a bound, and "more than so many" above it (decision 035).

A count looks at every row that it counts. Nobody does anything else for 143,212 than for 143,211;
where somebody does, nothing is counted here.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class MoreThan:
    """There are more than so many, and nobody looked how many more."""

    number: int


HowMany: TypeAlias = int | MoreThan


def how_many(rows: QuerySet[Any, Any]) -> HowMany:
    """How many rows these are, exactly up to MOST_COUNTED; in their order, if they have one."""
    return together(rows[: MOST_COUNTED + 1].count())


def how_many_of_each(**questions: QuerySet[Any, Any]) -> dict[str, HowMany]:
    """How many rows each question finds, as `how_many` tells it: all in one statement.

    Each is found by an index of its own. Counted in one walk, all that any of them asks about
    would be looked at to its end.
    """
    texts: list[str] = []
    values: list[Any] = []
    for rows in questions.values():
        few = rows.order_by().values("pk")[: MOST_COUNTED + 1]
        try:
            text, asked = few.query.sql_with_params()
        except EmptyResultSet:
            text, asked = "SELECT WHERE false", ()
        texts.append(f"(SELECT count(*) FROM ({text}) few)")  # noqa: S608 - written by Django
        values += asked
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(texts)}", values)
        found = cursor.fetchone()
    return {name: together(count) for name, count in zip(questions, found, strict=True)}


def together(*counts: HowMany) -> HowMany:
    """How many these are together, where no row is counted twice."""
    least = [one.number + 1 if isinstance(one, MoreThan) else one for one in counts]
    return MoreThan(MOST_COUNTED) if sum(least) > MOST_COUNTED else sum(least)
