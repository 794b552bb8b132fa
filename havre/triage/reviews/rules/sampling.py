"""Which decisions a second person reads: drawn by a key, so that nobody foresees it.

The rates stand in `data/sampling.toml`; of those that fit, the highest counts.
"""

import hmac
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from havre.triage.rules.words import Band

WHOLE_PERCENT = 100
UNSCORED, OTHER = "unscored", "other"
# What the desk reads itself; any other language is one that few there do.
OF_THE_DESK = ("en", "fr")
FITS = ("kind", "band", "channel", "language")


class DecisionKind(StrEnum):
    """What was decided."""

    LANE = "lane"
    REFERRAL = "referral"
    WITHHELD = "withheld"


# What these may say; channels and languages are open lists.
KNOWN = {"kind": {*DecisionKind}, "band": {UNSCORED, *Band}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the rates ask of a decision."""

    kind: DecisionKind
    band: str
    channel: str
    language: str

    def words(self) -> dict[str, set[str]]:
        """The words by which a rate may name it."""
        language = self.language[:2]
        other = set() if language in OF_THE_DESK else {OTHER}
        return {
            "kind": {str(self.kind)},
            "band": {self.band or UNSCORED},
            "channel": {self.channel},
            "language": {language, *other},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many in a hundred of the decisions that `fits` names."""

    fits: Mapping[str, str]
    percent: int

    def is_of(self, decided: Decided) -> bool:
        """Whether it is of this decision."""
        words = decided.words()
        return all(said in words[name] for name, said in self.fits.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """The whole policy of the sample."""

    version: str
    everywhere: int
    days: int
    rates: tuple[Rate, ...]

    def percent_of(self, decided: Decided) -> int:
        """How many in a hundred decisions like this one are read."""
        fitting = (rate.percent for rate in self.rates if rate.is_of(decided))
        return max(fitting, default=self.everywhere)


def is_drawn(subject: UUID, *, key: bytes, percent: int) -> bool:
    """Whether something is in the sample: by its own number under a key, so that nobody chooses."""
    digest = hmac.digest(key, subject.bytes, "sha256")
    return int.from_bytes(digest[:8], "big") % WHOLE_PERCENT < percent


@cache
def sampling() -> Sampling:
    """The policy in the file. Raises ValueError naming the place of a fault."""
    path = files("havre.triage.reviews") / "data" / "sampling.toml"
    return read_sampling(tomllib.loads(path.read_text(encoding="utf-8")))


def read_sampling(tree: Mapping[str, Any]) -> Sampling:
    """The policy of a tree, checked whole. Raises ValueError naming the place of a fault."""
    return Sampling(
        version=str(tree.get("version", "")),
        everywhere=_percent(tree, "everywhere", "sampling"),
        days=_whole(tree, "days", "sampling", least=1, most=90),
        rates=tuple(_rate(row, n) for n, row in enumerate(tree.get("rate", ()), start=1)),
    )


def _rate(row: Mapping[str, Any], number: int) -> Rate:
    place = f"rate {number}"
    fits = {name: str(said) for name, said in row.items() if name != "percent"}
    for name in fits:
        if name not in FITS:
            msg = f"{place}: {name} is nothing that a rate can name"
            raise ValueError(msg)
    if not fits:
        msg = f"{place}: it names nothing; write `everywhere` instead"
        raise ValueError(msg)
    for name, known in KNOWN.items():
        if name in fits and fits[name] not in known:
            msg = f"{place}: there is no {name} {fits[name]}"
            raise ValueError(msg)
    return Rate(fits=fits, percent=_percent(row, "percent", place))


def _percent(row: Mapping[str, Any], key: str, place: str) -> int:
    return _whole(row, key, place, least=0, most=WHOLE_PERCENT)


def _whole(row: Mapping[str, Any], key: str, place: str, *, least: int, most: int) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        msg = f"{place}: {key} is not a whole number from {least} to {most}"
        raise ValueError(msg)
    return value
