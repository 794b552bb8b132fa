"""Ideas that stand near each other in a text, whatever the words between them.

The policy lists, for each concept, the words and short phrases that people use for it, and says
which concepts mean a sign of danger when they stand within so many words of each other, in either
order. A text is cut into words once and walked once: the time grows with its length alone.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# A full stop keeps ideas apart like this many words, and is no wall: people put them anywhere.
SENTENCE_END_WORDS = 3
SHORTEST_PREFIX = 3
# No listed word is longer; only so much of a typed one is looked at.
LONGEST_WORD = 32
MOST_WITHIN = 40

# Concepts found by other rules than word lists: days and ages are read, not listed.
GIVEN = frozenset({"child-age", "day"})

# One class of characters after another cannot run away, and `re` is the quicker for it.
_WORDS = re.compile(r"[a-z0-9]+|[.!?\n]+")
_ENDS = ".!?\n"
_MOST_REPEATED = 2
_DRAWL = re.compile(r"(.)\1\1")
# One place is enough for a factor to count; a flood of them is not read to its end.
MOST_PLACES = 100
# How many words after the first are looked up with it.
_LOOKED_UP = 2
# How many threes of words are remembered from text to text.
MOST_KNOWN = 200_000


class Word(NamedTuple):
    """One word of a text, in the spellings it may stand for, with its place."""

    forms: tuple[str, ...]
    start: int
    end: int
    position: int


@dataclass(frozen=True, slots=True)
class Slot:
    """What one place of a phrase admits; a slot that admits nothing by name admits any word."""

    exact: frozenset[str]
    prefixes: tuple[str, ...]

    def admits(self, forms: tuple[str, ...]) -> bool:
        """Whether a word, in one of its spellings, may stand in this place."""
        if not self.exact and not self.prefixes:
            return True
        return any(form in self.exact or form.startswith(self.prefixes) for form in forms)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or a few in a row that stand for a concept; the first one is looked up by index."""

    concept: str
    rest: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A sign: one concept of every list, all within so many words of each other."""

    factor: str
    within: int
    every: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concepts:
    """The concepts of a policy, indexed by first word, with their spellings and rules."""

    spellings: Mapping[str, tuple[str, ...]]
    by_word: Mapping[str, tuple[Phrase, ...]]
    by_prefix: Mapping[str, tuple[Phrase, ...]]
    near: tuple[Near, ...]
    # For each concept, the rules it touches by number, and which of their lists it stands in.
    lists_of: Mapping[str, tuple[tuple[int, tuple[int, ...]], ...]]
    # The phrases three words in a row can begin; a memory, and never a state that anybody reads.
    known: dict[tuple[tuple[str, ...], ...], tuple[Phrase, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )


class Hit(NamedTuple):
    """A concept at a place: words from `first` to `last`, characters from `start` to `end`."""

    first: int
    last: int
    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A factor that concepts beside each other made, and the characters they stand in."""

    factor: str
    start: int
    end: int


def read_concepts(tree: Mapping[str, Any]) -> Concepts:
    """The concepts of a policy's TOML tree. Raises ValueError naming the place of a fault."""
    by_word: dict[str, list[Phrase]] = {}
    by_prefix: dict[str, list[Phrase]] = {}
    listed = tree.get("concepts", {})
    for concept, phrases in listed.items():
        for phrase in phrases:
            first, *rest = _slots(phrase, f"concept {concept}")
            known = Phrase(concept, tuple(rest))
            for word in first.exact:
                by_word.setdefault(word, []).append(known)
            for prefix in first.prefixes:
                by_prefix.setdefault(prefix, []).append(known)
    near = tuple(_near(row, number, listed) for number, row in enumerate(tree.get("near", ()), 1))
    return Concepts(
        spellings={typed: tuple(said.split()) for typed, said in tree.get("spellings", {}).items()},
        by_word={word: tuple(phrases) for word, phrases in by_word.items()},
        by_prefix={prefix: tuple(phrases) for prefix, phrases in by_prefix.items()},
        near=near,
        lists_of=_lists_of(near),
    )


