"""Names of people, as far as two spellings of one may be compared: weak evidence, never alone."""

import unicodedata

from havre.identifiers.rules.scan import Pattern

LONGEST = 200
FEWEST_LETTERS = 2

BETWEEN_WORDS = Pattern(r"[^\p{L}\p{N}\p{M}]+")
DIACRITICS = Pattern(r"[\x{0300}-\x{036f}]")


def normal_name(value: str) -> str | None:
    """The name in small letters without accents or punctuation; None with fewer than two letters.

    The order of the words stays: turning names around is a matter for near matching.
    """
    if len(value) > LONGEST:
        return None
    plain = _plain(_plain(value))
    return plain if sum(char.isalpha() for char in plain) >= FEWEST_LETTERS else None


def _plain(value: str) -> str:
    apart = DIACRITICS.sub("", unicodedata.normalize("NFKD", value).casefold())
    words = BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKD", apart)).strip()
    return str(DIACRITICS.sub("", unicodedata.normalize("NFKC", words)))
