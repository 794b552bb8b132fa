"""What is said sign by sign: "otter, underscore, seven, seven", "m, point, roy, arobase, ..."."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from havre.identifiers.aloud.rules.fillers import (
    SPELLED_LEFT,
    SPELLED_SO,
    THEN,
    without_article,
)
from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said, number_said
from havre.identifiers.aloud.rules.pieces import SIGN, Piece, pieces_in, sign_of
from havre.identifiers.devices.rules.addresses import NOT_AN_ADDRESS, normal_ip
from havre.identifiers.rules.emails import normal_email
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, Kind, word_set
from havre.identifiers.web.rules.hosts import COMMON_ENDINGS, ENDINGS
from havre.identifiers.web.rules.urls import normal_url

GOES_ON_BEFORE = ("@", "/", "-", "_", ".", "+", "=")
APART = frozenset(",)]}>")
AT, DOT_WITHIN, APOSTROPHES = len("at"), 50, ("'", "\u2019")
LEFT, NEAR, RIGHT, MOST_SIGNS_READ = 40, 60, 120, 500
"""Of the signs a text names, so many are looked at: each costs a window of words."""

MOST_SIGNS, MOST_WORDS_AS_ONE, LONGEST_WORD = 8, 3, 30
NUMBERS = NUMBER_WORDS | {"thousand", "mille"}
NO_PART = word_set(
    "a about after all also and any are as at au aussi avec back be before but by ca called ce"
    " cette dans de des du elle else en est et every for from had has have he her here his how i"
    " if il ils in into is it its je just la le les ma mais me mes mine moi mon my name named new"
    " next no nom non not now off oh ok on only or other ou oui out par parce pas pour que qui"
    " rien sa se she since so some son sur that the their them then there they this through to"
    " today too tu un une until up us very was we were what when where which while who why will"
    " with yes you your puis après avant of aux à où been can could would should may might"
    " starting vue temps départ ne these those certain tel quel big main whole exact same first"
    " last cependant comme more most less très bon meeting view"
)
PROSE = NO_PART - word_set("oh a an ca la le the then un une puis")
BESIDE = " ,\"'\u00ab\u00bb\u201c\u201d\u00a0[](){}<>"
AT_BEFORE = Pattern(
    r"(?i)(?:[\[({<] ?(?:@|at|[a\x{e0}]|arobase|chez) ?[\])}>]|[ ](?:chez|\x{e0})[ ])$"
)
SURE_HOSTS = word_set("ca com example fr invalid net org test edu info")


@dataclass(frozen=True, slots=True)
class Dictated:
    """What was said sign by sign, put together; `is_careful` when more than spaces part it."""

    start: int
    end: int
    said: str
    is_careful: bool


@lru_cache(maxsize=1)
def dictated_in(text: str) -> tuple[Dictated, ...]:
    """All that a text says sign by sign, in its order; kept for the next finder that asks."""
    return tuple(_dictated_in(text))


def _dictated_in(text: str) -> Iterator[Dictated]:
    done = 0
    for match in islice(SIGN.finditer(text), MOST_SIGNS_READ):
        start, end = match.span()
        touched = text[start].isalpha() and (
            text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()
        )
        if start < done or touched or _is_prose(text, start, end):
            continue
        far = SPELLED_SO.search(text[max(0, start - LEFT) : start]) is not None
        found = _around(text, start, max(done, start - (SPELLED_LEFT if far else LEFT)))
        is_mail = found is not None and "@" in found.said
        if found is not None and is_mail and found.said.rpartition(".")[2].lower() not in ENDINGS:
            continue  # in "TikTok arobase river point 44" the name begins after the sign
        if found is not None:
            done = found.end
            yield found


def find_dictated(text: str) -> Iterator[Found]:
    """The e-mail addresses and hosts said sign by sign with commas, brackets or spelled letters."""
    for one in dictated_in(text):
        ending = one.said.rpartition(".")[2].lower()
        address = _address(one.said)
        if address is not None:
            if not NOT_AN_ADDRESS.search(text[max(0, one.start - 16) : one.start]):
                yield _found(text, one, Kind.IP, address)
            continue
        if text[one.start - 1 : one.start] in GOES_ON_BEFORE or text[one.end : one.end + 1] == "/":
            continue
        hyphened = "-" in one.said and "@" not in one.said
        raw = text[one.start : one.end]  # "fox neuf arobase": only here the number is read
        numbered = "@" in one.said and any(c.isdecimal() and c not in raw for c in one.said)
        if "." not in one.said or not (one.is_careful or hyphened or numbered):
            continue
        if one.said.count("@") == 1 and ending in ENDINGS:
            value, kind = normal_email(one.said), Kind.EMAIL
        elif AT_BEFORE.search(text[max(0, one.start - 12) : one.start]) is not None:
            continue  # the rest of an e-mail address
        elif "@" not in one.said and "_" not in one.said and ending in SURE_HOSTS:
            value, kind = normal_url(one.said), Kind.URL
        else:
            continue
        if value is not None:
            yield _found(text, one, kind, value)


def _found(text: str, one: Dictated, kind: Kind, value: str) -> Found:
    return Found(
        kind=kind, value=value, raw=text[one.start : one.end], start=one.start,
        end=one.end, confidence=65, rule=f"{kind}.dictated",
    )  # fmt: skip


def _address(said: str) -> str | None:
    """The IP address that four numbers with dots between them say."""
    parts = said.lower().split(".")
    if len(parts) != 4 or not all(map(_is_number, parts)):  # noqa: PLR2004
        return None
    return normal_ip(".".join(digits_said([part]) for part in parts))


def _around(text: str, start: int, left: int) -> Dictated | None:
    """The run around a sign, a few words read first and more only where they go on."""
    found = None
    for reach in (NEAR, RIGHT):
        pieces = list(pieces_in(text, left, min(len(text), start + reach)))
        place = next((n for n, p in enumerate(pieces) if p.kind == "sign" and p.end > start), None)
        found = _run(pieces, place) if place is not None else None
        if found is None or found.end < start + reach - LONGEST_WORD:
            break
    return found


def _is_prose(text: str, start: int, end: int) -> bool:
    """Whether a sign's name is only a word here: "at school", "au point de", "a dash of"."""
    apart = text[end : end + 1] in APART or text[start - 2 : start - 1] in APART
    if end - start == AT and not apart:
        return " dot " not in text[end : end + DOT_WITHIN]
    before = text[max(0, start - 20) : start].rstrip(BESIDE).rpartition(" ")[2].lower()
    after = text[end : end + 20].lstrip(BESIDE).partition(" ")[0].rstrip(",").lower()
    goes_on = after in ("et", "and") and THEN.search(text[end : end + 24]) is not None
    return before in PROSE or (after in PROSE and not goes_on)