def _lists_of(near: Sequence[Near]) -> dict[str, tuple[tuple[int, tuple[int, ...]], ...]]:
    found: dict[str, dict[int, list[int]]] = {}
    for rule_number, rule in enumerate(near):
        for list_number, names in enumerate(rule.every):
            for name in names:
                found.setdefault(name, {}).setdefault(rule_number, []).append(list_number)
    return {
        name: tuple((number, tuple(lists)) for number, lists in rules.items())
        for name, rules in found.items()
    }


def _slots(phrase: str, place: str) -> list[Slot]:
    slots = [_slot(part) for part in phrase.split()]
    if not slots or slots[0] == Slot(frozenset(), ()):
        msg = f"{place}: the phrase {phrase!r} does not begin with a word"
        raise ValueError(msg)
    for prefix in itertools.chain.from_iterable(slot.prefixes for slot in slots):
        if len(prefix) < SHORTEST_PREFIX:
            msg = f"{place}: {prefix}* in {phrase!r} is too short to mean anything"
            raise ValueError(msg)
    letters = phrase.replace("*", "").replace("|", "").replace("_", "").replace(" ", "")
    if not (letters.isascii() and letters.isalnum() and letters == letters.lower()):
        msg = f"{place}: the phrase {phrase!r} is not in plain small letters"
        raise ValueError(msg)
    return slots


def _slot(part: str) -> Slot:
    choices = [] if part == "_" else part.split("|")
    return Slot(
        frozenset(choice for choice in choices if not choice.endswith("*")),
        tuple(choice[:-1] for choice in choices if choice.endswith("*")),
    )


def _near(row: Mapping[str, Any], number: int, listed: Mapping[str, Any]) -> Near:
    place = f"near {number} ({row.get('factor')})"
    within, every = row.get("within"), tuple(frozenset(names) for names in row.get("every", ()))
    if type(within) is not int or not 1 <= within <= MOST_WITHIN:
        msg = f"{place}: within is not a whole number from 1 to {MOST_WITHIN}"
        raise ValueError(msg)
    if not every or not all(every):
        msg = f"{place}: it names no concepts"
        raise ValueError(msg)
    for name in sorted(frozenset().union(*every) - GIVEN - listed.keys()):
        msg = f"{place}: there is no concept {name!r}"
        raise ValueError(msg)
    return Near(factor=str(row.get("factor")), within=within, every=every)


def concepts_seen(
    text: str, concepts: Concepts, *, given: Iterable[tuple[str, int, int]] = ()
) -> Iterator[Seen]:
    """Every factor that concepts near each other make in folded text, at its tightest places.

    `given` are places that other rules found: the concept's name, its first and last character.
    A factor is told at most `MOST_PLACES` times by one rule: one place is enough to count.
    """
    words = words_of(text, concepts.spellings)
    hits = sorted({*_hits(words, concepts), *_given_hits(words, given)})
    yield from _windows(concepts, hits)


def words_of(text: str, spellings: Mapping[str, tuple[str, ...]]) -> list[Word]:
    """The words of folded text, usual misspellings written out, each keeping its characters."""
    words: list[Word] = []
    position = 0
    # A text says the same words again and again.
    known: dict[str, tuple[tuple[str, ...], ...]] = {}
    for match in _WORDS.finditer(text):
        typed = match.group()
        if typed[0] in _ENDS:
            position += SENTENCE_END_WORDS
            continue
        forms = known.get(typed)
        if forms is None:
            forms = known[typed] = tuple(_said(typed[:LONGEST_WORD], spellings))
        start, end = match.span()
        for said in forms:
            position += 1
            words.append(Word(said, start, end, position))
    return words


