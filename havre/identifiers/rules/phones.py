"""Phone numbers, in E.164, by the numbering plans that libphonenumber carries."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import phonenumbers

from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind

NANP = 1

_GAP = r"[ \t.\-/\x{00a0}\x{202f}\x{2010}\x{2011}\x{2013}]"
NATIONAL = Pattern(
    rf"(?:\+?1{_GAP}{{0,2}})?\(?[2-9]\d{{2}}\)?{_GAP}{{0,3}}[2-9]\d{{2}}{_GAP}{{0,3}}\d{{4}}"
)
ABROAD = Pattern(
    rf"(?:\+|00[1 ]?{_GAP}?|011{_GAP}?)[1-9]\d{{0,2}}(?:{_GAP}"
    rf"|[()]){{0,2}}(?:\d(?:{_GAP}|[()]){{0,2}}){{5,13}}\d"
)
ABROAD_PREFIX = Pattern(r"^(?:011|00)[^\d]?")
# Where "001" leads to North America the "1" is its country; elsewhere people dial it for any other.
THROUGH_ONE = Pattern(r"^001[^\d]?")
ONE_BY_ONE = Pattern(rf"\d(?:{_GAP}{{1,3}}\d){{9,10}}")
ELSEWHERE = Pattern(rf"\(?0\d(?:(?:{_GAP}|[()]){{0,2}}\d){{6,11}}")
_BETWEEN = r" \t.()\-/+\x{00a0}\x{202f}\x{2010}\x{2011}\x{2013}"
# Seven digits and what follows them; fewer are no number.
RUN = Pattern(rf"[+(]?\d(?:[{_BETWEEN}]*\d){{6}}(?:[\d{_BETWEEN}]*\d)?")
DIGITS = "0123456789"
SHORTEST_IN_PAIRS, SHORTEST_ONE_BY_ONE = 14, 19
FEWEST_BARE = 10
EXCHANGES = ("234", "456", "555", "789", "987")
# A second number with another ending: "613-555-0142/0143".
OTHER_ENDING = Pattern(r"^/\d{4}(?:[^\d/\-]|$)")
GIVEN = Pattern(
    r"(?i)(?:tel:)?\s*[+\x{ff0b}]?[\d\s().\-/\x{2010}\x{2011}\x{2013}]{5,40}"
    r"(?:\s*(?:;ext=|ext\.?|x|poste|p\.|#)\s*\d{1,7})?\s*"
)
BARE_DIGITS = Pattern(r"\d+")
COUNTED = Pattern(
    r"(?i)(?:order|invoice|report|ticket|case|file|item|id|user|uid|no|number|num\x{e9}ro|facture"
    r"|commande|dossier|signalement)\s{0,2}(?:id|no\.?|number|#|:|=|n\x{b0}){0,1}[\s#:=]{0,3}$"
)
"""What stands before a count or a file number. "Phone number" and "his number is" do not match."""
# "ticket 0049-8812-71": what is filed under zeros is dialled by nobody.
FILED = Pattern(
    r"(?i)(?:ticket|order|invoice|report|case|file|item|facture|commande|dossier|signalement|billet"
    r"|r\x{e9}f(?:\x{e9}rence|\.)?|ref(?:erence|\.)?|claim|tracking|suivi|batch|lot|plainte"
    r"|r\x{e9}clamation|receipt|re\x{e7}u|colis|parcel)"
    r"[ ]?(?:id|no\.?|number|num\x{e9}ro|is|was|est|#|:|=|n\x{b0}){0,1}[ #:=]{0,3}$"
)
# "01 99 00 12 34" beside such a word is a number of France, wherever it is told.
IN_PAIRS = Pattern(r"0[1-9](?:[ .\-\x{00a0}\x{202f}]\d\d){4}")
FRENCH_WORD = Pattern(
    r"(?i)(?:phone|cell|mobile|text(?:s|ed|o)?\b|call|t\x{e9}l|\btel\b|sms|appel|rappel|whatsapp"
    r"|num\b|num\x{e9}ro|number|joindre|portable|ligne|france|fran\x{e7}ais|french)"
)
NEAR = 60
PHONE_WORD = Pattern(r"(?i)(?:phone|cell|mobile|text|call|t\x{e9}l|cellulaire|whatsapp)")


def normal_phone(value: str, *, region: str = "CA") -> str | None:
    """The number in E.164, read as from `region` when it has no country code; None if it is none.

    An extension is left out: the line is what two reports share.
    """
    if len(value) > 60 or GIVEN.fullmatch(value) is None:  # noqa: PLR2004 - bounds the parser
        return None
    return e164(value, region=region, strict=False)


def find_phones(text: str, *, region: str = "CA") -> Iterator[Found]:
    """The phone numbers in a text, those with a country code first."""
    at_home = phonenumbers.country_code_for_region(region) == NANP
    for run in RUN.finditer(text):
        start = run.start()
        whole = run.group()
        if "+" in whole or "00" in whole or "011" in whole:
            for match in islice(ABROAD.finditer(whole), MOST_IN_ONE_TEXT):
                first, last = match.span()
                span = (start + first, start + last)
                filed = FILED.search(text[max(0, span[0] - 30) : span[0]])
                if whole[first] == "+" or filed is None:
                    yield from _found(text, span, 90, "phone.international", region=region)
        if at_home:
            yield from _of_france(text, start, whole)
            yield from _at_home(text, start, whole, region)
        else:
            for match in islice(ELSEWHERE.finditer(whole), MOST_IN_ONE_TEXT):
                first, last = match.span()
                span = (start + first, start + last)
                yield from _found(text, span, 80, "phone.national", region=region)


def _of_france(text: str, start: int, whole: str) -> Iterator[Found]:
    """The numbers in five pairs in one run of digits, where a word says that one is told."""
    pairs = IN_PAIRS.finditer(whole) if len(whole) >= SHORTEST_IN_PAIRS else ()
    for match in islice(pairs, MOST_IN_ONE_TEXT):
        first, last = (start + place for place in match.span())
        if whole[: match.start()].strip(" (") or whole[match.end() :].strip(" ()."):
            continue  # six pairs are a lottery slip
        if FRENCH_WORD.search(text[max(0, first - NEAR) : last + NEAR]) is not None:
            yield from _found(text, (first, last), 75, "phone.in-pairs", region="FR")


def _at_home(text: str, start: int, whole: str, region: str) -> Iterator[Found]:
    """The numbers of the North American plan in one run of digits."""
    single = ONE_BY_ONE.finditer(whole) if len(whole) >= SHORTEST_ONE_BY_ONE else ()
    for match in islice(single, MOST_IN_ONE_TEXT):
        first, last = match.span()
        span = (start + first, start + last)
        yield from _found(text, span, 80, "phone.digit-by-digit", region=region, nanp=True)
    for match in islice(NATIONAL.finditer(whole), MOST_IN_ONE_TEXT):
        first, last = match.span()
        first, last = start + first, start + last
        bare = last - first == FEWEST_BARE and match.group().isdecimal()
        if bare:
            before = text[max(0, first - 30) : first]
            if COUNTED.search(before) and not PHONE_WORD.search(before):
                continue
        yield from _found(
            text, (first, last), 60 if bare else 90, "phone.national", region=region, nanp=True
        )


def _found(
    text: str,
    span: tuple[int, int],
    confidence: int,
    rule: str,
    *,
    region: str,
    nanp: bool = False,
) -> Iterator[Found]:
    start, end = span
    raw = text[start:end]
    inside_a_number = start > 1 and text[start - 1] in ".-,:" and text[start - 2].isdecimal()
    goes_on = end + 1 < len(text) and text[end] in ".-,:/" and text[end + 1].isdecimal()
    goes_on = goes_on and OTHER_ENDING.search(text[end : end + 7]) is None
    if inside_a_number or goes_on:
        return
    if not stands_alone(text, start, end, not_before="+#@_$\u20ac%", not_after="_@%"):
        return
    number = (
        north_american(raw) if nanp else e164(raw, region=region, strict=not raw.startswith("+"))
    )
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


def north_american(raw: str) -> str | None:
    """A number of the North American plan, without asking the whole library for each.

    None when its last ten digits are none that is in use.
    """
    digits = "".join(char for char in raw if char in DIGITS)[-FEWEST_BARE:]
    if digits[0] in "01" or digits[3] in "01":
        return None
    in_use = _exchanges_in_use(digits[:3])
    if in_use == len(EXCHANGES):
        return f"+1{digits}"
    return e164(digits, region="US", strict=True) if in_use else None


@cache
def _exchanges_in_use(area: str) -> int:
    """How many of a few exchanges libphonenumber knows in an area code; asked once for each."""
    return sum(
        phonenumbers.is_valid_number(phonenumbers.parse(f"+1{area}{exchange}0142"))
        for exchange in EXCHANGES
    )


def e164(said: str, *, region: str, strict: bool) -> str | None:
    """The number in E.164; None when it is none, `strict` for one that is not in use."""
    said = said.replace("\uff0b", "+").strip()
    number = _parsed(ABROAD_PREFIX.sub("+", said), said, region)
    if THROUGH_ONE.search(said) and (number is None or not _has_the_right_shape(number)):
        number = _parsed(THROUGH_ONE.sub("+", said), said, region)
    if number is None:
        return None
    if phonenumbers.is_valid_number(number) or (not strict and _has_the_right_shape(number)):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _parsed(plain: str, said: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(plain if len(plain) > FEWEST_BARE else said, region)
    except phonenumbers.NumberParseException:
        return None


def _has_the_right_shape(number: phonenumbers.PhoneNumber) -> bool:
    """Possible, and for North America with an area code and exchange that can exist.

    A plan may be newer than our tables, so a number someone typed into a phone field is kept.
    """
    if not phonenumbers.is_possible_number(number):
        return False
    national = phonenumbers.national_significant_number(number)
    return number.country_code != NANP or (national[0] in "23456789" and national[3] in "23456789")
