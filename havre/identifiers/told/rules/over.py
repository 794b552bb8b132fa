"""What is told over several lines, fields or platforms, each looked for only where it can be."""

from collections.abc import Iterator

from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.rules.words import Found
from havre.identifiers.told.rules.answers import find_answers
from havre.identifiers.told.rules.blogs import find_blogs
from havre.identifiers.told.rules.cards import find_in_cards
from havre.identifiers.told.rules.pairs import find_on_both, find_pairs
from havre.identifiers.told.rules.speakers import find_speakers


def find_over_lines(text: str, named: list[Named]) -> Iterator[Found]:
    """The names in pairs, in cards and tables, and what answers a line before it."""
    if len(named) > 1:
        yield from find_pairs(text, named)
    yield from find_on_both(text, named)
    yield from find_blogs(text, named)
    yield from find_in_cards(text, named)
    if "\n" in text:
        yield from find_answers(text, named)
        if named:
            yield from find_speakers(text, named)
