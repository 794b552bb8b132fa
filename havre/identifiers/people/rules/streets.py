"""Civic addresses: a number, a name and a kind of street, in English and French."""

from collections.abc import Iterator

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.people.rules.letters import CAPITAL, SPACE, WORD, found_words
from havre.identifiers.people.rules.names import normal_name
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, Kind

KINDS = {
    "avenue": "av", "ave": "av", "av": "av", "boulevard": "blvd", "blvd": "blvd", "boul": "blvd",
    "bd": "blvd", "street": "st", "st": "st", "road": "rd", "rd": "rd", "drive": "dr", "dr": "dr",
    "crescent": "cres", "cres": "cres", "lane": "ln", "ln": "ln", "court": "ct", "ct": "ct",
    "place": "pl", "pl": "pl", "terrace": "terr", "highway": "hwy", "hwy": "hwy", "parkway": "pkwy",
    "pkwy": "pkwy", "square": "sq", "sq": "sq", "chemin": "ch", "ch": "ch", "route": "rte",
    "rte": "rte", "north": "n", "south": "s", "east": "e", "west": "w", "nord": "n", "sud": "s",
    "est": "e", "ouest": "o",
}  # fmt: skip
_FULL = (
    "street|avenue|road|drive|crescent|boulevard|lane|court|terrace|highway|parkway|trail|way"
    "|close|circle|square|grove|gate|bay|place|row|point|quay|mews|rise|wharf|heights|hill"
)
_SHORT = r"St|Ave|Av|Rd|Dr|Cres|Blvd|Ln|Ct|Pl|Hwy|Pkwy|Terr|Sq"
_SIDE = rf"(?:{SPACE}(?:N\.?W\.?|N\.?E\.?|S\.?W\.?|S\.?E\.?|(?:North|South|East|West|[NSEW])))"
_WORDS = "|".join(sorted(NUMBER_WORDS - {"et", "un", "une", "one", "o"}, key=len, reverse=True))
_ALL_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = (
    r"(?:(?:\d{1,4}-)?\d{1,5}(?:[ \-]?[A-D])?"
    rf"|(?i:{_WORDS})(?:[ \-](?i:{_ALL_WORDS})){{0,6}})"
)
SAID_NUMBER = Pattern(rf"(?i)^(?:(?:{_ALL_WORDS})\b[ ,\-]*)+")
NUMBER_PART = Pattern(r"(?i)dix-(?:sept|huit|neuf)|\p{L}+")
_OF = rf"(?:(?:de{SPACE}la|de|du|des|la|le|les){SPACE}|(?:de{SPACE})?l['\x{{2019}}]|d['\x{{2019}}])"
_PLAIN = r"[a-z]+"
_CITY = rf"(?:,{SPACE}(?:{WORD}|St\.)(?:{SPACE}{WORD}){{0,2}})?"
ENGLISH = Pattern(
    rf"{_NUMBER}{SPACE}(?:(?:{WORD}|{CAPITAL}\.|St\.|\d{{1,3}}(?:st|nd|rd|th)){SPACE}){{1,4}}"
    rf"(?:(?i:{_FULL})|(?:{_SHORT})\b\.?){_SIDE}?{_CITY}"
    rf"|{_NUMBER}{SPACE}(?:{_PLAIN}{SPACE}){{1,2}}(?:street|avenue|road|drive"
    rf"|crescent|boulevard|lane|st|ave|rd|cres|blvd)\b"
)
FRENCH = Pattern(
    rf"{_NUMBER},?{SPACE}\d{{1,3}}(?:e|re|er|\x{{e8}}re){SPACE}(?i:avenue|rue|rang|boulevard)\b"
    rf"|{_NUMBER},?{SPACE}(?i:route|rte|highway|hwy|autoroute){SPACE}\d{{1,4}}\b|"
    rf"{_NUMBER},?{SPACE}(?:(?:de{SPACE}la|du|de){SPACE})?(?:(?i:rue|avenue|boulevard|chemin"
    rf"|place|rang|route"
    rf"|all\x{{e9}}e|impasse|mont\x{{e9}}e|c\x{{f4}}te|croissant|promenade"
    rf"|ruelle|carr\x{{e9}}|cercle|terrasse|sentier|quai|square)|(?i:av|boul|ch|bd|pl|rte|blvd"
    rf"|mt\x{{e9}}e)\.?)"
    rf"{SPACE}{_OF}{{0,2}}(?:{WORD}"
    rf"|\d{{1,3}}e)(?:{SPACE}{_OF}{{0,2}}{WORD}){{0,3}}(?:{SPACE}(?:Est|Ouest"
    rf"|Nord|Sud|[EO]\.))?{_CITY}"
)
# "au 12 de la rue des Pins" is "12, rue des Pins".
OF_STREET = Pattern(r"^(\d+[a-d]?)(?: (?:de la|du|de))+ ")
# "Two Bay Streets", "deux rues": a count, no number of a house.
CAPITALS = Pattern(rf"{CAPITAL}{{1}}[a-z\x{{e0}}-\x{{ff}}]")
FEW = Pattern(r"^(?i:(?:two|three|deux|trois|double|triple) (?:rue|route|[a-z]+ street))\b")
SMALL_COUNT = Pattern(
    r"\d{1,5} (?:(?:of|on|in|at|from|to|the|and|his|her|my|more|other|years?"
    r"|times?|days?|people|minutes?|hours?|km|blocks?|houses?|a|per) )|\d{1,5},? [Aa]v\.? J$"
)


def normal_address(value: str) -> str | None:
    """The number and name in small letters, kinds of street shortened; None without a number."""
    named = normal_name(_in_figures(value))
    plain = normal_name(OF_STREET.sub(r"\1 ", named)) if named is not None else None
    if plain is None or not plain[0].isdecimal():
        return None
    return " ".join(KINDS.get(word, word) for word in plain.split())


def _in_figures(value: str) -> str:
    """The address with a number that was said in words as figures: "cent onze" is "111"."""
    said = SAID_NUMBER.match(value) if value[:1].isalpha() else None
    if said is None:
        return value
    number = digits_said([word.lower() for word in NUMBER_PART.findall(said.group())])
    return f"{number} {value[said.end() :]}"


def find_streets(text: str) -> Iterator[Found]:
    """The civic addresses in a text."""
    for pattern, rule in ((FRENCH, "address.french"), (ENGLISH, "address.english")):
        for match in pattern.finditer(text):
            start, end = match.span()
            if text[end : end + 1].isalnum():
                # What looked like a town is a postal code's beginning: "45 chemin du Lac, G0A".
                end = start + max(match.group().rfind(","), 0)
            few = FEW.search(match.group()) is not None or not CAPITALS.search(match.group()[1:])
            if text[start].isalpha() and few:
                continue
            value = normal_address(text[start:end])
            before = text[start - 1 : start]
            if value is None or before.isalnum() or before in ("#", "-", ".", "/", ":", "$"):
                continue
            if " " not in value or SMALL_COUNT.match(match.group()):
                continue
            yield found_words(text, Kind.ADDRESS, value, (start, end), rule)
