"""Text as the rules read it: plain small letters, with a way back to the characters as typed."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters that Unicode does not take apart, and marks that people and phones put for an apostrophe.
_PLAIN = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o"} | dict.fromkeys(
    "‘’ʼ´`′",  # noqa: RUF001 - the look-alikes are the point
    "'",
)
_DASHES = "‐‑‒–—−"  # noqa: RUF001 - the look-alikes are the point


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and for each of its characters the place of the typed character behind it."""

    text: str
    places: range | tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The typed characters behind a stretch of folded ones; the stretch is not empty."""
        return self.places[start], self.places[end - 1] + 1


def quick(text: str) -> str | bytes:
    """Text as RE2 searches it quickest: as bytes where each of them is one character."""
    return text.encode() if text.isascii() else text


def fold(typed: str) -> Folded:
    """Typed text without accents, capitals, compatibility forms and invisible characters.

    Accents go because RE2's word boundaries know ASCII alone, and because half of all typed
    French has none.
    """
    if typed.isascii():
        return Folded(typed.lower(), range(len(typed)))
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(typed):
        for plain in _plain(character):
            letters.append(plain)
            places.append(place)
    return Folded("".join(letters), tuple(places))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _DASHES:
        return "-"
    if character in "\u2028\u2029":
        return "\n"
    if "\ud800" <= character <= "\udfff":
        return " "  # half a character, which RE2 would refuse
    lowered = character.lower()
    if lowered in _PLAIN:
        return _PLAIN[lowered]
    apart = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cf")).lower()
