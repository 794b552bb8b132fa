"""The neighbourhood of a report: the picture, and the rows that say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.functional import Promise

from havre.agencies.models import Officer
from havre.intake.reads import references_of
from havre.links.reads import Linked, judgements_on
from havre.links.rules.clusters import Verdict
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
from havre.referrals.judging.wording import SENTENCES, VERDICTS
from havre.referrals.pages.tables import LinkRow, link_row

# How a report is marked in the picture, by what analysts say of it and the one it hangs from.
MARKS = {Verdict.SAME: "=", Verdict.DIFFERENT: "\u2260", Verdict.UNSURE: "?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What analysts say of a report and another one: of its suspect, of its child, or of both."""

    verdicts: tuple[Verdict, ...]
    sentences: tuple[Promise, ...]

    @property
    def mark(self) -> str:
        """The same in signs, for the picture."""
        return " ".join(dict.fromkeys(MARKS[verdict] for verdict in self.verdicts))

    @property
    def words(self) -> str:
        """The same in words, for the table."""
        return ". ".join(str(sentence) for sentence in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture with its rows; `left_out` reports are in no row for want of room.

    `said` is what analysts say, by the reports drawn; `alone` of those that are not in the picture.
    """

    reference: str
    opened: str
    hides_crowds: bool
    drawing: Drawing
    around: tuple[LinkRow, ...]
    further: tuple[LinkRow, ...]
    left_out: int
    said: Mapping[str, Said]
    alone: tuple[tuple[str, Said], ...]


def said_of(report_id: UUID, *, actor: Officer) -> dict[str, Said]:
    """What analysts say of a report and others, by the number of the other."""
    judged: dict[UUID, list[tuple[Verdict, Promise]]] = {}
    for (other, side), judgement in judgements_on(report_id, actor=actor).items():
        verdict = Verdict(judgement.verdict)
        judged.setdefault(other, []).append((verdict, SENTENCES[side, verdict]))
    found = references_of(judged, actor=actor)
    return {
        found[other]: Said(verdicts=tuple(v for v, _ in rows), sentences=tuple(s for _, s in rows))
        for other, rows in judged.items()
        if other in found
    }


def signs_in(chart: Chart) -> list[tuple[str, Promise]]:
    """The signs that mark the reports of a picture, each with what it means."""
    drawn_now = {box.reference for box in chart.drawing.boxes}
    told = [said for reference, said in chart.said.items() if reference in drawn_now]
    found = {verdict for said in told for verdict in said.verdicts}
    return [(sign, VERDICTS[verdict]) for verdict, sign in MARKS.items() if verdict in found]


def chart_of(
    reference: str,
    around: Sequence[Linked],
    *,
    opened: str,
    further: Sequence[Linked],
    said: tuple[Mapping[str, Said], Mapping[str, Said]],
    hides_crowds: bool,
    language: str,
) -> Chart:
    """The chart of a report from its links, and from those of the one that was opened.

    `said` is what analysts say of the one and of the other.
    """
    near = _told(around, hides_crowds=hides_crowds)
    first = near[:MOST_ROUND]
    shown = {reference, *(one.reference for one in first)}
    opened = opened if opened in shown else ""
    outside = [one for one in further if one.reference not in shown] if opened else []
    far = _told(outside, hides_crowds=hides_crowds)
    second = far[:MOST_FURTHER]
    of_first, of_second = said
    beyond = {one.reference for one in second}
    return Chart(
        reference=reference,
        opened=opened,
        hides_crowds=hides_crowds,
        drawing=drawn(reference, first, opened=opened, further=second),
        around=_rows(around, first, of_first, language),
        further=_rows(outside, second, of_second, language),
        left_out=len(near) + len(far) - len(first) - len(second),
        said={**of_first, **{one: of_second[one] for one in beyond if one in of_second}},
        alone=tuple((other, told) for other, told in of_first.items() if other not in shown),
    )


def _told(links: Sequence[Linked], *, hides_crowds: bool) -> list[Neighbour]:
    all_told = [_neighbour(one) for one in links]
    return without_crowds(all_told) if hides_crowds else [one for one in all_told if one.values]


def _rows(
    links: Sequence[Linked],
    shown: Sequence[Neighbour],
    said: Mapping[str, Said],
    language: str,
) -> tuple[LinkRow, ...]:
    by_reference = {one.reference: one for one in links}
    rows = []
    for one in shown:
        row = link_row(by_reference[one.reference], language=language)
        told = said.get(one.reference)
        rows.append(replace(row, judged=told.words) if told else row)
    return tuple(rows)


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
