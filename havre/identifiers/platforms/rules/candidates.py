"""The words of a text that may be names on a platform: made up, said aloud or spelled out."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from havre.identifiers.aloud.rules.dictated import dictated_in
from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, SMALL, digits_said
from havre.identifiers.disguises.rules.veiled import veiled_platforms
from havre.identifiers.platforms.rules.handle_words import (
    ACCOUNT_NEXT,
    ALONE_BEFORE,
    AS_DIGITS,
    AS_IN,
    AS_ONE,
    BETWEEN_LETTERS,
    BY_HYPHEN,
    BY_LETTERS,
    ENDS_WITH_ON,
    FILES,
    LABEL_AT_END,
    NAME,
    NOT_NAMES,
    NOT_TELLING,
    ORDINARY,
    ORDINARY_PARTS,
    PART_OF_A_PLATFORM,
    POSSESSIVE,
    QUOTED_WORD,
    SPELLED,
    SURE_SHAPE,
    TOKEN,
)
from havre.identifiers.platforms.rules.platforms import (
    ABBREVIATIONS,
    BY_WORD,
    MISSPELT,
    SHORT_WORDS,
)
from havre.identifiers.rules.gates import Gate, gates_of, platform_words
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, Taken, stands_alone
from havre.identifiers.web.rules.hosts import COMMON_ENDINGS

SIGILS = "@$\uff20"
# "ig river_fox9" needs no mark; "sc" stands for more than a platform.
OPENS = frozenset(",;|/(\n") | {""}
STANDS_BESIDE = ABBREVIATIONS - {"sc"} | {"\U0001f47b", "\U0001f4f8"}
# "sur x qui s'appelle", "on x as": the small letter alone stands for much else.
ACCOUNT_FOLLOWS = Pattern(
    r"(?i)^(?:,? (?:as|under|named|called|named|user|account|who|he|she|his|her|qui|il|elle|y"
    r"|sous|avec le"
    r"|son|sa|nomm|appel|compte|pseudo|pis|and|et|n|@|(?:c(?:['\x{2019}]?est)?|its"
    r"|it['\x{2019}]s|is|est) @)|[,:.;!?\n]|$)"
)
# In a line of a log: "tiktok_user=river_fox".
KEY_AFTER = Pattern(
    r"(?i)^(?P<key>_(?:user(?:_?name)?|name|handle|account|acct|pseudo|compte|nom))(?:[^a-z0-9_]"
    r"|$)"
)
_ONE = r"[A-Za-z0-9_]"
APART = Pattern(
    rf"(?:{_ONE}\*){{3,30}}{_ONE}|(?:{_ONE}/){{3,30}}{_ONE}|(?:{_ONE}\|){{3,30}}{_ONE}"
    rf"|(?:{_ONE}~){{3,30}}{_ONE}"
)
APART_BY_DOTS = Pattern(rf"(?:{_ONE}\.){{3,30}}{_ONE}")
FEWEST_CHARACTERS = 3
# A price, or a share: "$200", "$ABCD".
NO_CASHTAG = Pattern(r"\d.*|[A-Z]{1,5}")
LONGEST_NAME = 70
JOINTS = ".-_"
IN_ORDINARY = frozenset("0123456789.")
"""An ordinary word with a made-up shape holds one of these."""


class Named(NamedTuple):
    """A platform spoken of in a text."""

    start: int
    end: int
    platform: str
    is_short: bool
    is_abbreviation: bool = False


class Word(NamedTuple):
    """A word that may be somebody's name on a platform."""

    start: int
    end: int
    name: str
    sigil: str = ""
    spoken: bool = False
    alone: bool = False
    weak: bool = False


def words_in(text: str, named: list[Named]) -> list[Word]:
    """The words that look made up, with those said aloud ("fox underscore eight")."""
    spans = {(one.start, one.end) for one in named}
    after_slash = {one.end + 1 for one in named if text[one.end : one.end + 1] == "/"}
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
        if _is_a_key(text, start, stop) or (not sigil and text[start - 1 : start] == "#"):
            continue
        if (
            _may_be_a_name(name, sigil)
            and not is_cut(text, start, stop)
            and not (name[1:2] == "-" and BY_LETTERS.fullmatch(name))
            and (start, stop) not in spans
        ):
            outside = start - 1 if sigil else start
            if text[start - 2 : start].lower() == "u/":
                outside = start - (3 if text[start - 3 : start - 2] == "/" else 2)
            if start in after_slash or stands_alone(
                text, outside, stop, not_before="@_.-/+" if sigil else "@/+\\", not_after="_@\\"
            ):
                weak = not sigil and "-" in name and BY_HYPHEN.fullmatch(name) is not None
                alone = not weak and _is_alone(text, start, stop)
                found.append(Word(start, stop, name, sigil, alone=alone, weak=weak))
    found.extend(_said_aloud(text))
    if named and Gate.QUOTED in gates_of(text):
        for match in islice(QUOTED_WORD.finditer(text), MOST_IN_ONE_TEXT):
            start, end = match.span("name")
            if match["name"] not in NOT_NAMES:
                found.append(Word(start, end, match["name"], weak=True))
    found.sort(key=lambda word: word.start)
    return found


