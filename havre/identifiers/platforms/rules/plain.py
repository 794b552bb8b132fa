"""Plain words that are names only where they stand: "his Kik is harbourlight", "- kik river"."""

from unicodedata import combining, normalize

from havre.identifiers.platforms.rules.candidates import Named, Word
from havre.identifiers.platforms.rules.handle_words import (
    BESIDE_PAYMENT,
    IS_NAME,
    LIST_LINE,
    LISTED,
    LISTED_SIBLING,
    NAME,
    NEXT_LINES,
    ORDINARY_PARTS,
    POSSESSIVE,
    QUOTE,
    WINDOW,
)
from havre.identifiers.platforms.rules.platforms import PAYMENT, words_of
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

EVERYDAY = words_of("ordinary.txt")
LONG_WORD, FEWEST_LISTED = 9, 5
ORDINARY_ENDINGS = ("able", "ait", "ed", "ent", "er", "ing", "ion", "ions", "ly", "ment", "ments")
LONGEST_TALK = 11
TALK = ("ing", "tion", "tions", "ment", "ments", "ness", "isme", "ism")
PLAIN_ENDINGS = tuple(ending for ending in ORDINARY_ENDINGS if ending != "er")
STATES = (
    "aire", "al", "ant", "ary", "ble", "body", "day", "el", "euse", "eux", "ful", "ic", "if",
    "ine", "ique", "ish", "ist", "iste", "ite", "ive", "lar", "less", "lic", "ory", "ous", "self",
    "stairs", "thing", "times", "where",
)  # fmt: skip
SAID_OF_ACCOUNTS = word_set(
    "another because blocked deleted disabled enough private probably really unknown without"
    " earlier above below before private public secret weird strange hidden random foreign"
    " simple bizarre etrange inconnu"
    " anglais francais normal banned missing longer similar unknown changed looks seems shows"
    " account computer however together forever whatever longer username handle profile another"
    " besides instead tonight tomorrow weekend yesterday"
    " always perhaps maybe clothes pictures picture friends hockey stories message messages"
    " compte toujours jamais encore ouvert bloque demain pendant parfois vraiment comment pourquoi"
    " instagram snapchat discord facebook whatsapp telegram"
)
_LABEL = (
    r"(?:user ?name|handle|screen ?name|gamer ?tag|nick ?name|pseudo(?:nyme)?|identifiant"
    r"|nom d['\x{2019}](?:utilisateur|utilisatrice|usager))"
)
LABEL_BEFORE = Pattern(rf"(?i)\b{_LABEL}[^.!?\n:;]{{0,30}}$")
LABEL_IS = Pattern(
    rf"(?i)^[ \x{{a0}}](?:{_LABEL}(?:[ ][a-z\x{{e0}}-\x{{ff}}']+){{0,4}}?[ ](?:is|was|est"
    rf"|\x{{e9}}tait)|{_LABEL}"
    rf"|(?:account|compte)[ ](?:named|called|nomm\x{{e9}}|appel\x{{e9}}|se nomme|est)|user"
    rf"|utilisateur"
    rf"|nomm\x{{e9}}e?|appel\x{{e9}}e?|se nomme|named|called)"
    rf"[ \x{{a0}}]{QUOTE}?[ ]?(?P<name>{NAME})"
)
IN_BRACKETS = Pattern(
    rf"(?:^|[,;:&\n\x{{2022}}\-][ ]?|(?:and|et|user(?:name)?|utilisateur|pseudo|compte|account)[ ])"
    rf"{QUOTE}?[ ]?(?P<name>{NAME})[ \x{{a0}}]?{QUOTE}?[ ]?[(\[]$"
)
FEWEST_LABELLED = 6
HINTS = ("ame", "andle", "seudo", "dentifiant", "om d", "amer", "ick")
GOES_ON = Pattern(
    r"(?i)^(?:[\"'\x{201d}\x{bb}]|[ \x{a0}](?:and|et|or|ou|but|mais|on|sur|pis|if|si|because"
    r"|parce)[ \x{a0}])"
)


