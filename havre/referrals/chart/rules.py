"""Where things stand in the picture of a neighbourhood: reports and what they share, in columns.

Pure arithmetic: the same neighbourhood is always the same picture.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

# Lengths are in units of the picture, which scales as a whole.
REPORT_WIDE, VALUE_WIDE, GAP_WIDE = 150, 208, 64
ROW_HIGH = 58
STRONG_TENTHS, POSSIBLE_TENTHS = 60, 20
MOST_ROUND, MOST_FURTHER = 12, 8
LONGEST_SHOWN = 23


class Line(StrEnum):
    """How a tie is drawn: by what it weighs, and apart where it only resembles or is a crowd's."""

    CROWD = "crowd"
    NEAR = "near"
    POSSIBLE = "possible"
    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Something that reports share. `key` tells two values apart; it is never shown."""

    key: Hashable
    kind: str
    shown: str
    tenths: int
    is_near: bool = False
    is_crowds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A report that is tied to another, and by what."""

    reference: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A report or a value where it stands: its left upper corner is (x, y).

    `is_far` marks a report that is tied only to the opened one.
    """

    x: int
    y: int
    wide: int
    reference: str = ""
    value: Value | None = None
    is_far: bool = False

    @property
    def text_x(self) -> int:
        """Where its words begin."""
        return self.x + 12

    @property
    def shown(self) -> str:
        """A value as it fits into its box."""
        text = self.value.shown if self.value else self.reference
        return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A curve from a report to a value, or on from there to the next report."""

    path: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The picture: `wide` by `high`, with its boxes and the curves between them."""

    wide: int
    high: int
    boxes: tuple[Box, ...]
    ties: tuple[Tie, ...]


def without_crowds(neighbours: Iterable[Neighbour]) -> list[Neighbour]:
    """The same reports without the values of a crowd, and without whom only those tied."""
    kept = (
        Neighbour(
            reference=one.reference,
            values=tuple(value for value in one.values if not value.is_crowds),
        )
        for one in neighbours
    )
    return [one for one in kept if one.values]


def drawn(
    root: str, around: Sequence[Neighbour], *, opened: str = "", further: Sequence[Neighbour] = ()
) -> Drawing:
    """A report, what it shares, and with whom; and the same once more for one of those.

    At most MOST_ROUND and MOST_FURTHER reports are drawn, in the order given. Raises KeyError
    when the opened one is not among those drawn.
    """
    around = around[:MOST_ROUND]
    shown = {root, *(one.reference for one in around)}
    further = [one for one in further if one.reference not in shown][:MOST_FURTHER]
    values, beyond = _values_of(around), _values_of(further)
    columns = (1, len(values), len(around), len(beyond), len(further))
    high = max(columns) * ROW_HIGH
    start = _stacked([root], 0, REPORT_WIDE, high)
    left = _stacked(values, REPORT_WIDE + GAP_WIDE, VALUE_WIDE, high, values)
    ring_at = REPORT_WIDE + VALUE_WIDE + 2 * GAP_WIDE
    ring = _stacked([one.reference for one in around], ring_at, REPORT_WIDE, high)
    boxes, ties = [start, left, ring], _ties(start[root], left, ring, around)
    if further:
        middle = _stacked(beyond, ring_at + REPORT_WIDE + GAP_WIDE, VALUE_WIDE, high, beyond)
        last_at = ring_at + REPORT_WIDE + VALUE_WIDE + 2 * GAP_WIDE
        last = _stacked([one.reference for one in further], last_at, REPORT_WIDE, high)
        ties += _ties(ring[opened], middle, last, further)
        boxes += [middle, {key: replace(box, is_far=True) for key, box in last.items()}]
    every = tuple(box for column in boxes for box in column.values())
    wide = max(box.x + box.wide for box in every)
    return Drawing(wide=wide, high=high, boxes=every, ties=tuple(ties))


def _values_of(neighbours: Sequence[Neighbour]) -> dict[Hashable, Value]:
    """Each shared value once, beside the reports that hold it: so that few curves cross."""
    held: dict[Hashable, list[int]] = {}
    values: dict[Hashable, Value] = {}
    for row, one in enumerate(neighbours):
        for value in one.values:
            held.setdefault(value.key, []).append(row)
            values.setdefault(value.key, value)
    order = sorted(values, key=lambda key: sum(held[key]) / len(held[key]))
    return {key: values[key] for key in order}


def _stacked(
    keys: Iterable[Hashable],
    x: int,
    wide: int,
    high: int,
    values: Mapping[Hashable, Value] | None = None,
) -> dict[Hashable, Box]:
    """One column, spread evenly over the height."""
    keys = list(keys)
    step = high / max(len(keys), 1)
    tops = [round((row + 0.5) * step - ROW_HIGH / 2) for row in range(len(keys))]
    if values is None:
        return {
            key: Box(x=x, y=y, wide=wide, reference=str(key))
            for key, y in zip(keys, tops, strict=True)
        }
    return {
        key: Box(x=x, y=y, wide=wide, value=values[key]) for key, y in zip(keys, tops, strict=True)
    }


def _ties(
    start: Box,
    values: Mapping[Hashable, Box],
    reports: Mapping[Hashable, Box],
    neighbours: Sequence[Neighbour],
) -> list[Tie]:
    """From the report to each value once, and from each value to whoever holds it."""
    lines: dict[Hashable, Line] = {}
    ties = []
    for one in neighbours:
        for value in one.values:
            lines.setdefault(value.key, line_of(value))
            path = _curve(values[value.key], reports[one.reference])
            ties.append(Tie(path=path, line=line_of(value)))
    return [Tie(path=_curve(start, values[key]), line=line) for key, line in lines.items()] + ties


def line_of(value: Value) -> Line:
    """How the ties through a value are drawn."""
    if value.is_crowds:
        return Line.CROWD
    if value.is_near:
        return Line.NEAR
    if value.tenths >= STRONG_TENTHS:
        return Line.STRONG
    return Line.POSSIBLE if value.tenths >= POSSIBLE_TENTHS else Line.WEAK


def _curve(left: Box, right: Box) -> str:
    x1, y1 = left.x + left.wide, left.y + ROW_HIGH // 2
    x2, y2 = right.x, right.y + ROW_HIGH // 2
    bend = (x2 - x1) // 2
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