def _said(typed: str, spellings: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    forms = _without_drawl(typed)
    known = next((form for form in forms if form in spellings), None)
    if known is None:
        yield forms
    else:
        yield from ((said,) for said in spellings[known])


def _without_drawl(typed: str) -> tuple[str, ...]:
    """A word whose letters are dragged out ("pleaaase"), with one and with two of each."""
    if not _DRAWL.search(typed):
        return (typed,)
    runs = [(letter, len(list(run))) for letter, run in itertools.groupby(typed)]
    return tuple(
        "".join(letter * (most if length > _MOST_REPEATED else length) for letter, length in runs)
        for most in (1, _MOST_REPEATED)
    )


def _hits(words: list[Word], concepts: Concepts) -> Iterator[Hit]:
    """Every phrase that stands in the words. Three words in a row are looked up once and kept."""
    known = concepts.known
    if len(known) > MOST_KNOWN:
        known.clear()
    forms = [word.forms for word in words]
    positions = [word.position for word in words]
    forms += [(), ()]
    positions += [0, 0]
    for at, word in enumerate(words):
        position = positions[at]
        second = forms[at + 1] if positions[at + 1] == position + 1 else ()
        third = forms[at + 2] if second and positions[at + 2] == position + 2 else ()
        three = (word.forms, second, third)
        phrases = known.get(three)
        if phrases is None:
            phrases = known[three] = tuple(_phrases_from(word, second, third, concepts))
        for phrase in phrases:
            last = _last_word(words, at, phrase)
            if last is not None:
                yield Hit(position, last.position, phrase.concept, word.start, last.end)


def _phrases_from(
    word: Word, second: tuple[str, ...], third: tuple[str, ...], concepts: Concepts
) -> Iterator[Phrase]:
    """The phrases that begin with a word and go on with the two after it."""
    after = (second, third)
    for form in word.forms:
        found = [concepts.by_word.get(form, ())]
        found += [
            concepts.by_prefix.get(form[:length], ())
            for length in range(SHORTEST_PREFIX, len(form) + 1)
        ]
        for phrase in itertools.chain.from_iterable(found):
            if all(said and slot.admits(said) for slot, said in zip(phrase.rest, after)):  # noqa: B905
                yield phrase


def _last_word(words: list[Word], at: int, phrase: Phrase) -> Word | None:
    """The last word of a phrase whose first three stand at a place; None when it breaks off."""
    length = len(phrase.rest)
    if length <= _LOOKED_UP:
        return words[at + length]
    if at + length >= len(words) or words[at + length].position != words[at].position + length:
        return None
    for ahead in range(_LOOKED_UP, length):
        if not phrase.rest[ahead].admits(words[at + ahead + 1].forms):
            return None
    return words[at + length]


def _given_hits(words: list[Word], given: Iterable[tuple[str, int, int]]) -> Iterator[Hit]:
    at = 0
    for name, start, end in sorted(given, key=lambda one: one[1]):
        while at < len(words) and words[at].end <= start:
            at += 1
        if at < len(words):
            yield Hit(words[at].position, words[at].position, name, start, end)


def _windows(concepts: Concepts, hits: Iterable[Hit]) -> Iterator[Seen]:
    """At each hit, the tightest stretch that ends there and holds something of every list."""
    left = [MOST_PLACES for _rule in concepts.near]
    latest: list[dict[int, Hit]] = [{} for _rule in concepts.near]
    for hit in hits:
        for number, lists in concepts.lists_of.get(hit.concept, ()):
            if not left[number]:
                continue
            held = latest[number]
            for one in lists:
                held[one] = hit
            rule = concepts.near[number]
            if len(held) == len(rule.every):
                seen = _seen(rule, held)
                if seen is not None:
                    left[number] -= 1
                    yield seen


def _seen(rule: Near, latest: Mapping[int, Hit]) -> Seen | None:
    held = latest.values()
    firsts = [one.first for one in held]
    if max(firsts) - min(firsts) > rule.within:
        return None
    return Seen(rule.factor, min(one.start for one in held), max(one.end for one in held))
