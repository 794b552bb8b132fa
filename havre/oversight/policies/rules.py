"""The count of a simulation: lanes before and after, who moves, doors, languages, outcomes."""

from dataclasses import dataclass
from typing import Any

from havre.triage.policies.rules.replaying import Move, lanes_counted
from havre.triage.rules.words import Band

# So many movers each way are listed; all are counted. What police acted on is listed always.
LISTED = 500
PERIODS = (7, 30, 90, 365)
UP, DOWN = "up", "down"

Result = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One report of a simulation: where it came from, and whether police acted on it."""

    report: str
    channel: str
    language: str
    was_acted_on: bool
    move: Move


def empty_result() -> Result:
    """The result of a simulation that has not begun."""
    return {
        "acted": {"all": 0, UP: 0, DOWN: 0},
        "lanes": lanes_counted(),
        "moved": {UP: 0, DOWN: 0},
        "movers": {UP: [], DOWN: []},
        "opened": 0,
        "origins": {},
        "reordered": 0,
        "unreadable": 0,
    }


def count_in(result: Result, tried: Tried) -> None:
    """Add one report to a result."""
    move = tried.move
    before, after = str(move.before.band), str(move.after.band)
    result["lanes"][before + after] += 1
    result["acted"]["all"] += tried.was_acted_on
    result["reordered"] += move.is_reordered
    origin = result["origins"].setdefault(
        f"{tried.channel}|{tried.language}",
        {when: dict.fromkeys(map(str, Band), 0) for when in ("before", "after")},
    )
    origin["before"][before] += 1
    origin["after"][after] += 1
    if move.is_up or move.is_down:
        _count_mover(result, tried, UP if move.is_up else DOWN)


def _count_mover(result: Result, tried: Tried, way: str) -> None:
    result["moved"][way] += 1
    result["acted"][way] += tried.was_acted_on
    listed = result["movers"][way]
    if len(listed) < LISTED or tried.was_acted_on:
        move = tried.move
        row = [tried.report, str(move.before.band), str(move.after.band), move.moved_by]
        listed.append([*row, tried.was_acted_on])
