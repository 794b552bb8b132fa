"""A name put right in the same breath: "JellyAnchor... wait, checked: JellyyAnchor"."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import islice

from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handle_words import (
    NAME,
    NOT_NAMES,
    NOT_TELLING,
    ORDINARY,
    SURE_SHAPE,
)
from havre.identifiers.platforms.rules.handles import normal_handle
from havre.identifiers.platforms.rules.platforms import BY_WORD
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found

WINDOW, MOST_TOKENS = 110, 25
ALIKE = 0.72
_WAIT = (
    r"(?:no+|nope|nah|non|wait|sorry|oops|oups|woops|actually|i mean|i meant|correction|checked"
    r"|scratch that|my bad|typo|mistake|rather|pardon|attend(?:s|ez)?|plut\x{f4}t|je veux dire"
    r"|je voulais dire|je me trompe|je me suis tromp\x{e9}e?|erreur|d\x{e9}sol\x{e9}e?|en fait"
    r"|excuse[sz]?(?:[ -]moi)?|faute de frappe|v\x{e9}rifi\x{e9}|hold on|it['\x{2019}]?s actually)"
)
HINT = Pattern(rf"(?i)(?:^|[^a-z\x{{e0}}-\x{{ff}}]){_WAIT}(?:[^a-z\x{{e0}}-\x{{ff}}]|$)")
TOKEN = Pattern(rf"@?(?P<name>{NAME})")
DIRECTLY = Pattern(
    rf"(?i)^[\s.,;:!?\x{{2026}}()\-\x{{2013}}\x{{2014}}\"\x{{bb}}]*(?:{_WAIT}[\s.,;:!?\x{{2026}}\-\x{{2013}}\x{{2014}}]+)+"
    r"(?:(?:it['\x{2019}]?s|it is|it was|that['\x{2019}]?s|c['\x{2019}]est"
    r"|c['\x{2019}]\x{e9}tait|is|was"
    r"|i mean|i meant|je veux dire|the name is|son nom"
    r" c['\x{2019}]est)[ :,]+){0,3}[@\"\x{ab}]?[ ]?$"
)


def put_right(text: str, named: list[Named], found: Found) -> Iterator[Found]:
    """The name that is told in place of one just found, before another platform is spoken of."""
    place = bisect_left(named, found.end, key=lambda one: one.start)
    until = named[place].start if place < len(named) else len(text)
    window = text[found.end : min(until, found.end + WINDOW)]
    if HINT.search(window) is None:
        return
    first, shaped = found.raw.lower(), SURE_SHAPE.search(found.raw) is not None
    for match in islice(TOKEN.finditer(window), MOST_TOKENS):
        name = match["name"]
        lower = name.lower()
        if lower == first or lower in NOT_NAMES or lower in NOT_TELLING or lower in BY_WORD:
            continue
        if len(name) < len(first) - 4 or ORDINARY.fullmatch(name):
            continue
        before = window[: match.start()]
        has_shape = SURE_SHAPE.search(name) is not None
        alike = has_shape or not shaped
        alike = alike and SequenceMatcher(None, first, lower).ratio() >= ALIKE
        told = has_shape and DIRECTLY.search(before) is not None
        if not ((alike and HINT.search(before) is not None) or told):
            continue
        start, end = (found.end + place for place in match.span("name"))
        value = normal_handle(name, platform=found.platform)
        if value is not None and stands_alone(text, start, end, not_before="_", not_after="_@:"):
            yield replace(
                found, value=value, raw=text[start:end], start=start, end=end, confidence=60,
                rule="handle.put-right",
            )  # fmt: skip
            return
