"""The neighbourhood of a report: the picture, and the rows that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from havre.links.reads import Linked
from havre.links.rules.explaining import Evidence
from havre.referrals.chart.rules import (
    MOST_FURTHER,
    MOST_ROUND,
    Drawing,
    Neighbour,
    Value,
    drawn,
    without_crowds,
)
from havre.referrals.pages.tables import LinkRow, link_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture with its rows; `left_out` reports are in no row for want of room."""

    reference: str
    opened: str
    hides_crowds: bool
    drawing: Drawing
    around: tuple[LinkRow, ...]
    further: tuple[LinkRow, ...]
    left_out: int


def chart_of(
    reference: str,
    around: Sequence[Linked],
    *,
    opened: str,
    further: Sequence[Linked],
    hides_crowds: bool,
    language: str,
) -> Chart:
    """The chart of a report from its links, and from those of the one that was opened."""
    near = _told(around, hides_crowds=hides_crowds)
    first = near[:MOST_ROUND]
    shown = {reference, *(one.reference for one in first)}
    opened = opened if opened in shown else ""
    outside = [one for one in further if one.reference not in shown] if opened else []
    far = _told(outside, hides_crowds=hides_crowds)
    second = far[:MOST_FURTHER]
    return Chart(
        reference=reference,
        opened=opened,
        hides_crowds=hides_crowds,
        drawing=drawn(reference, first, opened=opened, further=second),
        around=_rows(around, first, language),
        further=_rows(outside, second, language),
        left_out=len(near) + len(far) - len(first) - len(second),
    )


def _told(links: Sequence[Linked], *, hides_crowds: bool) -> list[Neighbour]:
    all_told = [_neighbour(one) for one in links]
    return without_crowds(all_told) if hides_crowds else [one for one in all_told if one.values]


def _rows(
    links: Sequence[Linked], shown: Sequence[Neighbour], language: str
) -> tuple[LinkRow, ...]:
    by_reference = {one.reference: one for one in links}
    return tuple(link_row(by_reference[one.reference], language=language) for one in shown)


def _neighbour(linked: Linked) -> Neighbour:
    why = linked.explanation
    return Neighbour(
        reference=linked.reference,
        values=tuple(_value(row) for row in (*why.evidence, *why.beside, *why.ignored)),
    )


def _value(row: Evidence) -> Value:
    shared = row.shared
    return Value(
        key=(shared.kind, shared.key, shared.near),
        kind=shared.kind,
        shown=shared.shown,
        tenths=row.tenths,
        is_near=shared.near,
        is_crowds=row.hub,
    )