def named_plainly(text: str, one: Named) -> Word | None:
    """A plain word where only a name stands: "his Kik is harbourlight", "- kik river"."""
    window = text[one.end : one.end + WINDOW]
    before = text[max(0, one.start - 24) : one.start]
    owned = POSSESSIVE.search(before) is not None or one.platform in PAYMENT
    told = text[max(0, one.start - 50) : one.start]
    labelled = any(hint in told for hint in HINTS) and LABEL_BEFORE.search(told) is not None
    found = IS_NAME.search(window) if (owned or labelled) and not one.is_short else None
    if found is None and window[:1] in {" ", "\u00a0"} and not one.is_short:
        found = LABEL_IS.search(window)
    if found is None and one.platform in PAYMENT:
        found = BESIDE_PAYMENT.search(window)
        found = found if found is not None and "-" in found["name"] else None
    fewest = LONG_WORD - 1 if owned and not labelled else FEWEST_LABELLED
    sure = found is not None and labelled and _may_be_labelled(found["name"])
    if found is not None and (sure or is_plain_name(found["name"], fewest=fewest)):
        start, stop = (one.end + place for place in found.span("name"))
        return Word(start, stop, found["name"]) if clause_ends(text, stop) else None
    closes = text[one.end : one.end + 1] in {")", "]"}
    bracketed = IN_BRACKETS.search(text[max(0, one.start - 40) : one.start]) if closes else None
    if bracketed is not None:
        left = max(0, one.start - 40)
        start, stop = (left + place for place in bracketed.span("name"))
        cut = text[start - 1] == "-" and text[start - 2 : start - 1].isalnum()
        if not cut and is_plain_name(bracketed["name"], fewest=LONG_WORD - 2):
            return Word(start, stop, bracketed["name"])
    listed = LISTED.search(window) if before[-1:] == " " and LIST_LINE.search(before) else None
    if listed is not None and len(listed["name"]) >= FEWEST_LISTED:
        around = text[max(0, one.start - NEXT_LINES) : one.end + NEXT_LINES]
        if LISTED_SIBLING.search(around) is not None and is_plain_name(listed["name"]):
            start, stop = (one.end + place for place in listed.span("name"))
            return Word(start, stop, listed["name"])
    return None


def _may_be_labelled(name: str) -> bool:
    """Whether a word that is called a username may be one: any that is not of every day."""
    fits = len(name) >= FEWEST_LISTED and name.islower() and not is_everyday(name)
    return fits and name not in SAID_OF_ACCOUNTS and not name.endswith(PLAIN_ENDINGS)


def is_talk(name: str) -> bool:
    """Whether a word alone is more likely what people say of a platform: "streaming"."""
    return name.isalpha() and len(name) <= LONGEST_TALK and name.lower().endswith(TALK)


def is_everyday(name: str) -> bool:
    """Whether a word alone, accents aside, is one of every day: "deleted", "privé", "mother"."""
    lower = name.lower()
    if not lower.isascii():
        lower = "".join(char for char in normalize("NFKD", lower) if not combining(char))
    return lower in EVERYDAY


def is_plain_name(name: str, *, fewest: int = LONG_WORD - 1) -> bool:
    """Whether a word of letters alone is more likely a name than what people say of an account."""
    lower = name.lower()
    if "-" in name:
        parts = set(lower.split("-"))
        return len(name) >= LONG_WORD - 2 and not parts & ORDINARY_PARTS
    return (
        len(name) >= fewest
        and name.islower()
        and not is_everyday(name)
        and not lower.endswith((*PLAIN_ENDINGS, *STATES))
        and lower not in SAID_OF_ACCOUNTS
    )


def clause_ends(text: str, end: int) -> bool:
    return ends_there(text, end) or GOES_ON.search(text[end : end + 12]) is not None


def is_made_up(name: str) -> bool:
    """Whether a plain word after "user" is more likely a name than what the user did."""
    return (
        name.islower()
        and not is_everyday(name)
        and ("-" in name or (len(name) >= LONG_WORD and not name.endswith(ORDINARY_ENDINGS)))
    )


def ends_there(text: str, end: int) -> bool:
    rest = text[end : end + 4].lstrip(" \t\u00a0")
    return not rest or rest[0] in ".,;)\n\r!?\u00bb\"'\u2019\u201d(|/"
