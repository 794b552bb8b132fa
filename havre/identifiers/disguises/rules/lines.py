"""Phone and IP numbers told in pieces: "(5.1.4) 555 - 0.1.8.6", "902 5550 198", "area code 780"."""

from collections.abc import Iterator
from itertools import islice

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, digits_said
from havre.identifiers.devices.rules.addresses import NOT_AN_ADDRESS, V4, normal_ip
from havre.identifiers.rules.phones import NATIONAL, north_american
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind

_WORDS = "|".join(sorted(NUMBER_WORDS - {"et", "o"}, key=len, reverse=True))
_GAP = r"[ \t.,\-()/*_~|\x{2022}\x{b7}\x{2026}\x{2013}\x{2014}\x{a0}\x{202f}]"
_FILLER = (
    r"(?:and then|and|then|puis|ensuite|euh+|uh+|um+|pause|dash|tiret|hyphen|space|espace|dot"
    r"|point|et)"
)
_DIGITS = rf"(?:\d|[oOIl]{{1,2}}\d|\d[oOIl]|(?:{_WORDS})(?:\b|\d))+"
RUN = Pattern(rf"(?i){_DIGITS}(?:(?:{_GAP}{{1,6}}{_FILLER}\b)?{_GAP}{{1,6}}{_DIGITS}){{1,14}}")
PART = Pattern(rf"(?i)dix-(?:sept|huit|neuf)|{_WORDS}|[0-9oil]*\d[0-9oil]*")
HINT = Pattern(
    r"(?i)(?:ph[o0]ne|call|cell|text|num|t[e\x{e9}]l|appel|compose|whats|signal|viber|sms|rings?\b|dial"
    r"|mobile|digits|chiffres|rejoin|rejoindre|contact|reach|ligne|landline|hit me|line\b)"
)
BEFORE, AFTER = 90, 45
LOOKS_LIKE = str.maketrans("oil", "011")
TEN, ELEVEN = 10, 11
FEWEST_GROUPS, FEWEST_ALOUD = 2, 5
DATE = Pattern(r"^(?:19|20)\d\d[ \-/.](?:0?[1-9]|1[0-2])[ \-/.]")
COUNTED = Pattern(
    r"(?i)(?:order|invoice|ticket|case|file|item|tracking|serial|lot|imei|facture|commande|dossier"
    r"|suivi|s\x{e9}rie|billet|iban|card|carte|account no|compte no)[^.\n\d]{0,20}$"
)

_AREA = r"(?:area ?code|indicatif(?: r\x{e9}gional)?|code r\x{e9}gional)"
_IS = r"[^\n]{0,40}?"
_REST = r"[2-9]\d\d[ .\-]?\d{4}"
AREA_SAID = Pattern(r"(?i)code|indicatif|front|devant|first|before|avant|area")
AREA_FIRST = Pattern(
    rf"(?i){_AREA}{_IS}\b(?P<area>[2-9]\d\d)\b[^\d\n]{{1,50}}?\b(?P<rest>{_REST})\b"
)
AREA_LAST = Pattern(
    rf"(?i)\b(?P<rest>{_REST})\b[^\d\n]{{1,12}}(?:{_AREA}{_IS}\b(?P<area>[2-9]\d\d)\b"
    rf"|(?:with|avec|in|dans)[ ](?:a |an |the |le |l['\x{{2019}}])?(?P<before>[2-9]\d\d)[ ]"
    rf"(?:in front|before|first|devant|avant|area))"
)
SAID_IP = Pattern(
    r"(?i)\b(?:ips?|i\.p\.)(?:[ \x{a0}]?(?:v4|address(?:es)?|adresse))?\b[^\n\d]{0,24}$"
)
_SIGN = r"[ .,\-\x{b7}\x{2022}/:*_|]"
PLAIN_IP = Pattern(rf"\d{{1,3}}(?:{_SIGN}{{1,3}}\d{{1,3}}){{3}}")
# "2001[:]db8[:][:]7", "2001(:)db8(::)7".
V6_IN_BRACKETS = Pattern(
    r"[0-9A-Fa-f]{1,4}(?: ?(?:\[:{1,2}\]|\(:{1,2}\)|:{1,2}) ?[0-9A-Fa-f]{0,4}){2,14}"
)
_NUMBER = rf"(?:\d{{1,3}}|(?:{_WORDS})(?:[ \-](?:et |and )?(?:{_WORDS})){{0,5}})"
IP_ALOUD = Pattern(rf"(?i)\b{_NUMBER}(?:,?[ ](?:dot|point),?[ ]{_NUMBER}){{3}}\b")
ALOUD_PART = Pattern(r"(?i)dix-(?:sept|huit|neuf)|\p{L}+|\d+")
NUMBERS_OF_AN_ADDRESS = 4


