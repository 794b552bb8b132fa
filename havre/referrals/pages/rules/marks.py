"""A told text cut into pieces, so that what a reason stands on can be marked and linked to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text that a reason stands on, or that the reader may not see."""

    start: int
    end: int
    anchor: str = ""
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text: plain, marked under an anchor, or held back and then empty."""

    text: str
    anchor: str = ""
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text in pieces; `anchors` says under which mark each asked-for anchor came to lie."""

    pieces: tuple[Piece, ...]
    anchors: dict[str, str]


def marked(text: str, spans: Iterable[Span]) -> Marked:
    """Cut a text at its spans. Spans that overlap become one mark, under the first one's anchor.

    What touches something held back is held back whole. Empty or impossible spans mark nothing.
    """
    pieces: list[Piece] = []
    anchors: dict[str, str] = {}
    at = 0
    for group in _together(text, spans):
        start, end = group[0].start, min(max(span.end for span in group), len(text))
        if start > at:
            pieces.append(Piece(text=text[at:start]))
        is_held = any(span.is_held for span in group)
        anchor = next((span.anchor for span in group if span.anchor), "")
        pieces.append(
            Piece(text="" if is_held else text[start:end], anchor=anchor, is_held=is_held)
        )
        anchors |= {span.anchor: anchor for span in group if span.anchor}
        at = end
    if at < len(text):
        pieces.append(Piece(text=text[at:]))
    return Marked(pieces=tuple(pieces), anchors=anchors)


def _together(text: str, spans: Iterable[Span]) -> Sequence[Sequence[Span]]:
    groups: list[list[Span]] = []
    reach = -1
    possible = (span for span in spans if 0 <= span.start < span.end and span.start < len(text))
    for span in sorted(possible, key=lambda one: (one.start, one.end)):
        if span.start < reach:
            groups[-1].append(span)
        else:
            groups.append([span])
        reach = max(reach, span.end)
    return groups
