"""Platforms whose name is written so that no machine should know it: "D1sc0rd", "s n a p"."""

from collections.abc import Iterator
from itertools import islice

from havre.identifiers.platforms.rules.platforms import BY_WORD
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import word_set

WORDS = word_set(
    "bluesky discord facebook fortnite insta instagram kik mastodon messenger minecraft omegle"
    " onlyfans pinterest reddit roblox signal skype snap snapchat steam telegram threads tiktok"
    " tumblr twitch twitter viber wechat whatsapp wickr xbox youtube cashapp paypal venmo zelle"
)
WRITTEN = {
    "a": r"a4@*\x{e0}-\x{e5}", "b": "b8", "c": r"c(\x{e7}\x{a2}", "e": r"e3*\x{e8}-\x{eb}\x{20ac}",
    "g": "g9", "i": r"i1!|l*\x{ec}-\x{ef}", "l": "l1|!i", "n": r"n\x{f1}", "o": r"o0*\x{f2}-\x{f6}",
    "s": "s5$", "t": "t7+", "u": r"u*\x{f9}-\x{fc}", "y": r"y\x{fd}",
}  # fmt: skip
_BETWEEN = r"[ .\-_*\x{b7}]"
BETWEEN = frozenset(" .-_*\u00b7")
SHORTEST_IN_TWO = 5


def _veiled(word: str) -> str:
    return f"{_BETWEEN}?".join(f"[{WRITTEN.get(letter, letter)}]" for letter in word)


VEILED = Pattern("(?i)(?:" + "|".join(map(_veiled, sorted(WORDS, key=len, reverse=True))) + ")")
ONE_VEILED = {word: Pattern(f"(?i){_veiled(word)}") for word in sorted(WORDS)}


def veiled_platforms(text: str) -> Iterator[tuple[int, int, str]]:
    """The veiled names in a text: where each stands, and the platform it means."""
    for match in islice(VEILED.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span()
        raw = match.group().lower()
        if raw in BY_WORD or not stands_alone(text, start, end, not_before="@_./-", not_after="_@"):
            continue
        word = next(word for word in ONE_VEILED if ONE_VEILED[word].fullmatch(raw))
        if _is_meant(raw, word):
            yield start, end, BY_WORD[word]


def _is_meant(raw: str, word: str) -> bool:
    """Whether letters are exchanged, stand one by one, or one sign cuts a long word in two."""
    signs = [char for char in raw if char in BETWEEN]
    parts = [len(part) for part in _apart(raw)]
    if not signs or len(raw) == len(word):
        return sum(char.isalpha() for char in raw) > 1 or not signs
    if len(signs) == 1:
        return len(word) > SHORTEST_IN_TWO and min(parts) > 1
    return max(parts) == 1 and len(set(signs)) == 1


def _apart(raw: str) -> list[str]:
    return "".join(" " if char in BETWEEN else char for char in raw).split(" ")