def _is_a_key(text: str, start: int, stop: int) -> bool:
    """Whether a word only says what stands after it: "?seen_from=", '"seen_from": '."""
    before, after = text[start - 1 : start], text[stop : stop + 2]
    return (after[:1] == "=" and before in ("?", "&")) or (before == '"' and after == '":')


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether a letter that no such name holds is joined to the span: "rené.hunter99".

    A capital after the span begins the next sentence instead.
    """
    if text.isascii():
        return False
    before, after = text[max(0, start - 3) : start], text[end : end + 3]
    last, first = before.rstrip(JOINTS)[-1:], after.lstrip(JOINTS)[:1]
    cut_before = before[-1:] in JOINTS and last.isalpha() and not last.isascii()
    cut_after = after[:1] in JOINTS and first.isalpha() and not first.isascii()
    return cut_before or (cut_after and not first.isupper())


def _said_aloud(text: str) -> Iterator[Word]:
    """Names said in words or letter by letter: "fox underscore eight", "f o x 8"."""
    gates = gates_of(text)
    for one in dictated_in(text) if Gate.SIGN_SAID in gates else ():
        if "@" in one.said:
            continue
        before = text[max(0, one.start - 20) : one.start]
        labelled = LABEL_AT_END.search(before) is not None
        labelled = labelled or PART_OF_A_PLATFORM.search(before) is not None
        tagged = "#" in one.said and one.said.rpartition("#")[2].isdecimal()
        if "#" in one.said and not tagged:
            continue
        if "_" in one.said or tagged or labelled or (one.is_careful and "-" in one.said):
            said = (
                _in_digits(one.said) if AS_DIGITS.search(text[one.end : one.end + 40]) else one.said
            )
            yield Word(one.start, one.end, said, spoken=True)
    as_one = AS_ONE.finditer(text) if Gate.ONE_WORD in gates else ()
    for match in islice(as_one, MOST_IN_ONE_TEXT):
        parts = match["words"].replace("-", " ").split()
        digits = [
            part.lower() for part in parts if part.lower() in NUMBER_WORDS or part.isdecimal()
        ]
        rest = parts[: len(parts) - len(digits)]
        if digits and [part.lower() for part in parts[len(rest) :]] != digits:
            continue
        if rest and not NOT_NAMES & {part.lower() for part in rest}:
            yield Word(*match.span("words"), "".join(rest) + digits_said(digits), spoken=True)
    yield from _taken_apart(text, gates)
    spelled = SPELLED.finditer(text) if Gate.LETTERS in gates else ()
    for match in islice(spelled, MOST_IN_ONE_TEXT):
        start, end = match.span()
        name = BETWEEN_LETTERS.sub("", AS_IN.sub("", match.group()))
        is_said = len(name) < LONGEST_NAME and any(char.isalpha() for char in name)
        is_said = is_said and not name.lower().startswith("abcd")
        if is_said and stands_alone(text, start, end):
            yield Word(start, end, name, spoken=True)


def _taken_apart(text: str, gates: frozenset[Gate]) -> Iterator[Word]:
    """Names with a sign between all letters: "r*i*v*e*r"; with dots where those are to go."""
    patterns = [APART] if Gate.SIGNS_BETWEEN in gates else []
    patterns += [APART_BY_DOTS] if Gate.DOTS_GO in gates else []
    for pattern in patterns:
        for match in islice(pattern.finditer(text), MOST_IN_ONE_TEXT):
            start, end = match.span()
            name = "".join(char for char in match.group() if char.isalnum() or char == "_")
            if stands_alone(text, start, end) and any(char.isalpha() for char in name):
                yield Word(start, end, name, spoken=True)


def _in_digits(said: str) -> str:
    """Number words between signs as digits: "trout_eleven" is "trout_11"."""
    parts = [
        digits_said([one]) if (one := part.lower()) in SMALL else part for part in said.split("_")
    ]
    return "_".join(parts)


def _may_be_a_name(name: str, sigil: str) -> bool:
    """Whether a word with a made-up shape could be a name at all."""
    lower = name.lower()
    ordinary = not IN_ORDINARY.isdisjoint(name) and ORDINARY.fullmatch(name) is not None
    if sigil:
        return (
            len(name) > 1
            and lower not in NOT_NAMES
            and not (sigil == "$" and NO_CASHTAG.fullmatch(name))
            and not ordinary
        )
    if len(name) < FEWEST_CHARACTERS or lower in NOT_TELLING or lower.endswith(FILES):
        return False
    if ordinary:
        return False
    if "-" in name and BY_HYPHEN.fullmatch(name):
        return not ORDINARY_PARTS & set(lower.split("-"))
    parts = lower.split(".")
    return len(parts) != 2 or not any(  # noqa: PLR2004 - one missing space makes two parts
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
    found: list[Named] = []
    for match in platform_words(text):
        start, end = match.span()
        word = match.group().casefold()
        beside = len(found) > 0 and text[start - 1 : start] == "/" and found[-1].end == start - 1
        key = KEY_AFTER.search(text[end : end + 12]) if text[end : end + 1] == "_" else None
        end = end + key.span("key")[1] if key is not None else end
        apart = stands_alone(text, start, end, not_before="@_./-", not_after="_@")
        if not (apart or beside) or _is_only_a_word(text, start, end):
            continue
        plain = " ".join(word.split())
        platform = BY_WORD.get(plain) or MISSPELT[plain]
        is_short = plain in SHORT_WORDS and key is None and not _is_meant(text, start, end)
        opens = text[max(0, start - 2) : start].rstrip(" ")[-1:] in OPENS
        stands_beside = (
            plain in STANDS_BESIDE or text[start:end] == "SC" or (plain == "sc" and opens)
        )
        if found and COMPARED.search(text[max(0, start - 24) : start]) is not None:
            continue
        found.append(Named(start, end, platform, is_short, stands_beside))
    return _with_veiled(text, found)


def _is_only_a_word(text: str, start: int, end: int) -> bool:
    """Whether "x" or "of" is no platform there: one on which nobody is, or without its colon."""
    word = text[start:end]
    if word == "x":
        on = ENDS_WITH_ON.search(text[max(0, start - 10) : start]) is not None
        return not on or ACCOUNT_FOLLOWS.search(text[end : end + 16]) is None
    return word in {"of", "Of"} and text[end : end + 2].lstrip(" ")[:1] not in {":", "="}


def _with_veiled(text: str, found: list[Named]) -> list[Named]:
    """The platforms, with those whose names are veiled: "D1sc0rd", "tele gram"."""
    veiled = list(veiled_platforms(text))
    if not veiled:
        return found
    taken = Taken()
    for start, end, _ in veiled:
        taken.take(start, end)
    # "tele" alone is a platform in short; in "tele gram" it is half of one.
    kept = [one for one in found if not (one.is_short and taken.overlaps(one.start, one.end))]
    plain = Taken()
    for one in kept:
        plain.take(one.start, one.end)
    more = (Named(start, end, platform, is_short=False) for start, end, platform in veiled)
    kept += (one for one in more if plain.take(one.start, one.end))
    return sorted(kept, key=lambda one: one.start)


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether a short word is a platform: "sur X", "A Threads account", "his ig", "sur fb"."""
    before = text[max(0, start - 20) : start]
    on = ENDS_WITH_ON.search(before[-10:]) is not None
    if text[start:end].lower() == "kick":
        named = NAME_NEXT.search(text[end : end + 44])
        owned = on or POSSESSIVE.search(before) is not None
        return owned and named is not None and SURE_SHAPE.search(named["name"]) is not None
    if text[start:end].lower() in ABBREVIATIONS:
        told = on or POSSESSIVE.search(before) is not None
        told = told or ACCOUNT_NEXT.search(text[end : end + 12]) is not None
        told = told or HAVE.search(before) is not None
        return told or (text[start:end].isupper() and ALSO.search(before) is not None)
    if text[start:end] == "X" and ALSO.search(before) and text[end : end + 1] in STOPS_AFTER:
        return True
    return (text[start].isupper() or text[start:end] == "x") and (
        on or ACCOUNT_NEXT.search(text[end : end + 12]) is not None
    )


