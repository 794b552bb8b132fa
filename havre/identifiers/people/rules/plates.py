"""Licence plates, where the text says that it is one."""

from collections.abc import Iterator

from havre.identifiers.people.rules.letters import found_words
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import stands_alone
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
    r"|he|has|a|had)"
    r"[\s:\x{23}.,=\"'\x{ab}\x{201c}(\x{a0}\x{2013}\-]+)*"
)
WINDOW = 80
FEWEST, MOST = 4, 8
NOT_ALNUM = Pattern(r"[^0-9A-Z]")


def normal_plate(value: str) -> str | None:
    """The letters and digits in capitals; None with too few, too many or no digit."""
    plain = str(NOT_ALNUM.sub("", value.upper()))
    fits = 2 <= len(plain) <= MOST and plain.isascii()  # noqa: PLR2004
    return plain if fits and any(char.isdigit() for char in plain) else None


def find_plates(text: str) -> Iterator[Found]:
    """The licence plates in a text, each just after the word that announces it."""
    for match in SAID.finditer(text):
        end = match.end()
        window = text[end : end + WINDOW]
        glue = BETWEEN.match(window)
        token = TOKEN.match(window[glue.end() :]) if glue else None
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


def _shorter(raw: str) -> Iterator[str]:
    """The token, then without its last group: "BXK 482 he" is "BXK 482"."""
    yield raw
    for place in range(len(raw) - 1, 0, -1):
        if raw[place] == " ":
            yield raw[:place]
