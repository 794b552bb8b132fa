"""Phone numbers, in E.164, by the numbering plans that libphonenumber carries."""

from collections.abc import Iterator

import phonenumbers
import re2

from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

NANP = 1

_GAP = r"[ \t.\-/\x{00a0}\x{202f}\x{2010}\x{2011}\x{2013}]"
NATIONAL = re2.compile(
    rf"(?:\+?1{_GAP}{{0,2}})?\(?[2-9]\d{{2}}\)?{_GAP}{{0,2}}[2-9]\d{{2}}{_GAP}{{0,2}}\d{{4}}"
)
ABROAD = re2.compile(
    rf"(?:\+|00)[1-9]\d{{0,2}}(?:{_GAP}|[()]){{0,2}}(?:\d(?:{_GAP}|[()]){{0,2}}){{5,13}}\d"
)
ELSEWHERE = re2.compile(rf"\(?0\d(?:(?:{_GAP}|[()]){{0,2}}\d){{6,11}}")
_SPOKEN_DIGIT = (
    r"(?:\d{1,4}|zero|oh|one|two|three|four|five|six|seven|eight|nine"
    r"|z\x{e9}ro|un|deux|trois|quatre|cinq|sept|huit|neuf)"
)
SPOKEN = re2.compile(rf"(?i){_SPOKEN_DIGIT}(?:[ ,\-]{{1,2}}{_SPOKEN_DIGIT}){{2,12}}")
SPOKEN_PART = re2.compile(r"[\p{L}]+|\d+")
DIGIT_WORDS = {
    word: str(digit)
    for words in (
        "oh one two three four five six seven eight nine",
        "zero un deux trois quatre cinq six sept huit neuf",
    )
    for digit, word in enumerate(words.split())
} | {"z\u00e9ro": "0"}
FEWEST_SPOKEN_WORDS = 2
GIVEN = re2.compile(
    r"(?i)(?:tel:)?\s*[+\x{ff0b}]?[\d\s().\-/\x{2010}\x{2011}\x{2013}]{5,40}"
    r"(?:\s*(?:;ext=|ext\.?|x|poste|p\.|#)\s*\d{1,7})?\s*"
)
BARE_DIGITS = re2.compile(r"\d+")
COUNTED = re2.compile(
    r"(?i)(?:order|invoice|report|ticket|case|file|item|id|user|uid|no|number|num\x{e9}ro|facture"
    r"|commande|dossier|signalement)\s{0,2}(?:id|no\.?|number|#|:|=|n\x{b0}){0,1}[\s#:=]{0,3}$"
)
"""What stands before a count or a file number. "Phone number" and "his number is" do not match."""
PHONE_WORD = re2.compile(r"(?i)(?:phone|cell|mobile|text|call|t\x{e9}l|cellulaire|whatsapp)")


def normal_phone(value: str, *, region: str = "CA") -> str | None:
    """The number in E.164, read as from `region` when it has no country code; None if it is none.

    An extension is left out: the line is what two reports share.
    """
    if len(value) > 60 or GIVEN.fullmatch(value) is None:  # noqa: PLR2004 - bounds the parser
        return None
    return _e164(value, region=region, strict=False)


def find_phones(text: str, *, region: str = "CA") -> Iterator[Found]:
    """The phone numbers in a text, those with a country code first."""
    for match in ABROAD.finditer(text):
        yield from _found(text, match.span(), 90, "phone.international", region=region)
    if phonenumbers.country_code_for_region(region) == NANP:
        for match in NATIONAL.finditer(text):
            start, end = match.span()
            bare = BARE_DIGITS.fullmatch(match.group()) is not None
            before = text[max(0, start - 30) : start]
            if bare and COUNTED.search(before) and not PHONE_WORD.search(before):
                continue
            yield from _found(
                text, (start, end), 60 if bare else 90, "phone.national", region=region
            )
    else:
        for match in ELSEWHERE.finditer(text):
            yield from _found(text, match.span(), 80, "phone.national", region=region)
    yield from _find_spoken(text, region)


def _found(
    text: str, span: tuple[int, int], confidence: int, rule: str, *, region: str
) -> Iterator[Found]:
    start, end = span
    raw = text[start:end]
    inside_a_number = start > 1 and text[start - 1] in ".-,:" and text[start - 2].isdigit()
    goes_on = end + 1 < len(text) and text[end] in ".-,:/" and text[end + 1].isdigit()
    if inside_a_number or goes_on:
        return
    if not stands_alone(text, start, end, not_before="+#@_$\u20ac%", not_after="_@%"):
        return
    number = _e164(raw, region=region, strict=not raw.startswith("+"))
    if number is not None:
        yield Found(
            kind=Kind.PHONE,
            value=number,
            raw=raw,
            start=start,
            end=end,
            confidence=confidence,
            rule=rule,
        )


def _find_spoken(text: str, region: str) -> Iterator[Found]:
    """Numbers said digit by digit: "two-oh-four, 555, 0142"."""
    for match in SPOKEN.finditer(text):
        start, end = match.span()
        parts = [part.lower() for part in SPOKEN_PART.findall(match.group())]
        words = sum(part in DIGIT_WORDS for part in parts)
        digits = "".join(DIGIT_WORDS.get(part, part) for part in parts)
        if words < FEWEST_SPOKEN_WORDS or not stands_alone(text, start, end):
            continue
        number = _e164(digits, region=region, strict=True)
        if number is not None:
            yield Found(
                kind=Kind.PHONE,
                value=number,
                raw=match.group(),
                start=start,
                end=end,
                confidence=70,
                rule="phone.spoken",
            )


def _e164(said: str, *, region: str, strict: bool) -> str | None:
    try:
        number = phonenumbers.parse(said.replace("\uff0b", "+"), region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_valid_number(number) or (not strict and _has_the_right_shape(number)):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _has_the_right_shape(number: phonenumbers.PhoneNumber) -> bool:
    """Possible, and for North America with an area code and exchange that can exist.

    A plan may be newer than our tables, so a number someone typed into a phone field is kept.
    """
    if not phonenumbers.is_possible_number(number):
        return False
    national = phonenumbers.national_significant_number(number)
    return number.country_code != NANP or (national[0] in "23456789" and national[3] in "23456789")
