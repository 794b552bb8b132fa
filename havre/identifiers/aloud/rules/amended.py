"""A code put right in one part: "CMPR 118, no wait, 188", "larch_bo1, the o is a zero"."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, Kind

WINDOW, MOST_PARTS, LONGEST_PART = 100, 6, 8
_REST = r"[\s,.;:!?\x{2026}\x{2013}\x{2014}()\-\"\x{bb}]"
_WAIT = (
    r"(?:no+|nope|non|wait|sorry|oops|oups|actually|i mean|i meant|correction|pardon|attend(?:s|ez)"
    r"|plut\x{f4}t|excuse[sz]?(?:[ \-]moi)?|je veux dire|d\x{e9}sol\x{e9}e?|en fait|scratch that"
    r"|my bad"
    r"|erreur|rather|je me trompe|hold on|make that|minute|typo|mistake)"
)
_IS = (
    r"(?:it['\x{2019}]?s|it is|it was|it|that['\x{2019}]?s|c['\x{2019}]est"
    r"|c['\x{2019}]\x{e9}tait|\x{e7}a|ca|is|was"
    r"|the|le|la|les|a|un|une|number|num\x{e9}ro|end|fin|ends?|ended|finit|finissait|finis|se"
    r" termine|last|last part"
    r"|derniers?|derni\x{e8}res?|digits?|chiffres?|letters?|lettres?|two|deux|three|trois|are"
    r"|sont|in|with|by|par|en"
    r"|avec|sur|civic|house|part|partie|octet|bit)"
)
AMENDED = Pattern(
    rf"(?i)^{_REST}*(?P<wait>(?:{_WAIT}{_REST}+){{1,4}})(?P<is>(?:{_IS}[ :,]+){{0,7}})[.\"]?"
    rf"(?P<new>[0-9A-Za-z]{{1,8}}"
    rf"|(?:[A-Za-z\x{{e0}}-\x{{ff}}]+[ \-]){{1,4}}[A-Za-z\x{{e0}}-\x{{ff}}]+)"
    rf"(?:[ ](?:at the end|\x{{e0}} la fin|at the start|au d\x{{e9}}but|instead"
    r"|plut\x{f4}t))?[ ]?(?:[.,;!?)\x{2026}\n]|$)"
)
# "the o is a zero", "avec un zéro au lieu du o", "le 1 c'est un L".
EXCHANGED = Pattern(
    r"(?i)(?:^|[ (,;.\-])(?:the |le |la |l['\x{2019}])?(?:letter |lettre |chiffre"
    r" )?[\"'\x{ab}]?(?P<old>[a-z0-9_.\-]"
    r"|underscore|zero|z\x{e9}ro|dot|point|dash|tiret)[\"'\x{bb}]?[ ](?:is|was|should be"
    r"|c['\x{2019}]est|cest|est)(?: actually"
    r"| really| en fait)?[ ](?:an?|une?|the|le)[ ](?:number |letter |chiffre |lettre"
    r" )?[\"'\x{ab}]?(?P<new>[a-z0-9_.\-]"
    r"|underscore|zero|z\x{e9}ro|one|un|dot|point|dash|tiret(?: bas)?)[\"'\x{bb}]?(?:[ ,.;)!]|$)"
)
SIGNS = {
    "underscore": "_", "tiret bas": "_", "zero": "0", "z\u00e9ro": "0", "dot": ".", "point": ".",
    "dash": "-", "tiret": "-", "one": "1", "un": "1",
}  # fmt: skip
HINTS = (" is ", " was ", "est ", " should ")
PART = Pattern(r"[0-9]+|[A-Za-z]+")


def amended(text: str, found: Found, normal: Callable[[str], str | None]) -> Iterator[Found]:
    """What a code becomes when one part of it is put right in the same breath.

    `normal` gives the normal form of a value of its kind, None for what is none.
    """
    window = text[found.end : found.end + WINDOW]
    for said in (_with_part(found, window), _exchanged(found, window)):
        value = normal(said[0]) if said is not None else None
        if said is not None and value is not None and value != found.value:
            end = found.end + said[1]
            yield replace(
                found, value=value, raw=text[found.start : end], end=end, confidence=55,
                rule=f"{found.kind}.amended",
            )  # fmt: skip
            return


def _with_part(found: Found, window: str) -> tuple[str, int] | None:
    """The code with the last part that looks like the new one replaced by it."""
    match = AMENDED.search(window) if found.kind is not Kind.HANDLE else None
    if match is None:
        return None
    new, words = match["new"], match["new"].lower().replace("-", " ").split()
    if all(word in NUMBER_WORDS for word in words):
        new = digits_said(words)
    elif len(words) > 1:
        return None
    parts = [(part.start(), part.end()) for part in PART.finditer(found.raw)]
    if found.kind in (Kind.PLATE, Kind.POSTAL_CODE):
        shape = _shape(new)
        parts = _groups(found.raw) if len(shape) > 1 and len(set(shape)) > 1 else parts
        fitting = [at for at in parts if _shape(found.raw[at[0] : at[1]]) == shape]
    elif found.kind is Kind.ADDRESS:
        fitting = parts[:1] if new.isdecimal() and found.raw[:1].isdecimal() else []
    else:
        fitting = parts[-1:] if new.isdecimal() else []
    if not fitting:
        return None
    start, end = fitting[-1]
    return found.raw[:start] + new + found.raw[end:], match.span("new")[1]


def _exchanged(found: Found, window: str) -> tuple[str, int] | None:
    """The name with one sign of it exchanged for another: "the o is a zero"."""
    told = found.kind in (Kind.HANDLE, Kind.PLATE) and any(hint in window for hint in HINTS)
    match = EXCHANGED.search(window) if told else None
    if match is None:
        return None
    old, new = (SIGNS.get(match[side].lower(), match[side].lower()) for side in ("old", "new"))
    raw = found.raw
    at = raw.lower().rfind(old)
    if at < 0 or raw.lower().count(old) > 1 or old == new:
        return None
    return raw[:at] + new + raw[at + 1 :], match.end()


def _groups(raw: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for place, char in enumerate(f"{raw} "):
        if not char.isalnum():
            spans.append((start, place))
            start = place + 1
    if len(spans) == 1 and len(raw) == MOST_PARTS:
        half = MOST_PARTS // 2
        return [(0, half), (half, MOST_PARTS)]
    return spans


def _shape(part: str) -> str:
    return "".join("9" if char.isdecimal() else "A" for char in part)
