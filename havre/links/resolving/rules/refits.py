"""What a refit would change in the model file, and what that would move. It changes nothing."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from havre.links.resolving.rules.model import Level, Model
from havre.links.resolving.rules.teaching import Taught

FEWEST_PEOPLE = 200
"""Fewer people than this teach nothing about weights."""
HUNDREDTHS = 100
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One level of one column: its weight in the file, and by the refit; hundredths of a bit.

    `judged` is by how much judgements moved the refit; nothing else of it is theirs.
    """

    column: str
    level: str
    old: int
    new: int
    m: float
    u: float
    judged: int = 0

    @property
    def differs(self) -> int:
        """By how much the weight would change."""
        return self.new - self.old


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """The whole difference, and which pairs would be proposed that are not, or no longer.

    `taught` says how many judgements it rests on.
    """

    model: str
    digest: str
    old_one_pair_in: float
    new_one_pair_in: float
    changes: tuple[Change, ...]
    stay: int
    come: int
    go: int
    taught: Taught = field(default_factory=Taught)
    judged_one_pair_in: float = 0.0


def difference(
    old: Model,
    new: Model,
    *,
    by_old: Collection[Pair],
    by_new: Collection[Pair],
    unjudged: Model | None = None,
    taught: Taught | None = None,
) -> Refit:
    """What is different between the weights adopted and those of a refit.

    `unjudged` is the refit before it was taught what analysts judged.
    """
    plain = unjudged or new
    changes = [
        Change(
            column=before.column,
            level=level.word,
            old=_rounded(level),
            new=_rounded(learned),
            m=round(learned.m, 6),
            u=round(learned.u, 9),
            judged=_rounded(learned) - _rounded(bare),
        )
        for before, after, without in zip(old.compares, new.compares, plain.compares, strict=True)
        for level, learned, bare in zip(before.levels, after.levels, without.levels, strict=True)
    ]
    before_, after_ = set(by_old), set(by_new)
    return Refit(
        model=old.version,
        digest=old.digest,
        old_one_pair_in=old.one_pair_in,
        new_one_pair_in=round(new.one_pair_in, 1),
        changes=tuple(changes),
        stay=len(before_ & after_),
        come=len(after_ - before_),
        go=len(before_ - after_),
        taught=taught or Taught(),
        judged_one_pair_in=round(new.one_pair_in - plain.one_pair_in, 1),
    )


def _rounded(level: Level) -> int:
    return round(level.bits * HUNDREDTHS)


def as_tree(refit: Refit) -> dict[str, Any]:
    """A refit as plain values, for the database and the file."""
    return asdict(refit)


def from_tree(tree: dict[str, Any]) -> Refit:
    """The refit that `as_tree` made plain."""
    changes = tuple(Change(**each) for each in tree["changes"])
    return Refit(**tree | {"changes": changes, "taught": Taught(**tree.get("taught", {}))})


def as_file(refit: Refit) -> bytes:
    """The report to hand to whoever keeps the model file."""
    return json.dumps(as_tree(refit), indent=1, sort_keys=True).encode() + b"\n"
