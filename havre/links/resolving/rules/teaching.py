"""What analysts judged, as labelled pairs beside the unlabelled ones that a refit learns from.

An unlabelled pair counts for one person as likely as the weights hold it to be; one judged the same
counts whole, one judged different not at all. So a judgement moves only what it surprises by, and
that analysts judge the pairs that look alike teaches nothing by itself. Unsure teaches nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from uuid import UUID

from havre.links.resolving.rules.model import LEAST, Compare, How, Level, Model
from havre.links.resolving.rules.people import Row
from havre.links.rules.clusters import Verdict

MOST_SHARE = 0.5
"""All judgements together move at most this share of the pairs taken to be of one person."""
FEWEST_LEFT = 0.05
"""No judgements take more than all but this share of what a level had."""

Judged = tuple[UUID, UUID, Verdict]
Moves = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """How many judgements a refit rests on, and what part of each one's weight was counted.

    `unclear` are those of reports that tell of no suspect to compare, or of several.
    """

    same: int = 0
    different: int = 0
    unsure: int = 0
    unclear: int = 0
    counted_percent: int = 100


def taught(model: Model, rows: Sequence[Row], judged: Iterable[Judged]) -> tuple[Model, Taught]:
    """The weights of a refit, moved by what was judged of these people, and by how many."""
    by_report: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_report[row.record].append(row)
    counts: dict[str, int] = defaultdict(int)
    labelled = []
    for left, right, verdict in judged:
        ends = (by_report[str(left)], by_report[str(right)])
        if verdict is Verdict.UNSURE:
            counts["unsure"] += 1
        elif any(len(end) != 1 for end in ends):
            counts["unclear"] += 1
        else:
            counts[str(verdict)] += 1
            labelled.append((levels_of(model, ends[0][0], ends[1][0]), verdict))
    mass = max(len(rows) * (len(rows) - 1) / 2 / model.one_pair_in, 1.0)
    moves = [(shown, _surprise(model, shown, verdict)) for shown, verdict in labelled]
    scale = min(1.0, MOST_SHARE * mass / max(sum(abs(by) for _, by in moves), LEAST))
    told = Taught(**counts, counted_percent=round(100 * scale))
    return _moved(model, [(shown, by * scale) for shown, by in moves], mass, len(rows)), told


def levels_of(model: Model, one: Row, other: Row) -> dict[str, Level]:
    """At which level two people agree in each column that both tell."""
    found = {}
    for compare in model.compares:
        left, right = getattr(one, compare.column), getattr(other, compare.column)
        if left and right:
            found[compare.column] = _level(compare, left, right)
    return found


def _level(compare: Compare, left: Sequence[str], right: Sequence[str]) -> Level:
    return next(level for level in compare.levels if _agrees(level, left, right))


def _agrees(level: Level, left: Sequence[str], right: Sequence[str]) -> bool:
    if level.how is How.SAME:
        return left == right
    if level.how is How.SHARED:
        return not set(left).isdisjoint(right)
    return level.how is How.ELSE or _edits(left, right) <= level.at


def _edits(left: Sequence[str], right: Sequence[str]) -> int:
    """How many letters were put in, left out or changed between two words."""
    before = list(range(len(right) + 1))
    for n, letter in enumerate(left, start=1):
        row = [n]
        for place, other in enumerate(right, start=1):
            changed = before[place - 1] + (letter != other)
            row.append(min(before[place] + 1, row[-1] + 1, changed))
        before = row
    return before[-1]


def _surprise(model: Model, shown: Mapping[str, Level], verdict: Verdict) -> float:
    """By how much of a pair a judgement says otherwise than the weights do."""
    bits = -log2(max(model.one_pair_in - 1, LEAST)) + sum(level.bits for level in shown.values())
    chance: float = 1 / (1 + 2.0**-bits)
    return 1 - chance if verdict is Verdict.SAME else -chance


def _moved(
    model: Model, moves: Sequence[tuple[Mapping[str, Level], float]], mass: float, people: int
) -> Model:
    by_level: Moves = defaultdict(lambda: defaultdict(float))
    for shown, by in moves:
        for column, level in shown.items():
            by_level[column][level.word] += by
    compares = tuple(_reweighed(each, by_level[each.column], mass) for each in model.compares)
    pairs, now = people * (people - 1) / 2, mass + sum(by for _, by in moves)
    one_pair_in = max(pairs / now, 2.0) if moves else model.one_pair_in
    return model.reweighed(one_pair_in=one_pair_in, compares=compares)


def _reweighed(compare: Compare, moves: Mapping[str, float], mass: float) -> Compare:
    """How often one person's reports agree so, by what was counted and what was judged."""
    if not moves:
        return compare
    whole = sum(level.m for level in compare.levels)
    had = {level.word: mass * level.m for level in compare.levels}
    now = {w: max(n + moves.get(w, 0.0), FEWEST_LEFT * n) for w, n in had.items()}
    all_ = sum(now.values())
    levels = tuple(replace(lv, m=now[lv.word] / all_ * whole) for lv in compare.levels)
    return replace(compare, levels=levels)