def find_phones_apart(text: str) -> Iterator[Found]:
    """The numbers of the North American plan told in odd pieces, where the text speaks of one."""
    for pattern in (AREA_FIRST, AREA_LAST) if AREA_SAID.search(text) else ():
        for match in islice(pattern.finditer(text), MOST_IN_ONE_TEXT):
            yield from _with_area(match, pattern)
    for match in islice(RUN.finditer(text), MOST_IN_ONE_TEXT):
        start, raw = match.start(), match.group()
        letters = any(map(str.isalpha, raw))
        if not letters and sum(map(str.isdecimal, raw)) < TEN:
            continue
        if NATIONAL.search(raw) is not None or V4.fullmatch(raw) is not None:
            continue
        before = text[max(0, start - BEFORE) : start]
        after = text[match.end() : match.end() + AFTER]
        told = HINT.search(before) is not None or HINT.search(after) is not None
        told = told or (letters and _is_aloud(raw))
        if not told or DATE.search(raw) or COUNTED.search(before):
            continue
        found = _number(raw)
        if found is None:
            continue
        value, end = found
        start -= 1 if text[start - 1 : start] == "(" else 0
        stop = match.start() + end
        if stands_alone(text, start, stop, not_before="@_#$", not_after="@_%"):
            yield _phone(text, start, stop, value, "phone.apart")


def _is_aloud(raw: str) -> bool:
    return sum(part[0].isalpha() for part in PART.findall(raw)) >= FEWEST_ALOUD


def _number(raw: str) -> tuple[str, int] | None:
    """The number that the pieces of a run say, and where it ends in it."""
    words: list[str] = []
    best = None
    for part in PART.finditer(raw):
        said = part.group().lower()
        words.append(said.translate(LOOKS_LIKE) if any(map(str.isdecimal, said)) else said)
        digits = digits_said(words)
        if len(digits) > ELEVEN:
            break
        ten = digits[1:] if len(digits) == ELEVEN and digits[0] == "1" else digits
        value = north_american(ten) if len(ten) == TEN else None
        if value is not None and len(words) >= FEWEST_GROUPS:
            best = value, part.end()
        elif len(digits) == ELEVEN:
            best = None  # A longer number, of which ten digits are no phone.
    return best


def _with_area(match: Match, pattern: Pattern) -> Iterator[Found]:
    area = match["area"] or (match["before"] if pattern is AREA_LAST else "")
    digits = area + "".join(char for char in match["rest"] if char.isdecimal())
    value = north_american(digits)
    if value is not None:
        yield _phone(match.string, *match.span(), value, "phone.area-apart")


def _phone(text: str, start: int, end: int, value: str, rule: str) -> Found:
    return Found(
        kind=Kind.PHONE, value=value, raw=text[start:end], start=start, end=end, confidence=70,
        rule=rule,
    )  # fmt: skip


def find_ips_apart(text: str) -> Iterator[Found]:
    """The IPv4 addresses said aloud, or with other signs than dots where the text says "IP"."""
    for match in islice(PLAIN_IP.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span()
        if SAID_IP.search(text[max(0, start - 40) : start]) is None:
            continue
        said = ".".join(ALOUD_PART.findall(match.group()))
        yield from _ip(text, (start, end), said, "ip.apart")
    for match in islice(V6_IN_BRACKETS.finditer(text), MOST_IN_ONE_TEXT):
        if "[" in match.group() or "(" in match.group():
            said = "".join(char for char in match.group() if char not in "[]() ")
            yield from _ip(text, match.span(), said, "ip.v6-apart")
    for match in islice(IP_ALOUD.finditer(text), MOST_IN_ONE_TEXT):
        if NOT_AN_ADDRESS.search(text[max(0, match.start() - 16) : match.start()]):
            continue
        parts: list[list[str]] = [[]]
        for one in ALOUD_PART.findall(match.group().lower()):
            if one in ("dot", "point"):
                parts.append([])
            else:
                parts[-1].append(one)
        said = ".".join(digits_said(part) for part in parts)
        yield from _ip(text, match.span(), said, "ip.aloud")


def _ip(text: str, span: tuple[int, int], said: str, rule: str) -> Iterator[Found]:
    whole = said.count(".") == NUMBERS_OF_AN_ADDRESS - 1 or ":" in said
    value = normal_ip(said) if whole else None
    start, end = span
    if value is not None and stands_alone(text, start, end, not_before="_:/.-", not_after="_:"):
        yield Found(
            kind=Kind.IP, value=value, raw=text[start:end], start=start, end=end, confidence=65,
            rule=rule,
        )  # fmt: skip
