"""Texts that tell of adults alone, or of a story seen on a screen.

A frame takes signs away, and so it is the one place where words can lower. It is kept narrow: any
word of a child it could be about closes it, and what speaks of despair or of danger to life stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import re2

from havre.triage.rules.folding import Folded
from havre.triage.rules.words import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How a text is framed: the words it is known by, what closes it, and the signs that yield.

    A reading among `known_by` is as good as such words. `sign` is put in their place, so that a
    reader sees what was set aside; `aside` beside it, when something did yield: a claim that is
    not proven may lower, but not to the end of the queue.
    """

    sign: str
    aside: str
    words: tuple[str, ...]
    known_by: frozenset[str]
    closed_by: frozenset[str]
    closing_words: tuple[str, ...]
    yields: frozenset[str]

    def named(self) -> frozenset[str]:
        """Every factor that the frame speaks of."""
        return self.yields | self.closed_by | self.known_by | ({self.sign, self.aside} - {""})


def read_frames(tree: Mapping[str, Any]) -> tuple[Frame, ...]:
    """The frames of a policy's TOML tree. Raises ValueError naming the place of a fault."""
    return tuple(_frame(row, number) for number, row in enumerate(tree.get("frame", ()), start=1))


def _frame(row: Mapping[str, Any], number: int) -> Frame:
    frame = Frame(
        sign=str(row.get("sign", "")),
        aside=str(row.get("aside", "")),
        words=tuple(row.get("words", ())),
        known_by=frozenset(row.get("known_by", ())),
        closed_by=frozenset(row.get("closed_by", ())),
        closing_words=tuple(row.get("closing_words", ())),
        yields=frozenset(row.get("yields", ())),
    )
    if not (frame.sign and (frame.words or frame.known_by) and frame.closed_by and frame.yields):
        msg = f"frame {number} ({frame.sign}): sign, words, closed_by or yields is missing"
        raise ValueError(msg)
    for pattern in (*frame.words, *frame.closing_words):
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
    fields = {field for field, _text in texts}
    for frame in frames:
        held = _held(kept, texts, frame)
        if held:
            left = [s for s in kept if s.factor not in frame.yields or s.field not in fields]
            if frame.aside and len(left) < len(kept):
                left.append(replace(held, factor=frame.aside))
            kept = [*left, held]
    return kept


def _held(signs: Sequence[Sign], texts: Sequence[tuple[str, Folded]], frame: Frame) -> Sign | None:
    """Where a frame stands, unless something closes it."""
    if frame.closed_by & {sign.factor for sign in signs}:
        return None
    known = next((sign for sign in signs if sign.factor in frame.known_by), None)
    if not (known or frame.words):
        return None
    for _field, text in texts:
        if any(_compiled(words).search(text.text) for words in frame.closing_words):
            return None
    for field, text in texts:
        for words in frame.words:
            match = _compiled(words).search(text.text)
            if match:
                return Sign(frame.sign, field, *text.span(match.start(), match.end()))
    return replace(known, factor=frame.sign) if known else None


# One by one: all in a row they would outgrow what RE2 keeps in memory, and be read slowly.
_compiled = lru_cache(maxsize=512)(re2.compile)
