"""Canadian postal codes."""

from collections.abc import Iterator
from itertools import islice

from havre.identifiers.aloud.rules.spelling import spelled_in
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind

_AREA = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]"
_UNIT = r"\d[ABCEGHJ-NPRSTV-Z]\d"

GIVEN = Pattern(rf"(?i)({_AREA})[ \x{{00a0}}\x{{202f}}\-]{{0,3}}({_UNIT})")
IN_TEXT = Pattern(rf"(?i){_AREA}[ \x{{00a0}}\x{{202f}}\-]{{0,2}}{_UNIT}")
NAMED = Pattern(r"(?i)(?:postal code|code postal|zip code|postal)")
SPELLED_WINDOW = 180
SAID_SO = Pattern(r"(?i)(?:postal|code|zip)\W{0,4}(?:code|is|est|was)?\W{0,4}$")


def normal_postal_code(value: str) -> str | None:
    """Six capitals and digits without a space; None when it is no Canadian postal code.

    Source: Canada Post's addressing guidelines (no D, F, I, O, Q, U; no W or Z in first place).
    """
    match = GIVEN.fullmatch(value.strip())
    return f"{match[1]}{match[2]}".upper() if match else None


def find_spelled_codes(text: str) -> Iterator[Found]:
    """The postal codes spelled aloud: "the postal code is M as in Mike, five, V as in Victor"."""
    for match in islice(NAMED.finditer(text), MOST_IN_ONE_TEXT):
        window = text[match.end() : match.end() + SPELLED_WINDOW]
        spelled = spelled_in(window)
        value = normal_postal_code(spelled[0]) if spelled else None
        if spelled is not None and value is not None and "\n" not in window[: spelled[1]]:
            start, end = match.end() + spelled[1], match.end() + spelled[2]
            yield Found(
                kind=Kind.POSTAL_CODE, value=value, raw=text[start:end], start=start, end=end,
                confidence=80, rule="postal-code.spelled",
            )  # fmt: skip


def find_postal_codes(text: str) -> Iterator[Found]:
    """The postal codes in a text; in small letters only where the text says that it is one."""
    for match in IN_TEXT.finditer(text):
        raw = match.group()
        start, end = match.span()
        value = normal_postal_code(raw)
        said = SAID_SO.search(text[max(0, start - 24) : start]) is not None
        if value is None or not stands_alone(
            text, start, end, not_before="_-.@/#", not_after="_-@"
        ):
            continue
        if raw == raw.upper() or said:
            yield Found(
                kind=Kind.POSTAL_CODE,
                value=value,
                raw=raw,
                start=start,
                end=end,
                confidence=95 if said else 85,
                rule="postal-code.text",
            )