def _run(pieces: list[Piece], place: int) -> Dictated | None:
    """The run around a first sign: what stands before it, then sign and part in turn."""
    left = _before(pieces, place)
    if left is None:
        return None
    start, said, careful = left
    at, end, signs = place, pieces[place].end, 0
    while at < len(pieces) and pieces[at].kind == "sign" and signs < MOST_SIGNS:
        sign = sign_of(pieces[at].said)
        after = _after(pieces, at + 1)
        if not sign or after is None:
            break
        careful |= pieces[at].said[0] in "[({<" or after[3]
        if careful and after[2] and not after[0].isdecimal():
            after = (digits_said([after[0].lower()]), *after[1:])
        said, end, signs = f"{said}{sign}{after[0]}", pieces[after[1] - 1].end, signs + 1
        at, skipped = _past_gaps(pieces, after[1])
        careful |= skipped and at < len(pieces) and pieces[at].kind == "sign"
    return Dictated(start, end, said, careful) if signs else None


def _past_gaps(pieces: list[Piece], at: int) -> tuple[int, bool]:
    """The next piece that is no gap, and whether more than spaces was passed."""
    first = at
    while at < len(pieces) and pieces[at].kind in ("gap", "filler"):
        at += 1
    between = "".join(piece.said for piece in pieces[first:at])
    return at, between.strip() != ""


def _after(pieces: list[Piece], at: int) -> tuple[str, int, bool, bool] | None:
    """The part from a place on: what it says, where it stops, whether digits, and if set apart."""
    sign = sign_of(pieces[at - 1].said)
    at, apart = _past_gaps(pieces, at)
    if at >= len(pieces) or pieces[at].kind != "word":
        return None
    word = pieces[at].said
    if sign == "." and word.lower() in COMMON_ENDINGS:
        return word, at + 1, False, apart
    if _is_number(word):
        words, stop = _numbers(pieces, at)
        following, _ = _past_gaps(pieces, stop)  # "fox underscore eight" alone is "fox_8"
        last = following >= len(pieces) or pieces[following].kind != "sign"
        as_digits = len(words) > 1 or apart or words[0].isdecimal() or last
        said = number_said(words) if as_digits else word
        return said, stop, True, apart
    if len(word) == 1 and word.isalpha():
        letters, stop = _letters(pieces, at)
        said, stop = _with_number(pieces, stop, letters)
        return said, stop, False, apart
    if word.lower() in NO_PART or len(word) > LONGEST_WORD:
        return None
    stop = _past_spelling(pieces, at + 1, word)
    said, stop = _with_number(pieces, stop, word)
    return said, stop, False, apart


