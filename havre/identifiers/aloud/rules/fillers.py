"""What people say between the signs that they say aloud, and which is no part of them."""

from havre.identifiers.aloud.rules.numbers import SMALL, TENS
from havre.identifiers.aloud.rules.spelling import ALPHABET
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

_ALPHABET = "|".join(sorted(ALPHABET))
FILLER = (
    r"(?:(?:et|and) )?(?:apr\x{e8}s \x{e7}a|after that)|(?:as|like) in [a-z\x{e0}-\x{ff}]+"
    rf"|(?:comme|like|for|pour) (?:{_ALPHABET})"
    r"|(?:all |in )?(?:one|a single) word|en un(?: seul)? mot"
    r"|un(?: seul)? mot|the (?:word|number|digits?|letters?)|le (?:mot|chiffre|num\x{e9}ro|nombre)"
    r"|la lettre|les (?:chiffres|lettres)|then|puis|ensuite|apr\x{e8}s|followed by|suivi de"
    r"|like (?:a|an|the|in) [a-z]+|comme (?:un|une|le|la|dans|les) [a-z\x{e0}-\x{ff}]+|like"
    r"|avec une? [a-z]+|with an? [a-z]+(?: [a-z])?|(?:en )?majuscules?|sans (?:accents?"
    r"|espaces?)|without (?:accents?|spaces?)|(?:with )?no spaces?"
    r"|(?:all )?(?:small|lower ?case)(?: letters)?|(?:en )?minuscules?|and then|et puis"
)
# "m as in Mike": letters so spelled reach far back.
SPELLED_SO = Pattern(
    rf"(?i)(?:^|[^\p{{L}}])(?:as in [a-z]|like in [a-z]|(?:comme|like|for|pour) (?:{_ALPHABET}))"
)
THEN = Pattern(r"(?i)^[ ,]*(?:et|and) (?:apr\x{e8}s \x{e7}a|after that|puis|then|ensuite)")
SPELLED_LEFT = 240
ONE_WORD_FILLERS = word_set(
    "then puis ensuite après like minuscule minuscules majuscule majuscules small lowercase attaché"
    " attachés collé collés"
)
FEWEST_AFTER_ARTICLE = 10


def without_article(words: list[str]) -> list[str]:
    """The number words without the article before a number: "un onze" is 11."""
    after = words[1] if len(words) == 2 and words[0] == "un" else ""  # noqa: PLR2004
    value = SMALL.get(after, TENS.get(after, 0))
    return words[1:] if value >= FEWEST_AFTER_ARTICLE else words
