"""Words of danger that mean something else where they stand: a knife won in a game, a play's gun.

A sense covers the few words it is known by and nothing beside them: every other word of the text
counts as before, wherever it stands, so that nothing can be added to a report to make it wait. In
a pattern that marks a group, the group alone is covered: what was asked for, and not the asking.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

import re2

from havre.triage.rules.folding import Folded
from havre.triage.rules.words import Sign

# What stands for a covered letter or figure: words keep their number and their distance.
COVER = "x"
MOST_PLACES = 100
# For the one machine that all patterns make.
ROOM_BYTES = 64 << 20
_LETTERS = re2.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One family of harmless phrases, and the reading that shows where one was found."""

    sign: str
    words: tuple[str, ...]


def read_senses(tree: Mapping[str, Any]) -> tuple[Sense, ...]:
    """The senses of a policy's TOML tree. Raises ValueError naming the place of a fault."""
    return tuple(_sense(row, number) for number, row in enumerate(tree.get("sense", ()), start=1))


def _sense(row: Mapping[str, Any], number: int) -> Sense:
    sense = Sense(sign=str(row.get("sign", "")), words=tuple(row.get("words", ())))
    if not (sense.sign and sense.words):
        msg = f"sense {number} ({sense.sign}): sign or words is missing"
        raise ValueError(msg)
    for pattern in sense.words:
        try:
            re2.compile(pattern)
        except re2.error as error:
            msg = f"sense {number}: the words {pattern!r} are not RE2: {error}"
            raise ValueError(msg) from error
    return sense


def covered(field: str, text: Folded, senses: Sequence[Sense]) -> tuple[Folded, tuple[Sign, ...]]:
    """The text with every harmless phrase covered, and a reading for each family found."""
    letters, first = list(text.text), dict[str, Sign]()
    for sign, start, end in _places(text.text, senses):
        first.setdefault(sign, Sign(sign, field, *text.span(start, end)))
        letters[start:end] = _LETTERS.sub(COVER, text.text[start:end])
    return (replace(text, text="".join(letters)) if first else text), tuple(first.values())


def _places(text: str, senses: Sequence[Sense]) -> Iterator[tuple[str, int, int]]:
    """Where phrases stand. All are asked after at once, for most texts hold none of them."""
    all_words = tuple((sense.sign, words) for sense in senses for words in sense.words)
    for number in sorted(_any_of(all_words).Match(text) or ()):
        sign, words = all_words[number]
        pattern = _compiled(words)
        for match in islice(pattern.finditer(text), MOST_PLACES):
            start, end = match.span(min(1, pattern.groups))
            if end > start:
                yield sign, start, end


@lru_cache(maxsize=8)
def _any_of(all_words: tuple[tuple[str, str], ...]) -> Any:  # noqa: ANN401 - re2 has no types
    """Every pattern in one: which of them a text holds. Short of room, it says none of them."""
    options = re2.Options()
    options.max_mem = ROOM_BYTES
    found = re2.Set.SearchSet(options)
    for _sign, words in all_words:
        found.Add(words)
    found.Compile()
    return found


_compiled = lru_cache(maxsize=512)(re2.compile)
