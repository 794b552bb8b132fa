"""Letters and digits in fancy dress, put back in plain: wide, bold, ringed, between pictures.

What is found in the plain text points back at the words as they were written.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from havre.identifiers.platforms.rules.platforms import BY_WORD, SHORT_WORDS
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found

_INVISIBLE = (
    r"\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}\x{fe00}-\x{fe0f}"
    r"\x{feff}\x{20e3}\x{335}-\x{338}"
)
_DRESSED = (
    r"\x{ff01}-\x{ff5e}\x{1d400}-\x{1d7ff}\x{2460}-\x{24ff}\x{2776}-\x{2793}\x{1f100}-\x{1f189}"
    r"\x{2070}-\x{209c}\x{660}-\x{669}\x{6f0}-\x{6f9}\x{966}-\x{96f}\x{1d00}-\x{1d25}\x{262}"
    r"\x{2024}\x{3002}\x{ff61}\x{26a}\x{274}\x{280}\x{28f}\x{299}\x{29c}\x{29f}\x{a730}\x{17f}"
    r"\x{2102}\x{210a}-\x{210e}\x{2110}-\x{2113}\x{2115}\x{2119}-\x{211d}\x{2124}\x{2128}"
    r"\x{212a}-\x{212d}\x{212f}-\x{2131}\x{2133}\x{2134}\x{2145}-\x{2149}"
)
_LOOKALIKES = (
    r"\x{370}-\x{3ff}\x{400}-\x{45f}\x{474}\x{475}\x{492}\x{493}\x{4ba}\x{4bb}\x{4c0}\x{4cf}"
    r"\x{500}\x{501}\x{51a}-\x{51d}\x{131}"
)
# What stands over or under the letter before it, but for what strikes it through.
_MARKS = r"\x{300}-\x{334}\x{339}-\x{36f}"
SHOWS = Pattern(rf"[{_INVISIBLE}{_DRESSED}{_LOOKALIKES}{_MARKS}]")
DRESSED = Pattern(rf"[{_INVISIBLE}{_DRESSED}]")
MARK = Pattern(rf"[{_MARKS}]")
MARKS = frozenset(map(chr, (*range(0x300, 0x335), *range(0x339, 0x370))))
INVISIBLE = Pattern(rf"[{_INVISIBLE}]")
LOOKALIKE = Pattern(rf"[{_LOOKALIKES}]")
_RUN = r"[\p{L}\p{M}\p{N}]+"
RUN = Pattern(_RUN)
"""A run of letters and digits: one part of an address or of a name with signs."""
MOST_BESIDE = 20
CHAIN = Pattern(rf"{_RUN}(?:[._\-@/]{{1,2}}{_RUN})*")
ALIKE = dict(
    zip(
        "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0458\u0455\u0501\u04bb\u043a\u043c\u0442"
        "\u0432\u043d\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0406"
        "\u03b1\u03b5\u03bf\u03c1\u03b9\u03ba\u03bd\u03c4\u03c5\u03c7\u0391\u0392\u0395\u0396\u0397"
        "\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7\u03a5\u0131\u0475\u0493\u04cf\u051b\u051d\u0405"
        "\u0408\u03f2\u03f3\u0474\u0492\u04ba\u04c0\u0500\u051a\u051c\u037f\u03f9",
        "aeopcxyijsdhkmtbhABEKMHOPCTXYIaeopikvtuxABEZHIKMNOPTXYivflqwSJcjVFHlDQWJC",
        strict=True,
    )
)
# Small letters that resemble a Latin one only roughly: people write whole words with them.
ROUGHLY = frozenset("\u043a\u043c\u0442\u0432\u043d\u03b5\u03ba\u03c4\u0493")
# Beside "\u011f" or "\u015f" it is a letter of Turkish, and no "i" in disguise.
DOTLESS_I = "\u0131"
SMALL_CAPITALS = dict(
    zip(
        "\u1d00\u1d04\u1d05\u1d07\u1d0a\u1d0b\u1d0d\u1d0f\u1d18\u1d1b\u1d1c\u1d20\u1d21\u1d22"
        "\u3002\uff61\u0262\u026a\u0274\u0280\u028f\u0299\u029c\u029f\ua730",
        "acdejkmoptuvwz..ginrybhlf",
        strict=True,
    )
)
_EMOJI = r"[\x{1f300}-\x{1faff}\x{2600}-\x{27bf}\x{2b50}\x{2b55}\x{200d}\x{fe0f}]"
PICTURES = Pattern(rf"{_EMOJI}+")
BESIDE_A_PICTURE = frozenset("._-")
PLATFORM_WORDS = frozenset(BY_WORD) - SHORT_WORDS
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# "🄰", "🅐" and "🅰" begin 32 places apart from each other.
FIRST_SQUARED, LAST_SQUARED, APART_IN_UNICODE = "\U0001f130", "\U0001f189", 32
FEWEST_BETWEEN_SINGLES = 3
# "no", "between" and "minus" are said of many other things: a word for a picture comes after them.
_THE = r" (?:(?:the|any|each|les|des|la|le|chaque) |l['\x{2019}])?"
_SIGN = (
    r"(?:symbols?|smileys?|icons?|leaf|leaves|flowers?|hearts?|stars?|waves?|symboles?|binettes?"
    r"|ic\x{f4}nes?|feuilles?|fleurs?|c\x{153}urs?|coeurs?|\x{e9}toiles?|vagues?)"
)
_PLACE = rf"(?:{_SIGN}|pictures?|images?|letters?|dessins?|lettres?)"
# "Skip the frog", "enl\u00e8ve-la": with what is to be taken out; not "delete my account".
_OUT = (
    r"(?:without|drop|skip|remove|ignore|take out|leave out|delete|in (?:the )?place of|instead of"
    r"|sans|enl\x{e8}ve[rz]?|enleve[rz]?|retire[rz]?|ignore[rz]?|oublie[rz]?|\x{f4}te[rz]?|saute[rz]?)"
)
_IT = (
    rf"(?:{_THE}{_PLACE}| (?:all |toutes? |tous )?(?:the|any|each|all|these|those|les|la|le|ces"
    r"|cette|ce|des|chaque) \p{L}+| l['\x{2019}]\p{L}+"
    r"|[ \-](?:it|them|that|those|these|les|la|le|\x{e7}a))"
)
TAKE_OUT = Pattern(
    rf"(?i)(?:^|[^a-z])(?:{_OUT}{_IT}|take (?:the|those) \p{{L}}+ out"
    rf"|emojis?|(?:no|minus){_THE}{_SIGN}|between{_THE}{_PLACE}"
    rf"|au milieu|\x{{e9}}mojis?|\x{{e9}}motic\x{{f4}}nes?|moins{_THE}{_SIGN}|entre{_THE}{_PLACE}"
    r")(?:[^a-z]|$)"
)


class Plain(NamedTuple):
    """A text in plain letters, and where each of them stood in what was written."""

    written: str
    text: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def as_written(self, found: Found) -> Found:
        """What was found in the plain text, where it stands in the text as written."""
        if not self.starts:
            return found
        start, end = self.starts[found.start], self.ends[found.end - 1]
        return replace(found, start=start, end=end, raw=self.written[start:end])


def in_plain_letters(text: str) -> Plain:
    """The text with letters and digits in plain form, and nothing in it that is not seen.

    A Cyrillic or Greek letter becomes the Latin one it resembles in a run of letters that has Latin
    ones too, and in a run of nothing but such letters that is joined to a Latin one: an address in
    another alphabet stays as it was written. A picture between two letters goes where the text says
    that something is to be taken out.
    """
    if text.isascii() or (SHOWS.search(text) is None and not _pictures(text)):
        return Plain(text, text)
    plain = Plain(text, text, range(len(text)), range(1, len(text) + 1))
    if MARK.search(text) is None:
        return _in_latin(_undressed(plain))
    return _composed(_in_latin(_composed(_undressed(_composed(plain)))))


def _composed(plain: Plain) -> Plain:
    """The text with each mark and the letter before it as one letter, where there is such a one.

    Some keyboards and systems write "é" as two characters, and no rule knows those.
    """
    said: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, char in enumerate(plain.text):
        whole = unicodedata.normalize("NFC", said[-1] + char) if said and char in MARKS else ""
        if len(whole) == 1:
            said[-1], ends[-1] = whole, plain.ends[place]
        else:
            said.append(char)
            starts.append(plain.starts[place])
            ends.append(plain.ends[place])
    return Plain(plain.written, "".join(said), starts, ends)


def _undressed(plain: Plain) -> Plain:
    """The text with letters in fancy dress in plain form, and without what is not seen."""
    text = plain.text
    pictures = _pictures(text)
    said: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for place in sorted({*pictures, *(match.start() for match in DRESSED.finditer(text))}):
        said.append(text[at:place])
        starts.extend(plain.starts[at:place])
        ends.extend(plain.ends[at:place])
        one = "" if place in pictures else _plain(text[place])
        if not one and ends and place not in pictures:
            ends[-1] = plain.ends[place]
        said.append(one)
        starts.extend([plain.starts[place]] * len(one))
        ends.extend([plain.ends[place]] * len(one))
        at = place + 1
    said.append(text[at:])
    starts.extend(plain.starts[at:])
    ends.extend(plain.ends[at:])
    return Plain(plain.written, "".join(said), starts, ends)


def _in_latin(plain: Plain) -> Plain:
    """The text with letters of another alphabet as the Latin ones beside which they stand."""
    mixed = _mixed(plain.text)
    if not mixed:
        return plain
    said = [ALIKE[char] if place in mixed else char for place, char in enumerate(plain.text)]
    return plain._replace(text="".join(said))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """What a dressed character is in plain form: another, several, or nothing at all."""
    if INVISIBLE.search(char) is not None:
        return ""
    if char in SMALL_CAPITALS:
        return SMALL_CAPITALS[char]
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    said = unicodedata.normalize("NFKC", char)
    if said == char and FIRST_SQUARED <= char <= LAST_SQUARED:
        letter = (ord(char) - ord(FIRST_SQUARED)) % APART_IN_UNICODE
        return LETTERS[letter] if letter < len(LETTERS) else char
    return said.strip("()") if said.isascii() and len(said) > 1 else said


def _mixed(text: str) -> set[int]:
    """The places of letters of another alphabet in words that are Latin otherwise."""
    if LOOKALIKE.search(text) is None:
        return set()
    return {
        match.start() + place
        for match in CHAIN.finditer(text)
        if LOOKALIKE.search(match.group()) is not None
        for place in _mixed_in(match.group())
    }


def _mixed_in(chain: str) -> Iterator[int]:
    """The places to fold in runs joined by signs.

    A run without Latin letters is folded if it could be Latin altogether, every other run beside it
    too: joined to Latin letters by a point or a stroke, or, if each of its letters is as good as a
    Latin one, to a path, a host or a figure.
    """
    if not (_has_latin(chain) or any(char.isdecimal() for char in chain)):
        return
    other = any("\u0370" <= char <= "\u052f" and char not in ALIKE for char in chain)
    accented = any(
        char in MARKS or (char > "\u007f" and char != DOTLESS_I and _is_latin(char))
        for char in chain
    )
    alike = ALIKE.keys() - {DOTLESS_I} if accented else ALIKE.keys()
    at = 0
    for part in chain.replace("@", "/").split("/"):
        is_latin = _has_latin(part)
        for match in RUN.finditer(part):
            run, start = match.group(), at + match.start()
            whole = not other and all(char in ALIKE for char in run if char.isalpha())
            joined = is_latin or ROUGHLY.isdisjoint(run)
            if _has_latin(run) or (whole and joined):
                yield from (start + n for n, char in enumerate(run) if char in alike)
        at += len(part) + 1


def _has_latin(said: str) -> bool:
    return any(map(_is_latin, said))


def _is_latin(char: str) -> bool:
    return char.isalpha() and (char <= "\u024f" or "\u1e00" <= char <= "\u1eff")


def _pictures(text: str) -> set[int]:
    """The places of pictures between two letters that are to be taken out.

    The text says so, or they stand between letters one by one.
    """
    found = [match.span() for match in PICTURES.finditer(text)]
    if not found:
        return set()
    told = TAKE_OUT.search(text) is not None
    spans = [
        (start, end)
        for start, end in found
        if _is_of_a_word(text[max(0, start - 1) : start])
        and _is_of_a_word(text[end : end + 1])
        and not _parts_platforms(text, start, end)
    ]
    # "c \U0001f355 o \U0001f355 b": the spaces around them part letters all the same.
    apart = [span for span in found if told and text[span[0] - 1 : span[0]] == " "]
    spans += [(start, end + 1) for start, end in apart if text[end : end + 1] == " "]
    singles = sum(after[0] == before[1] + 1 for before, after in pairwise(spans))
    if not told and singles < FEWEST_BETWEEN_SINGLES:
        return set()
    return {place for start, end in spans for place in range(start, end)}


def _parts_platforms(text: str, start: int, end: int) -> bool:
    """Whether a whole platform stands on either side: "river_9\U0001f600insta" is two words."""
    before = "".join(takewhile(str.isalnum, reversed(text[max(0, start - MOST_BESIDE) : start])))
    after = "".join(takewhile(str.isalnum, text[end : end + MOST_BESIDE]))
    return before[::-1].lower() in PLATFORM_WORDS or after.lower() in PLATFORM_WORDS


def _is_of_a_word(char: str) -> bool:
    return char.isalnum() or char in BESIDE_A_PICTURE if char else False
