"""One pass over a text that says which finders can find anything in it."""

from enum import IntEnum
from functools import lru_cache
from itertools import islice

import re2

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS
from havre.identifiers.disguises.rules.veiled import VEILED
from havre.identifiers.platforms.rules.handle_words import PLATFORM
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT


class Gate(IntEnum):
    """Something a finder needs to see in a text before it is worth running."""

    AGE = 0
    AT = 1
    BANK = 2
    COLONS = 3
    DOT = 4
    GROUP = 5
    IMEI = 6
    IP = 7
    LONG = 8
    NAME = 9
    NUMBERED = 10
    PAIRS = 11
    PHONE = 12
    PLATE = 13
    PLATFORM = 14
    POSTAL = 15
    SAID_AT = 16
    SAID_DOT = 17
    SCHOOL = 18
    SERIAL = 19
    SLASHES = 20
    SPOKEN = 21
    STREET = 22
    UUID = 23
    POSTAL_SAID = 24
    APART = 25
    CODE = 26
    SAID_IP = 27
    SAID_PAGE = 28
    # What single steps of a finder need to see.
    MINE = 29
    THEIRS = 30
    SIGN_SAID = 31
    ONE_WORD = 32
    SIGNS_BETWEEN = 33
    DOTS_GO = 34
    LETTERS = 35
    QUOTED = 36
    BOTH = 37
    LINES = 38
    SPACED_PAGE = 39
    THERE = 40


