"""Canadian postal codes."""

from collections.abc import Iterator

from havre.identifiers.aloud.rules.spelling import spelled_in, spelled_last, words_apart
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

_AREA = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]"
_UNIT = r"\d[ABCEGHJ-NPRSTV-Z]\d"

GIVEN = Pattern(rf"(?i)({_AREA})[ \x{{00a0}}\x{{202f}}\-]{{0,3}}({_UNIT})")
IN_TEXT = Pattern(rf"(?i){_AREA}[ \x{{00a0}}\x{{202f}}\-]{{0,2}}{_UNIT}")
NAMED = Pattern(r"(?i)(?:postal code|code postal|zip code|postal|\bc\.?p\.? ?:)")
# "V3H / 2K5", "starts with V3H and ends in 2K5".
IN_HALVES = Pattern(rf"(?i)({_AREA})(?:[ ,./|\n\-\x{{2013}}]{{1,4}}|[^\d\n.;]{{1,25}}[ ])({_UNIT})")
SPELLED_WINDOW, NEAR = 180, 30
SAID_AFTER = Pattern(r"(?i)^[^\n.;]{0,14}(?:postal|zip)")
SAID_SO = Pattern(r"(?i)(?:postal|code|zip)\W{0,4}(?:code|is|est|was)?\W{0,4}$")


def normal_postal_code(value: str) -> str | None:
    """Six capitals and digits without a space; None when it is no Canadian postal code.

    Source: Canada Post's addressing guidelines (no D, F, I, O, Q, U; no W or Z in first place).
    """
    match = GIVEN.fullmatch(value.strip())
    return f"{match[1]}{match[2]}".upper() if match else None


def find_spelled_codes(text: str) -> Iterator[Found]:
    """The postal codes spelled aloud: "the postal code is M as in Mike, five, V as in Victor"."""
    for match, done, until in words_apart(NAMED, text):
        window = text[match.end() : min(until, match.end() + SPELLED_WINDOW)]
        spelled = spelled_in(window)
        value = normal_postal_code(spelled[0]) if spelled else None
        if spelled is not None and value is not None and "\n" not in window[: spelled[1]]:
            yield _spelled(text, value, match.end() + spelled[1], match.end() + spelled[2])
            continue
        halves = IN_HALVES.search(window)
        if halves is not None and "." not in window[: halves.start()]:
            value = normal_postal_code(halves[1] + halves[2])
            start, end = (match.end() + place for place in halves.span())
            if value is not None and stands_alone(text, start, end, not_before="_-@/#"):
                yield _spelled(text, value, start, end)
                continue
        left = max(done, match.start() - SPELLED_WINDOW)
        yield from _told_before(text, left, text[left : match.start()])


def _told_before(text: str, left: int, window: str) -> Iterator[Found]:
    """The code that "that's her postal code" follows."""
    spelled = spelled_last(window)
    value = normal_postal_code(spelled[0]) if spelled else None
    if spelled is not None and value is not None and len(window) - spelled[2] <= NEAR:
        yield _spelled(text, value, left + spelled[1], left + spelled[2])
        return
    for halves in IN_HALVES.finditer(window):
        value = normal_postal_code(halves[1] + halves[2])
        start, end = left + halves.start(), left + halves.end()
        near = len(window) - halves.end() <= NEAR
        if value and near and stands_alone(text, start, end, not_before="_-@/#"):
            yield _spelled(text, value, start, end)


def _spelled(text: str, value: str, start: int, end: int) -> Found:
    return Found(
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
        said = said or SAID_AFTER.search(text[end : end + NEAR]) is not None
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
