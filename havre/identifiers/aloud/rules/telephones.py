"""Phone numbers said in words: "two-oh-four, 555, 0142", "quatre cinq zéro, trois fois le cinq"."""

from collections.abc import Iterator
from itertools import islice

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.rules.phones import FEWEST_BARE, e164
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind

_NUMBER = r"(?:\d{1,4}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")\b"
SPOKEN = Pattern(
    rf"(?i){_NUMBER}(?:(?:[ ,.\-)]|\x{{2026}}){{1,3}}(?:(?:and )?(?:then|puis|ensuite)["
    rf" ,]{{1,2}})?{_NUMBER})+"
)
MOST_SPOKEN = 16
MOST_WORDS = 40
SPOKEN_PART = Pattern(r"dix-(?:sept|huit|neuf)|[\p{L}]+|\d+")
FEWEST_SPOKEN_WORDS = 2
STEPS = frozenset(("then", "puis", "ensuite", "and"))


def find_spoken_phones(text: str, *, region: str = "CA") -> Iterator[Found]:
    """Numbers said digit by digit: "two-oh-four, 555, 0142"."""
    for match in islice(SPOKEN.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span()
        if not stands_alone(text, start, end):
            continue
        parts = SPOKEN_PART.findall(match.group().lower())
        if len(parts) > MOST_WORDS:
            continue
        for number, first, last in _spoken_numbers(parts, region):
            where = _span_of_parts(match.group(), first, last)
            yield Found(
                kind=Kind.PHONE,
                value=number,
                raw=text[start + where[0] : start + where[1]],
                start=start + where[0],
                end=start + where[1],
                confidence=70,
                rule="phone.spoken",
            )


def _spoken_numbers(parts: list[str], region: str) -> Iterator[tuple[str, int, int]]:
    """The number in a run of spoken digits: number, first part, last part."""
    words = sum(part in NUMBER_WORDS for part in parts)
    if words < FEWEST_SPOKEN_WORDS and not STEPS.intersection(parts):
        return
    for first in range(min(3, len(parts))):
        for last in range(len(parts), max(first + 3, len(parts) - 4), -1):
            said = digits_said(parts[first:last])
            if not FEWEST_BARE <= len(said) <= MOST_SPOKEN:
                continue
            number = e164(said, region=region, strict=True)
            if number is not None:
                yield number, first, last - 1
                return


def _span_of_parts(said: str, first: int, last: int) -> tuple[int, int]:
    spans = [match.span() for match in SPOKEN_PART.finditer(said.lower())]
    return spans[first][0], spans[last][1]
