"""Licence plates, where the text says that it is one."""

from collections.abc import Iterator
from itertools import islice

from havre.identifiers.aloud.rules.spelling import spelled_in
from havre.identifiers.people.rules.letters import found_words
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind

SAID = Pattern(
    r"(?i)(?:licen[cs]e plates?|licen[cs]e ?\x{23}|number plates?|plates?"
    r"|plaques?(?: d['\x{2019}]immatriculation)?"
    r"|immatricul(?:ation|\x{e9}e?s?)|tags? number)"
)
TOKEN = Pattern(r"(?i)[A-Z0-9]{1,4}(?:[ \-\x{b7}\x{2011}]?[A-Z0-9]{2,4}){0,2}")
BETWEEN = Pattern(
    r"(?i)^[\s:\x{23}.,=\"'\x{ab}\x{201c}(\x{a0}\x{2013}\-]*(?:(?:was|is|were"
    r"|are|number|numbers|no|reads?|reading|said|like|maybe|starts? with"
    r"|from|in|the"
    r"|on|est|\x{e9}tait|num\x{e9}ro|n\x{b0}|lit|disait|du|de|la|au|en"
    r"|qu\x{e9}bec|ontario|manitoba|alberta|saskatchewan|british columbia"
    r"|qu\x{e9}b\x{e9}coise|ontarienne|manitobaine|albertaine|saskatchewanaise"
    r"|bc|mb|on|qc|ab|sk|ns|nb|nl|pe|nova scotia|new brunswick|newfoundland"
    r"|yukon|colombie-britannique|nouvelle-\x{c9}cosse|nouveau-brunswick"
    r"|d['\x{2019}]immatriculation|his|car|truck|van|of|il|je|crois|think|i"
    r"|he|has|a|had|c['\x{2019}]est|cest|shows?|showed|would be|is like|auto|char|camion"
    r"|camionnette|fourgonnette|v\x{e9}hicule|voiture|vehicle|suv|pick-?up|sa|son|her|their"
    r"|the|indique|indiquait|affiche|affichait|suspect|suspecte|blanche?|noire?|bleue?|grise?|rouge"
    r"|je pense|et|pense|que|qui|noted|relev\x{e9}e|not\x{e9}e|it['\x{2019}]s|its)"
    r"[\s:\x{23}.,=\"'\x{ab}\x{201c}(\x{a0}\x{2013}\-]+)*"
)
BEFORE = Pattern(
    r"(?P<id>[A-Z0-9]{1,4}(?:[ \-]?[A-Z0-9]{2,4}){1,2})[\"\x{bb}\x{201d})]?,?[ \x{a0}](?i:(?:is"
    r"|was|on|sur|est|\x{e9}tait|as"
    r"|comme|\(|pour|for|read|c['\x{2019}]est|c['\x{2019}]\x{e9}tait)[ \x{a0}]?)(?i:(?:the|la"
    r"|his|her|its|sa|une|a|le|their)"
    r"[ \x{a0}])?(?i:(?:car|truck|van|license|licence|rear|back|front)['\x{2019}s]{0,2}["
    r" ]){0,2}(?i:plate|plaque)"
)
WINDOW = 80
SPELLED_WINDOW, SPELLED_LEAD = 180, 25
FEWEST, MOST = 4, 8
NOT_ALNUM = Pattern(r"[^0-9A-Z]")


def normal_plate(value: str) -> str | None:
    """The letters and digits in capitals; None with too few, too many or no digit."""
    plain = str(NOT_ALNUM.sub("", value.upper()))
    fits = 2 <= len(plain) <= MOST and plain.isascii()  # noqa: PLR2004
    return plain if fits and any(char.isdigit() for char in plain) else None


def find_plates(text: str) -> Iterator[Found]:
    """The licence plates in a text, each just after the word that announces it."""
    for match in islice(SAID.finditer(text), MOST_IN_ONE_TEXT):
        end = match.end()
        window = text[end : end + WINDOW]
        glue = BETWEEN.match(window)
        token = TOKEN.match(window[glue.end() :]) if glue else None
        spelled = spelled_in(text[end : end + SPELLED_WINDOW])
        if spelled is not None and is_told(text[end : end + spelled[1]]):
            value = normal_plate(spelled[0])
            if value and len(value) >= FEWEST and has_letter(value):
                span = (end + spelled[1], end + spelled[2])
                yield found_words(text, Kind.PLATE, value, span, "plate.spelled")
                continue
        if glue is None or token is None:
            continue
        start = end + glue.end()
        for raw in _shorter(token.group()):
            value = normal_plate(raw)
            if (
                value
                and len(value) >= FEWEST
                and stands_alone(text, start, start + len(raw), not_after="_@")
            ):
                yield found_words(text, Kind.PLATE, value, (start, start + len(raw)), "plate.said")
                break
    for match in islice(BEFORE.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span("id")
        value = normal_plate(match["id"])
        fits = value is not None and len(value) >= FEWEST and has_letter(value)
        if value and fits and stands_alone(text, start, end, not_before="_@-#"):
            yield found_words(text, Kind.PLATE, value, (start, end), "plate.before")


def has_letter(value: str) -> bool:
    """Whether a letter is in it: a plate of digits alone is a number."""
    return any(char.isalpha() for char in value)


def is_told(between: str) -> bool:
    """Whether what stands between a word and a spelled code leads to it in the same breath."""
    return len(between) <= SPELLED_LEAD and "\n" not in between


def _shorter(raw: str) -> Iterator[str]:
    """The token, then without its last group: "BXK 482 he" is "BXK 482"."""
    yield raw
    for place in range(len(raw) - 1, 0, -1):
        if raw[place] == " ":
            yield raw[:place]