def _with_number(pieces: list[Piece], stop: int, word: str) -> tuple[str, int]:
    """A word with the number said right after it: "leaf, two zero" is "leaf20"."""
    following, _ = _past_gaps(pieces, stop)
    if following < len(pieces) and _is_number(pieces[following].said):
        words, end = _numbers(pieces, following)
        if len(words) > 1 or words[0].isdecimal() or len(word) == 1 or _ends(pieces, end):
            return word + number_said(words), end
    return word, stop


def _before(pieces: list[Piece], place: int) -> tuple[int, str, bool] | None:
    """Where the part before the first sign starts, what it says, and if it is set apart."""
    at, between = place - 1, ""
    while at >= 0 and pieces[at].kind in ("gap", "filler"):
        between = pieces[at].said + between
        at -= 1
    if at < 0 or pieces[at].kind != "word":
        return None
    apart, last = between.strip() != "", pieces[at]
    if at and pieces[at - 1].said in APOSTROPHES:
        return None
    said = between.lower()
    if len(last.said) == 1 and last.said.isalpha():
        first = _back(pieces, at, lambda word: len(word) == 1 and word.isalpha())
        if first < at - 1:
            letters = "".join(p.said for p in pieces[first : at + 1] if p.kind == "word")
            article = pieces[place].said[:2] in ("a ", "A ")  # the last of "L E N A dot"
            return pieces[first].start, letters + ("a" if article else ""), True
    elif "word" in said or "mot" in said or "\u00e9" in said:
        first = _back(pieces, at, lambda word: word.lower() not in NO_PART, spaces_only=True)
        return pieces[first].start, _joined(pieces, first, at), True
    elif _is_number(last.said):
        first = _number_before(pieces, at)
        return pieces[first].start, _joined(pieces, first, at), apart
    fits = last.said.lower() not in NO_PART and len(last.said) <= LONGEST_WORD
    return (last.start, last.said, apart) if fits else None


def _number_before(pieces: list[Piece], at: int) -> int:
    """Where a number that ends here begins, the word right before it with it: "fox forty four"."""
    first = _back(pieces, at, _is_number)
    glued = first > 1 and pieces[first - 1].said == " " and pieces[first - 2].kind == "word"
    glued = glued and pieces[first - 2].said.lower() not in NO_PART
    return first - 2 if glued and not pieces[at].said.isdecimal() else first


def _back(
    pieces: list[Piece], at: int, fits: Callable[[str], bool], *, spaces_only: bool = False
) -> int:
    """The first of the words up to a place that all fit, gaps between them passed over."""
    first, most = at, MOST_WORDS_AS_ONE if spaces_only else RIGHT
    while at > 0 and most:
        at -= 1
        if pieces[at].kind == "gap" and (pieces[at].said == " " or not spaces_only):
            continue
        if pieces[at].kind == "filler" and SPELLED_SO.search(pieces[at].said):
            continue
        if pieces[at].kind not in ("word", "hyphen") or not (
            pieces[at].kind == "hyphen" or fits(pieces[at].said)
        ):
            break
        if at and pieces[at - 1].said in APOSTROPHES:
            break
        first, most = (at, most - 1) if pieces[at].kind == "word" else (first, most)
    return first


def _joined(pieces: list[Piece], first: int, last: int) -> str:
    said, numbers = "", []
    for piece in pieces[first : last + 1]:
        if piece.kind == "word" and _is_number(piece.said):
            numbers.append(piece.said.lower())
        elif piece.kind == "word":
            said, numbers = said + number_said(numbers) + piece.said, []
    return said + number_said(numbers)


def _numbers(pieces: list[Piece], at: int) -> tuple[list[str], int]:
    """The number words from a place on, and where they stop."""
    words, stop = [], at
    while at < len(pieces):
        if pieces[at].kind == "word" and _is_number(pieces[at].said):
            words.append(pieces[at].said.lower())
            stop = at + 1
        elif pieces[at].kind not in ("gap", "hyphen"):
            break
        at += 1
    return without_article(words), stop


def _letters(pieces: list[Piece], at: int) -> tuple[str, int]:
    said, stop = "", at
    while at < len(pieces):
        if pieces[at].kind == "word" and len(pieces[at].said) == 1:
            said, stop = said + pieces[at].said, at + 1
        elif pieces[at].kind not in ("gap", "hyphen"):
            break
        at += 1
    return said, stop


def _past_spelling(pieces: list[Piece], at: int, word: str) -> int:
    """Past the letters that spell the word just said: "fern, F E R N"."""
    after, _ = _past_gaps(pieces, at)
    letters, stop = _letters(pieces, after)
    return stop if letters.lower() == word.lower() else at


def _ends(pieces: list[Piece], at: int) -> bool:
    at, _ = _past_gaps(pieces, at)
    return at >= len(pieces) or pieces[at].kind in ("stop", "sign")


def _is_number(word: str) -> bool:
    return word.isdecimal() or word.lower() in NUMBERS
