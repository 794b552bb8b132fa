"""Names of people, as far as two spellings of one may be compared: weak evidence, never alone."""

import unicodedata
from collections.abc import Iterator

from havre.identifiers.rules.scan import Pattern

LONGEST = 200
FEWEST_LETTERS = 2

# A name is looked for in so many words, which no more stands between than ", " or a line's end.
MOST_WORDS, FURTHEST = 4, 3
WORD = Pattern(r"[\p{L}\p{N}\p{M}]+")
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


def names_that_may_stand(text: str) -> Iterator[tuple[int, int, str]]:
    """Every few words of a text, as a name in normal form: start, end, and the form.

    Names are told in either order, so of several words the last stands first, too. One word alone
    may be a name only where it begins with a capital: "will" is a word, and so is "rose".
    """
    words = [(w.start(), w.end(), _plain_word(w.group())) for w in WORD.finditer(text)]
    for first, (start, reach, name) in enumerate(words):
        if text[start].isupper():
            yield start, reach, name
        parts, last = [name], reach
        for begins, ends, more in words[first + 1 : first + MOST_WORDS]:
            if begins - last > FURTHEST:
                break
            last = ends
            parts.append(more)
            yield start, ends, " ".join(parts)
            yield start, ends, " ".join((more, *parts[:-1]))


def _plain_word(word: str) -> str:
    return word.lower() if word.isascii() else _plain(_plain(word))


def _plain(value: str) -> str:
    apart = DIACRITICS.sub("", unicodedata.normalize("NFKD", value).casefold())
    words = BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKD", apart)).strip()
    return str(DIACRITICS.sub("", unicodedata.normalize("NFKC", words)))