_DIGIT_WORD = "(?:" + "|".join(sorted(NUMBER_WORDS)) + r")\b"
PATTERNS = {
    Gate.AGE: (
        r"years?.old|vu le jour|\bb.day|\bb\. |\bnais|(?:est|suis) du \d|\byrs?|y/?o\b|\d ?ans"
        r"|\bage|\x{e2}g\x{e9}|\(\d\d?\b|, \d\d?\b|born"
        r"|\bn\x{e9}|dob|d\.o\.b|ddn|d\.d\.n|birth|b-?day|naiss|f\x{ea}t\x{e9}|fete"
        r"|date de f\x{ea}te|is \d|was \d"
        r"|[mts]a f\x{ea}te|f\x{ea}te ?:|anniv|au monde|\d baby"
    ),
    # Phones in pieces: digits that no plain number is made of.
    Gate.APART: (
        r"\d[^0-9A-Za-z\x{c0}-\x{ff}]{1,6}(?:[a-z]{2,6}[ ,]{1,3})?\d|\d[oil]|[oil]\d"
        r"|area ?code|indicatif|\d{3} (?:in front|devant)"
    ),
    # Long codes in pieces: what they are called, with a piece that is one.
    Gate.CODE: (
        r"imei|md5|sha-?\d|hash|empreinte|checksum|condens\x{e9}|uuid|udid|idfa|gaid|aaid"
        r"|(?:device|appareil|advertising|publicitaire) ?id|\bbtc|bitcoin|\beth\b"
        r"|ether|litecoin|monero|wallet|portefeuille|crypto|bc1|\b0x"
        r"|[0-9a-f]{8}[ \x{a0}\r\n|/.\x{2026}]{1,4}[0-9a-f]{8}"
    ),
    Gate.SAID_IP: (
        r"\bip|\bi\.p|[0-9a-f] ?[\[(]:|\d (?:dot|point) "
        r"|(?:dot|point) (?:zero|z\x{e9}ro|one|two|un|deux|cent)"
    ),
    Gate.AT: r"@|\x{ff20}|%40",
    Gate.BANK: r"[A-Z]{2}\d\d ?[0-9A-Z]{4} ?[0-9A-Z]{4}",
    Gate.COLONS: r"[0-9a-f]:[0-9a-f]*:|::",
    Gate.DOT: (
        r"[0-9A-Za-z\x{c0}-\x{1fff}](?:\.[0-9A-Za-z\x{c0}-\x{d7ff}]|[\[({] ?(?:\.|dot|point))"
    ),
    Gate.GROUP: (
        r"\b(?:group|gc\b|serve|channel|clan|guild|communaut|communit|chat|salon"
        r"|canal|cana|cha\x{ee}ne|forum|lobby|room)"
    ),
    Gate.IMEI: r"\d{15}|\d\d[ \-]\d{6}",
    Gate.IP: r"\d(?:\.| ?[\[({] ?(?:\.|dot|point) ?[\])}] ?)\d",
    Gate.NAME: (
        r"name|handle|pseudo|identifiant|gamer|go(?:es)? by|went by|known as|add me at"
        r"|sous le nom|appeler|user|utilis|usager|nick|login|alias|a\.?k\.?a|surnom|/?u/"
    ),
    Gate.NUMBERED: (
        r"\bu?ids?\b|userid|identifiant|code|key|cl\x{e9}"
        r"|num\x{e9}ro|number|steam_|\[u:"
    ),
    Gate.PAIRS: r"[0-9a-f]{2}[:\-][0-9a-f]{2}[:\-][0-9a-f]{2}[:\-]",
    Gate.PHONE: (
        r"\d(?:[ \t.()\-/+\x{a0}\x{202f}\x{2010}\x{2011}\x{2013}]*\d){6}"  # as its run
    ),
    Gate.PLATE: (
        r"plate|pla[qu]|plaet|plak|pl8|matricul|tags? number|licen[cs]e"
        r"|(?:vehicle|car|truck|van) reg"
        r"|(?-i:[A-Z]{2,4}[ \-]?[0-9]{3}|[0-9]{3}[ \-]?[A-Z]{3}|[A-Z][0-9]{2}[ \-]?[A-Z]{3})"
    ),
    Gate.POSTAL: r"[a-z]\d[a-z][ \x{a0}\x{202f}\-]{0,2}\d[a-z]\d",
    Gate.POSTAL_SAID: r"postal|zip code|\bc\.?p\.? ?:",
    Gate.SAID_AT: (
        r"arr?obas|[a\x{e0}] commercial|[ \[({<*\"|~\-](?:at|@)[ \])}>*\"|~\-]"
        r"|[\[({<](?:a|\x{e0}|chez)[\])}>]|at[ \-]sign|&\x{23}64;"
        r"|[a-z0-9]at[a-z0-9\-]+(?:dot|point)[a-z]|[_\-]at[_\-]|@ |@[a-z0-9\-]+"
        r" (?:dot|point) "
        r"| (?:\x{e0}|chez) [a-z0-9\-]+ point "
        r"|@[a-z0-9\-]+[ \[({<] ?(?:dot|point|\.)"
    ),
    Gate.SAID_PAGE: r"(?:slash|barre)",
    Gate.SAID_DOT: r"(?:dot|point)[ ,]|[a-z0-9] \. [a-z0-9]|[\[({<] ?\. ?[\])}>]",
    Gate.SCHOOL: (
        r"school|[e\x{e9}]cole|scolaire|centre (?:\x{e9}ducatif|de formation)|coll[e\x{e8}]g"
        r"|academ|acad\x{e9}m"
        r"|polyvalente|elementary|c\x{e9}gep|lyc\x{e9}e|high\b|secondary|middle"
        r"|pensionnat|s\x{e9}minaire|polytechnic|externat|internat|juv\x{e9}nat|institut|couvent"
        r"|montessori|\bprep\b|\b[ps]\.?s\b|\bcpe\b"
    ),
    Gate.SERIAL: r"serial|s\x{e9}rie|s/n|hwid|android|device|appareil|console|hardware|phone",
    Gate.SLASHES: r"//",
    Gate.SPOKEN: (
        rf"{_DIGIT_WORD}[ ,\-]{{1,2}}(?:{_DIGIT_WORD}|\d)"
        r"|\d{3},? (?:and )?(?:then|puis|ensuite)|(?:fois|times)\b"
        r"|(?:two|three|four) (?:one|two|three|four|five|sixe|seven|eight|nine)s\b"
    ),
    Gate.STREET: (
        rf"{_DIGIT_WORD},? (?:\S+ ){{0,4}}(?:street|st\b|ave|road|rd\b|drive|dr\b|cres|court|ct\b"
        r"|lane|boul|rue\b|ch(?:emin)?\b|rang\b|route|place|terr|way\b|mews|mont\x{e9}e|impasse"
        r"|all\x{e9}e)"
        r"|\d[a-d]?,? (?:\S+ ){0,4}(?:st|av|road|rd|dr|cr|boul|bl|bd"
        r"|l(?:ane|n)|c(?:our)?t|pl|terr|h(?:igh)?w|p(?:ar)?kw|trail|way|cl|circ"
        r"|sq|gr|gate|bay|row|point|quay|mews|ris|wharf|he|hi|rue|ch|rang|route|all|imp|mont"
        r"|c\x{f4}t"
        r"|prom"
        r"|ruelle)"
    ),
    Gate.UUID: r"[0-9a-f]{4}-[0-9a-f]{4}-",
    Gate.MINE: r"\b(?:my|our|me|us|mon|ma|notre) |joindre|appele|contacte|crivez",
    Gate.THEIRS: r"\b(?:his|her|son|sa) ",
    Gate.SIGN_SAID: (
        r" _ |[\[(][._]|under|tiret|soulign|barre|dash|hyphen|union|dot|point|period|bas|hash"
        r"|di\x{e8}se"
    ),
    Gate.ONE_WORD: r"one word|mot|attach|together|no space|sans espace",
    Gate.SIGNS_BETWEEN: r"[0-9a-z_][*/|~][0-9a-z_][*/|~]",
    Gate.DOTS_GO: (
        r"sans (?:les )?points|enl\x{e8}ve les points"
        r"|(?:without(?: the)?|no|(?:drop|remove|ignore|skip|minus) the) dots"
    ),
    Gate.LETTERS: (
        r"[a-z0-9_.] [a-z0-9_.] [a-z0-9_.] |[a-z0-9_]-[a-z0-9_]-[a-z0-9_]-"
        r"|\b[a-z0-9_](?:, ?[a-z0-9_]|,? (?:comme|as in|like|for) )"
    ),
    Gate.QUOTED: r"[\"\x{201c}\x{ab}]",
    Gate.BOTH: r"deux|both|two",
    Gate.LINES: r"\n",
    Gate.SPACED_PAGE: r"https? : ?/|https?: ?/ /|https?: //|t t p(?: s)? ?: / /",
    Gate.THERE: (
        r"(?:names?|user|handle|tag|nick(?:name)?|pseudo(?:nyme)?|nom|account|compte|profile?|identifiant"
        r"|surnom) (?:on |in )?(?:there|l\x{e0}|dessus)|there,? (?:he|she|they)|on there"
        r"|l\x{e0}(?:-bas|-dessus)?,? (?:il|elle)|l\x{e0}[- ]dessus"
    ),
}


