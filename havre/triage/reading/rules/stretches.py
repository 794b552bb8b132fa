"""A text cut into stretches: sentences, and the clauses of long ones.

A reading that lowers must hold for a text from end to end: every stretch is asked for a word of it,
so that a harmless sentence covers itself and nothing before or behind it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from havre.triage.rules.folding import quick

# Fewer words are no clause of their own, and more are cut wherever they stand.
LEAST_WORDS = 9
MOST_WORDS = 18

# One class of characters after another cannot run away, and `re` is the quicker for it.
_PARTS = re.compile(r"[a-z0-9']+|[.!?;\n]+|[,:()\"]")
_WORDS = re.compile(r"[a-z0-9]+")
_ENDS = ".!?;\n"
_MARKS = _ENDS + ',:()"'
_JOINING = frozenset({
    "and", "but", "then", "so", "because", "cause", "cuz",
    "et", "mais", "puis", "pis", "car", "parce", "alors", "donc",
})  # fmt: skip


def stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Where each stretch of folded text begins and ends; nothing but marks is no stretch."""
    found: list[tuple[int, int]] = []
    begin = end = words = 0
    for match in _PARTS.finditer(text):
        said = match.group()
        is_mark = said[0] in _MARKS
        is_cut = is_mark or said in _JOINING
        if words and (said[0] in _ENDS or words >= MOST_WORDS or (is_cut and words >= LEAST_WORDS)):
            found.append((begin, end))
            words = 0
        if not is_mark:
            begin = begin if words else match.start()
            end, words = match.end(), words + 1
    return (*found, (begin, end)) if words else tuple(found)


def uncovered(
    text: str, patterns: Sequence[Any], *, plain: frozenset[str]
) -> tuple[int, tuple[tuple[int, int], ...]]:
    """How many stretches there are, and those where no pattern begins and a word is not plain."""
    every = stretches(text)
    held = [one for one in every if not _is_plain(text[slice(*one)], plain)]
    starts = [start for start, _end in held]
    covered, said = set[int](), quick(text)
    for pattern in patterns:
        if len(covered) == len(held):
            break
        covered |= {bisect_right(starts, m.start()) - 1 for m in pattern.finditer(said)} - {-1}
    return len(every), tuple(one for n, one in enumerate(held) if n not in covered)


def _is_plain(stretch: str, plain: frozenset[str]) -> bool:
    """Whether a stretch holds only words that say nothing by themselves: "so is she"."""
    return bool(plain) and all(word in plain for word in _WORDS.findall(stretch))
