"""The words of triage: lanes, scores, signs, reasons."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Band(StrEnum):
    """A lane of the queue. Pages show its word (IMMEDIATE …), never the letter."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Also(StrEnum):
    """Ways to look at the queue beside its lanes."""

    ATTENTION = "attention"
    CONFIRM = "confirm"
    INTERPRETER = "interpreter"
    MINE = "mine"
    OLDEST = "oldest"
    QUARANTINE = "quarantine"
    RUNS_OUT = "runs-out"
    TRANSLATED = "translated"
    UNSCORED = "unscored"


class Score(StrEnum):
    """The two scores, never added and never averaged: danger to a child, and what police can do."""

    ACTION = "action"
    RISK = "risk"


class FoundLike(Protocol):
    """What triage needs of an identifier found in a report; identifiers.rules.Found fits."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sign:
    """One factor seen in one place.

    `field` is the path in the submission ("incidents.0.narrative"); `start` and `end` count
    characters of that field, and are both 0 when the whole field is the sign.
    """

    factor: str
    field: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """What the links say about a report: earlier reports tied to it, and their lane."""

    strong: int = 0
    possible: int = 0
    in_band_a: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One line of a score card. `points` is what counted, `worth` what it would give uncapped."""

    factor: str
    score: Score
    points: int
    worth: int
    field: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A report's lane, the rule that set it, and both scores with reasons that add up to them."""

    band: Band
    rule: str
    risk: int
    actionability: int
    reasons: tuple[Reason, ...]
    gaps: tuple[str, ...]
    title: tuple[str, ...]
    policy: str

    def reasons_of(self, score: Score) -> tuple[Reason, ...]:
        """The reasons of one score, strongest first."""
        return tuple(reason for reason in self.reasons if reason.score is score)
