"""Ages and school years that people state in running text, in English and in French."""

from collections.abc import Iterator
from dataclasses import dataclass

import re2

_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
)  # fmt: skip
_FR = (
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept",
)  # fmt: skip
_WORDS = {word: age for words in (_EN, _FR) for age, word in enumerate(words)}
_EN_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
)  # fmt: skip
_ADULT = 18
# One stated age is enough to count; a flood of them is not read to its end.
MOST_AGES = 100
# The first school year is the year a child turns six.
_FIRST_GRADE_AGE = 6
_SECONDARY_AGE = 12
# The four classes before the French "college": CE1 and CE2, CM1 and CM2.
_CE_AGE, _CM_AGE = 7, 9
_LAST_GRADE = 12
_LAST_SECONDARY = 5

_N = rf"(\d{{1,2}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_KIN = (
    r"(?:daughter|son|sister|sis|brother|bro|niece|nephew|cousin|friend|girl|boy|kid|child|student"
    r"|classmate|fille|fils|neveu|soeur|frere|amie?|enfant|cousine|garcon|eleve)"
)
_STATED = (
    re2.compile(rf"\b{_N}[- ]?(?:years?[- ]?old|year[- ]olds?|yrs?[- ]old|y/?o|yrs?\b|ans)\b"),
    re2.compile(
        r"\b(?:i'?m|i am|she'?s|he'?s|(?:is|are|was|were|aged?|age of|turn(?:s|ed|ing)?|only|be)) "
        rf"(?:only |just |now |like |about |almost |still |age |aged |barely )*{_N}\b"
    ),
    re2.compile(rf"\b{_KIN}(?:'?s |, ?| ?\(| ){_N}\b"),
    re2.compile(r"\b(\d{1,2}) ?[mf]\b"),
    # A class of ages: "the under-14 girls", "U12".
    re2.compile(rf"\b(?:under[- ]?|u-?){_N}s?\b"),
    re2.compile(rf"\b(?:girl|boy|kid|child) (?:of|about) {_N}\b"),
    # "A resident, 14, came back"; "user (14)"; "holder of an account (stated age 13)".
    re2.compile(rf"\b[a-z]{{3,}}, ?{_N}(?:,|\.|;|$| and | et )"),
    re2.compile(rf"\b[a-z]{{3,}} ?\((?:(?:stated age|aged?|age declare|agee? de) )?{_N}\)"),
    re2.compile(
        r"\b(?:looks?|looked|seems?|appears?|sounds?|put (?:her|him|them|it)|guess(?:ed)?)"
        rf"(?: to be| like| maybe| perhaps| about| around| barely| at| no more than)* {_N}\b"
    ),
    re2.compile(
        r"\b(?:girl|boy|kid|child|teen|lad|lass|one|student|pupil|someone|somebody)"
        rf"(?: of)? (?:perhaps|maybe|about|around|barely|roughly|some|only|not yet) {_N}\b"
    ),
    re2.compile(rf"\b(?:a|ai|as|avait) {_N} annees\b"),
)
_GRADES = (
    (re2.compile(r"\b(?:grade|gr\.?) ?(\d{1,2})\b"), _FIRST_GRADE_AGE - 1),
    (re2.compile(r"\b(\d{1,2})(?:st|nd|rd|th) grade"), _FIRST_GRADE_AGE - 1),
    (re2.compile(r"\b(\d)(?:e|re|ere|eme|ieme) annee"), _FIRST_GRADE_AGE - 1),
    (re2.compile(r"\b(?:secondaire|sec\.?) ?(\d)\b"), _SECONDARY_AGE - 1),
    (re2.compile(r"\bcm ?([12])\b"), _CM_AGE - 1),
    (re2.compile(r"\bce ?([12])\b"), _CE_AGE - 1),
)
_GRADE_WORDS = re2.compile(rf"\b(?:grade ({'|'.join(_EN[1:13])})|({'|'.join(_EN_ORDINALS)}) grade)")
# What follows a number that is no age, and what stands before one.
_OTHER_UNIT = re2.compile(
    r"^(?:\s?(?:%|\$|/|:\d|[.,]\d|-\d|h\b|hrs?\b|hours?|min|sec|km|cm|kg|lbs?\b|days?|weeks?|months?"
    r"|dollars|bucks|people|persons|times|of\b|more\b|other|others|feet|ft\b|[ap]m\b|o'clock|blocks?"
    r"|miles|jours?|heures?|mois|semaines?|fois|spins|messages|photos|pictures|reports|years? ago"
    r"|ans d'(?:exp|anc)|ans plus tard))"
)
# "It was one evening": small numbers in words are ages only where nothing counted follows.
_COUNTS = frozenset((*_EN[:5], *_FR[:5]))
_STANDS_ALONE = re2.compile(
    r"^\s*(?:[.,;!?)]|$|and\b|at\b|et\b|now\b|when\b|quand\b|yrs?\b|years?\b|ans\b)"
)
_SPAN_OF_TIME = re2.compile(
    r"\b(?:depuis|il y a|pendant|dans|durant|apres|(?:ca|cela) fait|for|in|since)\s$"
)
# "forty-one years old" ends in "one years old".
_TENS = re2.compile(
    r"(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety|vingt|trente|quarante|cinquante"
    r"|soixante|hundred|cent)(?:[- ]| et |-et-)$"
)
_PAST = re2.compile(
    r"\b(?:when|back when|since|quand|lorsque?|alors que|depuis que)\b[^.!?\n,;]{0,30}$"
)
_WAS = re2.compile(r"\b(?:was|were|avais|avait|avions|etais|etait)\b")


