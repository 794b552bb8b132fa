"""Which words of a note are one word: English and French, whatever their ending or accents.

A word becomes its stems, in either language, folded. What is written and what is asked meet when
they share a stem; the words around it, and their order, do not count.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from snowballstemmer import stemmer

from havre.identifiers.rules.words import word_set

LONGEST_WORD = 60
# Words that say nothing by themselves, in either language; they are neither kept nor asked.
COMMON = word_set(
    "a an and are as at be been but by did do for from had has have he her him his i if in is it"
    " its me my no not of on or our she so that the their them then there they this to was we"
    " were what when where which who will with would you your"
    " à au aux avec ce ces cet cette dans de des du elle elles en est et eu il ils je la le les"
    " leur leurs lui ma mais me mes mon ne nos notre nous on ou où par pas pour qu que qui sa se"
    " ses son sont sur ta te tes toi ton tu un une vos votre vous été étaient était"
)
WORD = re.compile(r"[^\W_]+")
STEMMERS = (stemmer("english"), stemmer("french"))


def words_in(text: str) -> Iterator[str]:
    """The words of a text in small letters, without the common ones and single letters."""
    for found in WORD.finditer(unicodedata.normalize("NFC", text.casefold())):
        word = found[0][:LONGEST_WORD]
        if len(word) > 1 and word not in COMMON:
            yield word


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> frozenset[str]:
    """The stems of one word, folded: as English, as French, and as French without accents."""
    forms = {word, folded(word)}
    return frozenset(folded(each.stemWord(form)) for each in STEMMERS for form in forms)


def stems_in(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset[str]().union(*map(stems_of, set(words_in(text))))


def asked_for(text: str) -> list[frozenset[str]]:
    """What a search asks for: for each word, the stems of which any will do."""
    return [stems_of(word) for word in dict.fromkeys(words_in(text))]


def tells_of(text: str, asked: list[frozenset[str]]) -> bool:
    """Whether a text holds every word that is asked for."""
    held = stems_in(text)
    return bool(asked) and all(stems & held for stems in asked)


def around(text: str, asked: list[frozenset[str]], *, letters: int = 160) -> str:
    """The part of a text around the first word that was asked for."""
    start = 0
    for found in WORD.finditer(text):
        word = unicodedata.normalize("NFC", found[0].casefold())[:LONGEST_WORD]
        if any(stems & stems_of(word) for stems in asked):
            start = max(0, found.start() - letters // 3)
            break
    part = text[start : start + letters].strip()
    before, after = "… " if start else "", " …" if start + letters < len(text) else ""
    return f"{before}{part}{after}"


def folded(word: str) -> str:
    """A word without its accents."""
    flat = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in flat if not unicodedata.combining(letter))