LONG = Pattern("[0-9A-Za-z]{24}")
# Alone, for each makes a machine of its own large when it is built into the others.
ALONE = frozenset((Gate.LONG, Gate.PLATFORM))


def _made() -> "re2.Set":
    options = re2.Options()
    options.max_mem = 64 << 20
    options.never_capture = True
    gates = re2.Set.SearchSet(options)
    for gate in IN_ONE_PASS:
        gates.Add(f"(?i){PATTERNS[gate]}")
    gates.Compile()
    return gates


IN_ONE_PASS = tuple(gate for gate in Gate if gate not in ALONE)
_GATES = _made()


@lru_cache(maxsize=1)
def gates_of(text: str) -> frozenset[Gate]:
    """What a text shows of what the finders need; kept for the next that asks of it."""
    is_long = LONG.search(text) is not None
    speaks = len(platform_words(text)) > 0 or VEILED.search(text) is not None
    return _open(tuple(_GATES.Match(text) or ()), is_long=is_long, speaks=speaks)


@lru_cache(maxsize=4096)
def _open(places: tuple[int, ...], *, is_long: bool, speaks: bool) -> frozenset[Gate]:
    alone = [Gate.LONG] * is_long + [Gate.PLATFORM] * speaks
    return frozenset((*(IN_ONE_PASS[place] for place in places), *alone))


@lru_cache(maxsize=1)
def platform_words(text: str) -> list[Match]:
    """Where a text may name a platform, in its order; kept for the next that asks of it."""
    return list(islice(PLATFORM.finditer(text), MOST_IN_ONE_TEXT))