# "add me on kick marin_04": only a name there makes it Kik.
NAME_NEXT = Pattern(rf"^,?[ ]@?(?P<name>{NAME})")
# "go on mastodon, it's like twitter": what another platform resembles is not where somebody is.
COMPARED = Pattern(
    r"(?i)(?:^|[:\n.?!][ ]?|(?:^|[^\p{L}])(?:is|it['\x{2019}]?s|kind of|kinda|sort of|bit|much|lot"
    r"|just|c['\x{2019}]est|cest|c|un peu|genre)[ ])(?:like|comme|similar to)[ ]$"
)
# "they all have vk", "il a fb".
HAVE = Pattern(
    r"(?i)(?:^|[^\p{L}@])(?:have|has|had|got|uses?|used|using|a|ont|avait|utilise|t'as|as)"
    r"(?:[ ](?:all|also|tous|toutes|aussi))?[ \x{a0}]$"
)
# "also X, fox_9", "et VK où il est fox_9", "un compte X : fox_9".
ALSO = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:also|and|plus|uses?|used|using|then|or|has|had|account|platform|both"
    r"|et|aussi|pis|puis"
    r"|utilise|utilisait|compte|profil|plateforme|ou|par|par le|l['\x{2019}]appli|app)[ \x{a0}]$"
)
STOPS_AFTER = frozenset(",:(=")
