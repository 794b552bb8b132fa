"""People named with an age or a date of birth, in English and French."""

from collections.abc import Iterator
from datetime import date

from havre.identifiers.people.rules.letters import (
    CAPITAL,
    NOT_A_NAME,
    SPACE,
    WORD,
    found_words,
    proper_part,
)
from havre.identifiers.rules.names import normal_name
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.words import Found, Kind

MONTHS = {
    name: month
    for names in (
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "janv fevrier mars avr mai juin juil aout sept oct nov decembre",
    )
    for month, name in enumerate(names.split(), start=1)
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = (
    r"(?:\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}|\d{1,2}[\-/.]\d{1,2}[\-/.]\d{4}"
    rf"|(?i:(?:\d{{1,2}}(?:er|st|nd|rd"
    rf"|th)?{SPACE})?(?:{_MONTH})\.?(?:{SPACE}\d{{1,2}}(?:st|nd|rd|th)?)?,?"
    rf"{SPACE}\d{{4}})|(?:19|20)\d{{2}})"
)
_NAME = rf"{WORD}(?:{SPACE}(?:{WORD}|{CAPITAL}\.|de|du|la|le|van|von|der)){{0,3}}"
_AGE = r"(?:[1-9]\d|[3-9])"
_UNIT = r"(?:[\- ]?(?i:years?[\- ]old|yrs?(?:[\- ]old)?|y/?o|ans))"
_BORN = (
    r"(?i:born|n\x{e9}e?|n\x{e9}\(e\)|d\.?o\.?b\.?|date of birth|birth ?date|birthday"
    r"|date de naissance|ddn|d\.?d\.?n\.?)"
)
_BETWEEN = r"[\s,;:(\x{2013}\-]{1,4}"

AGED = Pattern(
    rf"(?P<name>{_NAME})(?:"
    rf"{SPACE}\({SPACE}?(?i:aged? |\x{{e2}}g\x{{e9}}e? de )?{_AGE}{_UNIT}?{SPACE}?[),]"
    rf"|,?{SPACE}(?i:aged?|age of|\x{{e2}}g\x{{e9}}e? de|ag\x{{e9}}e? de){SPACE}{_AGE}"
    rf"|,?{SPACE}(?:(?i:who|qui){SPACE})?(?i:is|was|turned|just turned|turns|a"
    rf"|avait|aura|est \x{{e2}}g\x{{e9}}e? de)"
    rf"{SPACE}(?:(?i:only|just|about|now){SPACE})?{_AGE}{_UNIT}"
    rf"|,?{SPACE}(?:(?i:who){SPACE})?(?i:is|was|turned){SPACE}(?:(?i:only|just"
    rf"|about|now){SPACE})?{_AGE}[,.;!?)]"
    rf"|,{SPACE}(?:(?i:about|around|environ){SPACE})?{_AGE}(?:{_UNIT}|[,.;)\n]|$)"
    rf"|{SPACE}{_AGE}{_UNIT}"
    r")"
)
BORN = Pattern(
    rf"(?P<name>{_NAME}){_BETWEEN}{_BORN}\)?{SPACE}?[:\-]?{SPACE}?(?:(?i:on|le|in|en|is){SPACE})?"
    rf"(?P<date>{_DATE})"
)
BIRTH = Pattern(
    rf"{_BORN}\)?(?:{SPACE}(?i:of|supplied|given|fournie|d\x{{e9}}clar\x{{e9}}e"
    rf"|indiqu\x{{e9}}e|inscrite|on file|provided))?"
    rf"{SPACE}?[:=\-]?{SPACE}?(?:(?i:on|le|in|en|is|was|est|=){SPACE})?(?P<date>{_DATE})"
)
OLD = Pattern(
    rf"{_AGE}[\- ]?(?i:years?[\- ]old|yr[\- ]?old"
    rf"|y/?o),?{SPACE}(?:[a-z]+,?{SPACE}){{0,3}}(?P<name>{_NAME})"
)
LAST_SMALL = Pattern(rf"(?:{SPACE}(?:de|du|la|le|van|von|der|{CAPITAL}\.))+$")
DATE_PARTS = Pattern(r"\d+|[\p{L}]+")
GIVEN = Pattern(r"(?s)(.{2,200})\|(\d{4}-\d{2}-\d{2})")
FEWEST_LETTERS = 3
HIGHEST_MONTH = 12
WHOLE_NAME = 2
LONGEST_DATE = 40


def normal_person(value: str) -> str | None:
    """The form "name|date of birth"; None unless both are there and the day can be."""
    match = GIVEN.fullmatch(value)
    name = normal_name(match[1]) if match else None
    if match is None or name is None:
        return None
    try:
        return f"{name}|{date.fromisoformat(match[2])}"
    except ValueError:
        return None


def normal_birth_date(value: str) -> str | None:
    """The day in ISO form; None where day and month could be exchanged."""
    return day_said(value) if len(value) <= LONGEST_DATE else None


def find_named(text: str) -> Iterator[Found]:
    """The people a text names with an age or a date of birth."""
    for match in BORN.finditer(text):
        for found in _found(text, match, "name.born"):
            yield found
            day = day_said(match["date"])
            whole = normal_person(f"{found.value}|{day}") if day else None
            between = (match.span("name")[1], match.span("date")[0])
            if whole and len(found.value.split()) >= WHOLE_NAME:
                yield found_words(text, Kind.PERSON, whole, between, "person.born")
    for match in BIRTH.finditer(text):
        day = day_said(match["date"])
        if day is not None and not text[match.start() - 1 : match.start()].isalnum():
            yield found_words(text, Kind.BIRTH_DATE, day, match.span("date"), "birth-date.said")
    for match in AGED.finditer(text):
        yield from _found(text, match, "name.aged")
    for match in OLD.finditer(text):
        yield from _found(text, match, "name.old")


def day_said(said: str) -> str | None:
    """The day in ISO form; None for a year alone and where day and month could be exchanged."""
    parts = [
        part.lower()
        for part in DATE_PARTS.findall(said)
        if part not in ("er", "st", "nd", "rd", "th")
    ]
    if len(parts) != 3:  # noqa: PLR2004 - year, month, day
        return None
    words = [part for part in parts if part in MONTHS]
    numbers = [int(part) for part in parts if part.isdigit()]
    years = [number for number in numbers if number > 999]  # noqa: PLR2004
    rest = [number for number in numbers if number not in years]
    if len(years) != 1 or len(words) + len(rest) != 2:  # noqa: PLR2004
        return None
    if words:
        month, day = MONTHS[words[0]], rest[0]
    elif parts[0] == str(years[0]):
        month, day = rest
    elif rest[0] > HIGHEST_MONTH or rest[0] == rest[1]:
        day, month = rest
    elif rest[1] > HIGHEST_MONTH:
        month, day = rest
    else:
        return None
    try:
        return date(years[0], month, day).isoformat()
    except ValueError:
        return None


def _found(text: str, match: Match, rule: str) -> Iterator[Found]:
    start, end = match.span("name")
    said = LAST_SMALL.sub("", text[start:end])
    end = start + len(said)
    name = proper_part(said)
    start = end - len(name)
    letters = sum(char.isalpha() for char in name)
    last = name.rpartition(" ")[2].lower()
    if letters >= FEWEST_LETTERS and last not in NOT_A_NAME and name[0].isupper():
        before = text[start - 1 : start]
        if not (before.isalnum() or before in ("@", "_", "#", ".")):
            yield found_words(text, Kind.NAME, None, (start, end), rule)