@dataclass(frozen=True, slots=True)
class StatedAge:
    """An age under 18 stated in a text; `is_past` when it is told of a time gone by."""

    start: int
    end: int
    age: int
    is_past: bool = False


def ages_stated(text: str) -> tuple[StatedAge, ...]:
    """Every age from 0 to 17 stated in folded text, school years included."""
    found = {(one.start, one.end): one for one in _stated(text)}
    for one in _school_years(text):
        found.setdefault((one.start, one.end), one)
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.end)))


def _stated(text: str) -> Iterator[StatedAge]:
    read: set[int] = set()
    for pattern in _STATED:
        told = 0
        for match in pattern.finditer(text):
            said = match.group(1)
            age = int(said) if said.isdigit() else _WORDS[said]
            after, before = (
                text[match.end(1) : match.end(1) + 24],
                text[max(0, match.start() - 48) : match.start()],
            )
            if age >= _ADULT or match.start(1) in read or _OTHER_UNIT.search(after):
                continue
            if said in _COUNTS and match.end(1) == match.end() and not _STANDS_ALONE.search(after):
                continue
            if _SPAN_OF_TIME.search(before) or _TENS.search(before):
                continue
            is_past = _is_past(before, match.group(0))
            if not is_past:
                read.add(match.start(1))
            yield StatedAge(match.start(), match.end(), age, is_past)
            told += not is_past
            if told >= MOST_AGES:
                break


def _school_years(text: str) -> Iterator[StatedAge]:
    for pattern, offset in _GRADES:
        for match in pattern.finditer(text):
            year = int(match.group(1))
            last = _LAST_SECONDARY if offset == _SECONDARY_AGE - 1 else _LAST_GRADE
            if 1 <= year <= last:
                yield StatedAge(match.start(), match.end(), year + offset)
    for match in _GRADE_WORDS.finditer(text):
        cardinal, ordinal = match.group(1), match.group(2)
        year = _WORDS[cardinal] if cardinal else _EN_ORDINALS.index(ordinal)
        yield StatedAge(match.start(), match.end(), year + _FIRST_GRADE_AGE - 1)


def _is_past(before: str, matched: str) -> bool:
    """Whether the age is told of the past: "when I was 9", "quand j'avais 9 ans"."""
    lead = before + matched
    at = _PAST.search(before)
    return bool(at) and bool(_WAS.search(lead[at.start() :]))
