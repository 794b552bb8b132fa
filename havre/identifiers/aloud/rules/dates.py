"""Days as people write and say them: "3-May-2012", "le vingt-trois mai deux mille quatorze"."""

from datetime import date

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, number_said
from havre.identifiers.people.rules.letters import SPACE
from havre.identifiers.rules.scan import Pattern

MONTHS = {
    name: month
    for names in (
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "janv fevrier mars avr mai juin juil aout sept oct nov decembre",
        "jan févr mars avr mai juin juill aoû sep oct nov déc",
        "jan fév mars avr mai juin juil août sep oct nov déc",
    )
    for month, name in enumerate(names.split(), start=1)
}
NTH = {
    word: day
    for day, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"thirtieth": 30, "premier": 1}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NTH = "|".join(sorted(NTH, key=len, reverse=True))
_NUMBER = "|".join(sorted(NUMBER_WORDS - {"o", "oh"}, key=len, reverse=True))
_WORDS = rf"(?:{_NUMBER})(?:[ \-](?:{_NUMBER}))"
_DAY = rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?|(?:(?:twenty|thirty)[ \-])?(?:{_NTH})|{_WORDS}{{0,2}})"
_YEAR = (
    rf"(?:(?:19|20)\d\d|(?:two[ ]thousand(?:[ ]and)?|deux[ ]mille|nineteen|twenty"
    rf"|mille[ ]neuf[ ]cents?)(?:[ \-](?:{_NUMBER})){{0,4}})"
)
_JOIN = r"(?:[ \t\x{a0}\x{202f}.,\-/]|\x{202f}){1,2}"
DAY = (
    r"(?:\d{4} ?[\-/.] ?\d{1,2} ?[\-/.] ?\d{1,2}|(?:19|20)\d\d \d\d \d\d\b"
    r"|\d{1,2} ?[\-/.] ?\d{1,2} ?[\-/.] ?\d{4}|(?:19|20)\d{6}\b"
    rf"|(?i:(?:19|20)\d\d,?[ ](?:on[ ]the|the|le)[ ]\d{{1,2}}(?:[a-z]{{2}})?(?:[ ]of)?"
    rf"[ ](?:{_MONTH})\b"
    rf"|(?:19|20)\d\d,?{_JOIN}(?:{_MONTH})\.?{_JOIN}\d{{1,2}}(?:st|nd|rd|th)?\b"
    rf"|(?:(?:the|un){SPACE})?{_DAY}(?:{SPACE}day)?(?:{SPACE}of)?{_JOIN}"
    rf"(?:{_MONTH})\b\.?,?{_JOIN}(?:(?:of|en|in)[ ])?{_YEAR}"
    rf"|(?:{_MONTH})\b\.?{_JOIN}(?:the{SPACE})?{_DAY},?{_JOIN}(?:(?:of|in)[ ])?{_YEAR}"
    rf"|(?:{_MONTH})\.?,?{SPACE}\d{{4}})|(?:19|20)\d{{2}})"
)
"""A day in any of these forms; also a month with its year or a year alone, which are no day."""
NO_YEAR = (
    rf"(?i:(?:{_MONTH})\b\.? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th)? (?:of |de )?(?:{_MONTH})\b)"
)
"""A day with its month in letters and without its year."""
_SHORT_YEAR = r"['\x{2019}]?(?:(?:19|20|0)?\d\d)"
_APART = r"[ .,\-/\x{a0}]{0,2}"
DAY_IN_SHORT = (
    rf"(?i:\d{{1,2}}(?:er|st|nd|rd|th)?{_APART}(?:of |de )?(?:{_MONTH})\.?{_APART}{_SHORT_YEAR}"
    rf"|(?:{_MONTH})\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?(?:,[ ]?|[ ]){_SHORT_YEAR})"
)
"""A day with its month in letters whose year may have two digits: "1 Oct '12", "01oct2012"."""
LAST_OF_THIS_CENTURY = 29
PARTS = Pattern(r"(?i)\d+|dix[ -](?:sept|huit|neuf)|[\p{L}]+")
SHORT_PARTS = Pattern(r"\d+|[\p{L}]+")
HIGHEST_MONTH, CENTURY, THOUSAND = 12, 100, 1000
COMPACT = 8
# September in short; beside another month it is a number.
SEVEN = "sept"
# As a year has: four digits, and at most "mille neuf cent quatre vingt dix sept".
MOST_DIGITS, MOST_WORDS = 4, 8


