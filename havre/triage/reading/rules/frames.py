"""Texts that tell of adults alone, or of a story seen on a screen.

A frame takes signs away, and so it is the one place where words can lower. It is kept narrow: any
word of a child it could be about closes it, and what speaks of despair or of danger to life stays.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import Any

import re2

from havre.triage.reading.rules.stretches import uncovered
from havre.triage.rules.folding import Folded, quick
from havre.triage.rules.words import Sign

# How many stretches a text has, and those of them that nothing covers.
Bare = tuple[int, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How a text is framed: the words it is known by, what closes it, and the signs that yield.

    A reading among `known_by` is as good as such words. `sign` is put in their place, so that a
    reader sees what was set aside; `aside` beside it, when something did yield: a claim that is
    not proven may lower, but not to the end of the queue.

    With `covers` the frame holds for a text from end to end or not at all: each stretch that holds
    a sign which would yield asks for one of these words. With `whole` each stretch does, and one
    of so many may say what nothing understands.
    """

    sign: str
    aside: str
    words: tuple[str, ...]
    known_by: frozenset[str]
    closed_by: frozenset[str]
    closing_words: tuple[str, ...]
    yields: frozenset[str]
    covers: tuple[str, ...] = ()
    whole: int = 0
    plain: frozenset[str] = frozenset()

    def named(self) -> frozenset[str]:
        """Every factor that the frame speaks of."""
        return self.yields | self.closed_by | self.known_by | ({self.sign, self.aside} - {""})


def read_frames(tree: Mapping[str, Any]) -> tuple[Frame, ...]:
    """The frames of a policy's TOML tree. Raises ValueError naming the place of a fault."""
    plain = frozenset(str(tree.get("plain_words", "")).split())
    rows = enumerate(tree.get("frame", ()), start=1)
    return tuple(_frame(row, number, plain) for number, row in rows)


def _frame(row: Mapping[str, Any], number: int, plain: frozenset[str]) -> Frame:
    frame = Frame(
        sign=str(row.get("sign", "")),
        aside=str(row.get("aside", "")),
        words=tuple(row.get("words", ())),
        known_by=frozenset(row.get("known_by", ())),
        closed_by=frozenset(row.get("closed_by", ())),
        closing_words=tuple(row.get("closing_words", ())),
        yields=frozenset(row.get("yields", ())),
        covers=tuple(row.get("covers", ())),
        whole=row.get("whole", 0),
        plain=plain if row.get("whole") else frozenset(),
    )
    if not (frame.sign and (frame.words or frame.known_by) and frame.closed_by and frame.yields):
        msg = f"frame {number} ({frame.sign}): sign, words, closed_by or yields is missing"
        raise ValueError(msg)
    for pattern in (*frame.words, *frame.closing_words, *frame.covers):
        try:
            re2.compile(pattern)
        except re2.error as error:
            msg = f"frame {number}: the words {pattern!r} are not RE2: {error}"
            raise ValueError(msg) from error
    return frame


def set_apart(
    signs: Iterable[Sign], texts: Sequence[tuple[str, Folded]], frames: Sequence[Frame]
) -> list[Sign]:
    """The signs that stand once every frame that holds has set its own aside.

    `texts` are the fields with their folded text. A sign that stands in a structured field never
    yields: only what was read out of running text can be read another way.
    """
    kept = list(signs)
    told = _Told(texts)
    fields = {field for field, _text in texts}
    for frame in frames:
        held = _held(kept, told, frame)
        if held:
            left = [s for s in kept if s.factor not in frame.yields or s.field not in fields]
            if frame.aside and len(left) < len(kept):
                left.append(replace(held, factor=frame.aside))
            kept = [*left, held]
    return kept


class _Told:
    """The texts of one report, each asked only once for the same words."""

    def __init__(self, texts: Sequence[tuple[str, Folded]]) -> None:
        self.texts = texts
        self._quick = [(field, text, quick(text.text)) for field, text in texts]
        self._places: dict[str, Sign | None] = {}
        self._bare: dict[tuple[int, tuple[str, ...], bool], Bare] = {}

    def place_of(self, words: str) -> Sign | None:
        """Where words stand first, as a sign without a factor."""
        if words not in self._places:
            self._places[words] = self._find(words)
        return self._places[words]

    def _find(self, words: str) -> Sign | None:
        for field, text, said in self._quick:
            match = _compiled(words).search(said)
            if match:
                return Sign("", field, *text.span(match.start(), match.end()))
        return None

    def bare(self, number: int, frame: Frame) -> Bare:
        """How many stretches a text has, and which of them a frame does not cover."""
        key = (number, frame.covers, bool(frame.plain))
        if key not in self._bare:
            patterns = [_compiled(words) for words in frame.covers]
            text = self.texts[number][1].text
            self._bare[key] = uncovered(text, patterns, plain=frame.plain)
        return self._bare[key]


def _held(signs: Sequence[Sign], told: _Told, frame: Frame) -> Sign | None:
    """Where a frame stands, unless something closes it."""
    if frame.closed_by & {sign.factor for sign in signs}:
        return None
    known = next((sign for sign in signs if sign.factor in frame.known_by), None)
    place = next((at for at in map(told.place_of, frame.words) if at), None)
    stands = place or known
    if not stands or any(map(told.place_of, frame.closing_words)):
        return None
    if frame.covers and not _is_covered(signs, told, frame):
        return None
    return replace(stands, factor=frame.sign)


def _is_covered(signs: Sequence[Sign], told: _Told, frame: Frame) -> bool:
    """Whether every stretch that must be is read so."""
    for number, (field, text) in enumerate(told.texts):
        held, bare = told.bare(number, frame)
        if frame.whole and len(bare) * frame.whole > held:
            return False
        if frame.whole or not bare:
            continue
        spans = [text.span(start, end) for start, end in bare]
        yielding = [s for s in signs if s.field == field and s.factor in frame.yields]
        # What is read off a text as one stands in no place of it.
        places = [
            (s.start, s.end) for s in yielding if (s.start, s.end) != (0, text.places[-1] + 1)
        ]
        if any(_touches(place, spans) for place in places):
            return False
    return True


def _touches(place: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a sign begins or ends in one of these spans."""
    at = bisect_right(spans, (place[0], inf)) - 1
    begins = at >= 0 and place[0] < spans[at][1]
    at = bisect_right(spans, (place[1] - 1, inf)) - 1
    return begins or (at >= 0 and place[1] <= spans[at][1])


# One by one: all in a row they would outgrow what RE2 keeps in memory, and be read slowly.
_compiled = lru_cache(maxsize=512)(re2.compile)
