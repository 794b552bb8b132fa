"""The versioned table of weights: kind of value, how many hold it, how those hang together."""

import tomllib
from functools import cache
from math import log2
from pathlib import Path

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole

DATA = Path(__file__).parents[1] / "data" / "weights.toml"

Row = tuple[int, int, int, int]
THOUSAND = 1000
EVEN = THOUSAND // 2
ENOUGH_OTHERS = 4
"""Fewer reports than this cannot show whether a value's reports hang together."""
COHERENT_PERCENT = 10
LONE_NAMES = 10
"""A name in at most so many reports may tie those that tell it and nothing else."""


@cache
def _table() -> dict[str, object]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def version() -> str:
    """The version that a stored explanation names."""
    return str(_table()["version"])


@cache
def rows_of(kind: Kind, *, part: str = "") -> tuple[Row, ...]:
    """The rows of a kind, rarest first. Raises KeyError for a kind that the table forgot."""
    table = _table()
    rows = table[part or "kinds"]
    assert isinstance(rows, dict)  # noqa: S101 - the shape of our own file
    return tuple((row[0], row[1], row[2], row[3]) for row in rows["rows" if part else str(kind)])


def tenths_of(
    kind: Kind, *, seen_in: int, roles: tuple[str, str], coherent: bool | None, part: str = ""
) -> int:
    """Tenths of a bit that sharing a value is worth; 0 when it is worth no link.

    `coherent` says whether the reports that share it mostly share something else as well; `part`
    names rows of the table that are for a special case of the kind.
    """
    row = next(row for row in rows_of(kind, part=part) if seen_in <= row[0])
    chance = row[2] if coherent is None else row[1] if coherent else row[3]
    if chance <= EVEN:
        return 0
    taken = _table()["role"]
    assert isinstance(taken, dict)  # noqa: S101 - the shape of our own file
    known = sum(role != PersonRole.UNKNOWN for role in roles)
    less = int(taken[("known-none", "known-one", "known-both")[known]])
    return max(round(10 * log2(chance / (THOUSAND - chance))) - less, 1)


def is_coherent(sharing_more: int, others: int) -> bool | None:
    """Whether a value's reports hang together; None while there are too few to say."""
    if others < ENOUGH_OTHERS:
        return None
    return sharing_more * 100 >= COHERENT_PERCENT * others


@cache
def chain_limits(kind: str) -> tuple[int, int]:
    """In how many reports at most a value may chain: alone, and where they hang together."""
    chains = _table()["chain"]
    assert isinstance(chains, dict)  # noqa: S101 - the shape of our own file
    alone, together = chains.get(kind, (0, 0))
    return alone, together


def bounds_of(kind: str) -> frozenset[int]:
    """The numbers of reports at which a value of a kind begins to count otherwise for clusters."""
    rows = {row[0] for row in rows_of(Kind(kind))}
    limits = gather_limit(kind), merge_limit(kind), LONE_NAMES
    return frozenset({*rows, *chain_limits(kind), *limits})


@cache
def beyond(kind: str) -> int:
    """The most reports that a value of a kind may be in and still say anything for clusters."""
    last = max(row[0] for row in rows_of(Kind(kind)))
    return max(bound for bound in bounds_of(kind) if bound < last)


def chaining_kinds() -> frozenset[str]:
    """The kinds of which a value may put two reports into one cluster."""
    chains = _table()["chain"]
    assert isinstance(chains, dict)  # noqa: S101 - the shape of our own file
    return frozenset(chains)


@cache
def gather_limit(kind: str) -> int:
    """In how many reports at most a value may bring one report to a cluster."""
    return _gathering(kind)[0] or chain_limits(kind)[1]


@cache
def merge_limit(kind: str) -> int:
    """In how many reports at most a value may, with another, make two clusters one."""
    return _gathering(kind)[2] or chain_limits(kind)[1]


def gather_share(kind: str) -> int:
    """What percentage of a value's clustered reports must be in the one that it brings another to.

    100 and more where it never brings one alone.
    """
    return _gathering(kind)[1]


def _gathering(kind: str) -> tuple[int, int, int]:
    gathers = _table()["gather"]
    assert isinstance(gathers, dict)  # noqa: S101 - the shape of our own file
    limit, share, merges = gathers.get(kind, (0, 101, 0))
    return limit, share, merges


def may_chain(kind: Kind, *, seen_in: int, coherent: bool | None) -> bool:
    """Whether sharing a value may put two reports into one cluster without a person."""
    alone, together = chain_limits(kind)
    return bool(seen_in <= (together if coherent else alone))
