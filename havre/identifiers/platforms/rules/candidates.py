"""The words of a text that may be names on a platform: made up, said aloud or spelled out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from havre.identifiers.platforms.rules.handle_words import (
    ACCOUNT_NEXT,
    ALONE_BEFORE,
    AS_DIGITS,
    DOTS_ALOUD,
    ENDS_WITH_ON,
    FILES,
    LABEL_AT_END,
    NOT_NAMES,
    NOT_TELLING,
    ORDINARY,
    PLATFORM,
    SAID_UNDERSCORE,
    SPELLED,
    SPOKEN,
    TOKEN,
)
from havre.identifiers.platforms.rules.platforms import BY_WORD, MISSPELT, SHORT_WORDS
from havre.identifiers.rules.hosts import COMMON_ENDINGS
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.spoken import SMALL, digits_said

DOTS = (" dot ", " point ", " period ")
SIGNS_ALOUD = ("under", "tiret", "soulign", "barre")
SIGILS = "@$\uff20"
FEWEST_CHARACTERS = 3
LONGEST_NAME = 70


@dataclass(frozen=True, slots=True)
class Named:
    """A platform spoken of in a text."""

    start: int
    end: int
    platform: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may be somebody's name on a platform."""

    start: int
    end: int
    name: str
    sigil: str = ""
    spoken: bool = False
    alone: bool = False


def words_in(text: str, named: list[Named]) -> list[Word]:
    """The words that look made up, with those said aloud ("fox underscore eight")."""
    spans = {(one.start, one.end) for one in named}
    found = []
    for match in islice(TOKEN.finditer(text), MOST_IN_ONE_TEXT * 4):
        start, end = match.span()
        if end - start > LONGEST_NAME:
            continue
        raw = match.group().rstrip(".-")
        sigil = raw[0] if raw[0] in SIGILS else ""
        name = raw[1:].lstrip("@") if sigil else raw.lstrip(".-")
        stop = start + len(raw)
        start = stop - len(name)
        if _may_be_a_name(name, sigil) and (start, stop) not in spans:
            outside = start - 1 if sigil else start
            if text[start - 2 : start].lower() == "u/":
                outside = start - (3 if text[start - 3 : start - 2] == "/" else 2)
            if stands_alone(
                text, outside, stop, not_before="@_.-/+" if sigil else "@/+\\", not_after="_@\\"
            ):
                found.append(Word(start, stop, name, sigil, alone=_is_alone(text, start, stop)))
    found.extend(_said_aloud(text))
    found.sort(key=lambda word: word.start)
    return found


def _said_aloud(text: str) -> Iterator[Word]:
    """Names said in words or letter by letter: "fox underscore eight", "f o x 8"."""
    lower = text.lower()
    spoken = SPOKEN.finditer(text) if any(sign in lower for sign in SIGNS_ALOUD) else ()
    for match in islice(spoken, MOST_IN_ONE_TEXT):
        start, end = match.span()
        parts = SAID_UNDERSCORE.sub("_", match.group()).split("_")
        if parts[0].lower() in NOT_NAMES:
            continue
        if AS_DIGITS.search(text[end : end + 40]):
            parts = [
                digits_said([part.lower()]) if part.lower() in SMALL else part for part in parts
            ]
        name = "_".join(parts).replace(" dot ", ".").replace(" point ", ".").replace(" ", "")
        yield Word(start, end, name, spoken=True)
    dotted = DOTS_ALOUD.finditer(text) if any(dot in lower for dot in DOTS) else ()
    for match in islice(dotted, MOST_IN_ONE_TEXT):
        start, end = match.span()
        if LABEL_AT_END.search(text[max(0, start - 20) : start]):
            name = match.group()
            for dot in DOTS:
                name = name.replace(dot, ".")
            yield Word(start, end, name, spoken=True)
    for match in islice(SPELLED.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span()
        name = match.group().replace(" ", "")
        if any(char.isalpha() for char in name) and stands_alone(text, start, end):
            yield Word(start, end, name, spoken=True)


def _may_be_a_name(name: str, sigil: str) -> bool:
    """Whether a word with a made-up shape could be a name at all."""
    lower = name.lower()
    if sigil:
        return (
            len(name) > 1
            and lower not in NOT_NAMES
            and not (sigil == "$" and name[0].isdigit())
            and not ORDINARY.fullmatch(name)
        )
    if len(name) < FEWEST_CHARACTERS or lower in NOT_TELLING or lower.endswith(FILES):
        return False
    if ORDINARY.fullmatch(name):
        return False
    parts = lower.split(".")
    return len(parts) == 1 or not any(
        part in NOT_NAMES and part not in COMMON_ENDINGS for part in (parts[0], parts[-1])
    )


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a word is all that a line says, or all that stands after its colon."""
    after = text[end : end + 3].lstrip(" \t\"'\u00bb")
    if after and after[0] not in "\r\n":
        return False
    return "\n" in text and ALONE_BEFORE.search(text[max(0, start - 12) : start]) is not None


def platforms_in(text: str) -> list[Named]:
    """The platforms a text speaks of, in its order."""
    found = []
    for match in islice(PLATFORM.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span()
        word = match.group().lower()
        if (word == "x" and text[start] != "X") or not stands_alone(
            text, start, end, not_before="@_./-", not_after="_@"
        ):
            continue
        plain = " ".join(word.split())
        platform = BY_WORD.get(plain) or MISSPELT[plain]
        is_short = plain in SHORT_WORDS and not _is_meant(text, start, end)
        found.append(Named(start, end, platform, is_short))
    return found


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether a short word with a capital is a platform: "sur X", "A Threads account"."""
    return text[start].isupper() and (
        ENDS_WITH_ON.search(text[max(0, start - 10) : start]) is not None
        or ACCOUNT_NEXT.search(text[end : end + 12]) is not None
    )
