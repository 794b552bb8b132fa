"""The one model file: which pairs are compared, how, and what each agreement is worth."""

import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from hashlib import sha256
from math import log2
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data" / "people.toml"
LEAST = 1e-9
"""A chance of nothing has no weight; so small a one stands for it."""


class How(StrEnum):
    """How two values agree at a level."""

    EDITS = "edits"
    ELSE = "else"
    SAME = "same"
    SHARED = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One way to agree: how often two reports of one person do, and how often two people's."""

    how: How
    m: float
    u: float
    at: float = 0
    rare: bool = False

    @property
    def bits(self) -> float:
        """What agreeing so is worth, before it is said how rare the value is."""
        return log2(max(self.m, LEAST) / max(self.u, LEAST))

    @property
    def word(self) -> str:
        """The level as a word for tables and files, such as "edits-1"."""
        return f"{self.how}-{self.at:g}" if self.at else str(self.how)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """The levels of one column, the strictest first, "else" the last."""

    column: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which pairs are looked at: those that agree on columns, on them swapped, or share one value.

    `train` marks those from which a refit learns how often one person's reports agree.
    """

    on: tuple[str, ...] = ()
    swapped: tuple[str, ...] = ()
    each: str = ""
    train: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything that decides what is proposed. `digest` is that of the file, byte for byte."""

    version: str
    digest: str
    one_pair_in: float
    proposed_from_bits: float
    seed: int
    pairs_at_random: int
    share_sure: float
    blocks: tuple[Rule, ...]
    sure: tuple[Rule, ...]
    compares: tuple[Compare, ...]

    def reweighed(self, one_pair_in: float, compares: tuple[Compare, ...]) -> "Model":
        """The same comparisons with other weights."""
        return replace(self, one_pair_in=one_pair_in, compares=compares)


@cache
def adopted() -> Model:
    """The model that proposals are made by."""
    return model_of(DATA.read_bytes())


def model_of(file: bytes) -> Model:
    """A model file read. Raises KeyError or ValueError where it is not one."""
    table = tomllib.loads(file.decode())
    return Model(
        version=table["version"],
        digest=sha256(file).hexdigest(),
        one_pair_in=table["one_pair_in"],
        proposed_from_bits=table["proposed_from_bits"],
        seed=table["seed"],
        pairs_at_random=table["pairs_at_random"],
        share_sure=table["share_sure"],
        blocks=tuple(_rule(each) for each in table["block"]),
        sure=tuple(_rule(each) for each in table["sure"]),
        compares=tuple(_compare(each) for each in table["compare"]),
    )


def _rule(told: dict[str, Any]) -> Rule:
    return Rule(
        on=tuple(told.get("on", ())),
        swapped=tuple(told.get("swapped", ())),
        each=told.get("each", ""),
        train=told.get("train", False),
    )


def _compare(told: dict[str, Any]) -> Compare:
    levels = tuple(Level(**each | {"how": How(each["how"])}) for each in told["levels"])
    if levels[-1].how is not How.ELSE:
        msg = f"the levels of {told['column']} end in no 'else'"
        raise ValueError(msg)
    return Compare(column=told["column"], levels=levels)
