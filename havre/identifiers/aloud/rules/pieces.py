"""The words, signs and gaps of something said aloud, told apart."""

from collections.abc import Iterator
from typing import NamedTuple

from havre.identifiers.aloud.rules.fillers import FILLER, ONE_WORD_FILLERS
from havre.identifiers.rules.scan import Pattern

SIGNS = {
    "underscore": "_", "under score": "_", "tiret bas": "_", "tiret du bas": "_", "trait bas": "_",
    "trait d'en bas": "_", "trait d\u2019en bas": "_", "tiret d'en bas": "_", "barre d'en bas": "_",
    "barre de soulignement": "_", "trait de soulignement": "_", "barre en bas": "_",
    "souligné": "_", "barre basse": "_", "sous-tiret": "_", "underline": "_", "underbar": "_",
    "double underscore": "__", "two underscores": "__", "double tiret bas": "__",
    "deux tirets bas": "__", "dash": "-", "hyphen": "-", "tiret": "-", "trait d'union": "-",
    "trait d\u2019union": "-",
    "dot": ".", "point": ".", "period": ".",
    "at sign": "@", "at": "@", "arobase": "@", "arobas": "@", "arrobase": "@", "a commercial": "@",
    "arrobas": "@", "arobasse": "@", "à commercial": "@", "hashtag": "#", "hash": "#", "dièse": "#",
    "pound sign": "#", "@": "@", ".": ".", "_": "_",
}  # fmt: skip
_SIGN = "|".join(sorted((sign for sign in SIGNS if len(sign) > 1), key=len, reverse=True))
# "[.]" and "(at)" are disguises of a sign; so are " @ " and " _ " between spaces.
_MARK = r"[\[({<][ ]?[.@_\-a][ ]?[\])}>]|[ ][@_][ ]"
_WORD = r"[0-9A-Za-z\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{ff}]"
SIGN = Pattern(rf"(?i)(?:{_SIGN}|{_MARK})")
# Without groups, which would cost RE2 several times the match; `_kind` tells them apart.
PIECE = Pattern(
    rf"(?i)(?:(?:{FILLER})\b|(?:tout |tous )?(?:attach|coll)\x{{e9}}s?)"
    rf"|(?:{_MARK})|(?:[\[({{<]?\s?(?:(?:a|an|un|une|le|the|la)[ ])?"
    rf"(?:(?:{_SIGN})\b|soulign\x{{e9}})\s?[\])}}>]?)"
    rf"|(?:\([a-z\x{{e0}}-\x{{ff}}'\x{{2019}} ]{{2,40}}\))"
    rf"|(?:dix-(?:sept|huit|neuf)|{_WORD}+(?:[._]{_WORD}+)*)"
    r"|(?:[ \t\x{a0}\x{202f},\"\x{ab}\x{bb}\x{201c}\x{201d}]+|\.\.+|\x{2026})"
    r"|(?:-)|(?:.)"
)
GAPS = ' \t\u00a0\u202f,"\u00ab\u00bb\u201c\u201d'


class Piece(NamedTuple):
    """A word, a sign, or what stands between, of something said aloud."""

    kind: str
    start: int
    end: int
    said: str


def pieces_in(text: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a stretch of a text, in its order."""
    window = text[start:end]
    for match in PIECE.finditer(window):
        first, last = match.span()
        whole = match.group()
        kind = _kind(whole)
        if kind == "sign" and "\n" in whole:
            kind = "stop"
        yield Piece(kind, start + first, start + last, whole)


def _kind(said: str) -> str:
    first = said[0]
    if said.isalnum():
        return _kind_of_a_word(said.lower())
    if not said.strip(GAPS):
        return "gap"
    if sign_of(said):
        return "sign"
    if first == "-" or " " in said:
        return "hyphen" if first == "-" else "filler"
    if said.strip(".\u2026") == "" and (len(said) > 1 or first == "\u2026"):
        return "gap"
    return "word" if first.isalnum() else "stop"


def _kind_of_a_word(lower: str) -> str:
    if len(lower) > 1 and lower in SIGNS:
        return "sign"
    return "filler" if lower in ONE_WORD_FILLERS else "word"


def sign_of(said: str) -> str:
    """The sign that a piece names, or nothing."""
    if len(said) == 1:
        return ""
    plain = said.lower().strip("[](){}<> \t")
    for article in ("a ", "an ", "un ", "une ", "le ", "la ", "the "):
        if plain.removeprefix(article) in SIGNS:
            plain = plain.removeprefix(article)
            break
    return "@" if plain == "a" else SIGNS.get(plain, "")