def day_said(said: str) -> str | None:
    """The day in ISO form; None for a year alone and where day and month could be exchanged."""
    if len(said) == COMPACT and said.isascii() and said.isdecimal():
        said = f"{said[:4]}-{said[4:6]}-{said[6:]}"
    parts = [part.lower().replace(" ", "-") for part in PARTS.findall(said)]
    months = [place for place, part in enumerate(parts) if part in MONTHS]
    if len(months) > 1:
        months = [place for place in months if parts[place] != SEVEN]
    if len(months) == 1:
        return _with_month(parts, months[0])
    numbers = [number for part in parts if part.isdecimal() for number in _written(part)]
    return _in_numbers(*numbers) if len(numbers) == len(parts) == 3 else None  # noqa: PLR2004


def day_in_short(said: str) -> str | None:
    """The day that `DAY_IN_SHORT` matched; of two digits up to 29 are of this century."""
    spelled = "".join(char if char.isalnum() else " " for char in said)
    parts = [part.lower() for part in SHORT_PARTS.findall(spelled)]
    numbers = [int(part) for part in parts if part.isdecimal()]
    month = next((MONTHS[part] for part in parts if part in MONTHS), None)
    if month is None or len(numbers) != 2:  # noqa: PLR2004 - a day and a year
        return None
    day, year = numbers
    if year < CENTURY:
        year += 2000 if year <= LAST_OF_THIS_CENTURY else 1900
    return _day(year, month, day)


def _in_numbers(first: int, second: int, third: int) -> str | None:
    if first >= THOUSAND:
        return _day(first, second, third)
    if third < THOUSAND:
        return None
    if first > HIGHEST_MONTH or first == second:
        return _day(third, second, first)
    return _day(third, first, second) if second > HIGHEST_MONTH else None


def _with_month(parts: list[str], place: int) -> str | None:
    """A day with its month in letters: the year is what comes last, or first with four digits."""
    before, after = _numbers(parts[:place]), _numbers(parts[place + 1 :])
    if before and after and len(after) == 1 and before[0] >= THOUSAND:
        before, after = after, before
    if not after and len(before) > 1 and before[0] >= THOUSAND:
        before, after = before[1:], before[:1]
    if not before and len(after) > 1:
        before, after = after[:1], after[1:]
    if len(before) != 1 or len(after) != 1:
        return None
    return _day(after[0], MONTHS[parts[place]], before[0])


def _numbers(parts: list[str]) -> list[int]:
    """The numbers that words and digits say: one for a run of words, a day of its own before."""
    found: list[int] = []
    words: list[str] = []
    for part in parts:
        if part in NTH:
            found, words = [*found, sum(_said(words)) + NTH[part]], []
        elif part in NUMBER_WORDS or part in ("thousand", "mille"):
            words.append(part)
        elif part.isdecimal():
            found, words = [*found, *_said(words), *_written(part)], []
    return [*found, *_said(words)]


def _said(words: list[str]) -> list[int]:
    """The number that a run of words says, where it says one that a day or a year may have."""
    return _written(number_said(words)) if len(words) <= MOST_WORDS else []


def _written(digits: str) -> list[int]:
    return [int(digits)] if 0 < len(digits) <= MOST_DIGITS else []


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if year >= THOUSAND else None
    except ValueError:
        return None
