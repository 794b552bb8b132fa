"""Names for payments, which are often plain words: "send it to lemonraft on Cash App"."""

from havre.identifiers.platforms.rules.candidates import Named, Word
from havre.identifiers.platforms.rules.handle_words import NAME, NOT_NAMES, ORDINARY, QUOTE, SPEAKS
from havre.identifiers.platforms.rules.plain import SAID_OF_ACCOUNTS, clause_ends, is_everyday
from havre.identifiers.platforms.rules.platforms import BY_WORD
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

WINDOW, FEWEST_LETTERS = 70, 6
_LABEL = (
    r"(?:user ?name|name|tag|handle|id|account|at|under|as|compte|pseudo|au nom(?: de)?|nom|sous"
    r"|is|was|est"
    r"|c['\x{2019}]est|cest|c|the|his|her|le|la|cash|me|\x{e0}|to|son|identifiant|mine)"
)
# "do you have venmo? mine's greyfinch-n".
_ASKED = (
    r"[ ]?\?{1,3}[ ](?:mine['\x{2019}]?s?(?:[ ]is)?|moi,?[ ]c['\x{2019}]est|c['\x{2019}]est"
    r"|it['\x{2019}]?s)[ ]"
)
# Beside such a word "wise" and "chime" are services.
PAYS = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:pa(?:y|ys|id|ie|ies|ye|yes|ient|yer|y\x{e9})|sen(?:d|ds|t)|envo(?:ie|yer|y\x{e9})|vir(?:e|er"
    r"|ement)|transfer|tips?|owes?|doit)(?:[^\p{L}][^.!?\n]{0,30})?$"
)
_DOLLAR = (
    r"(?:\$[ ]?|@|(?:dollar sign|signe (?:de )?dollar|symbole (?:de )?dollar)"
    r"(?:,?[ ](?:then|and|puis|et|followed by|suivi de))?,?[ ])"
)
AFTER = Pattern(
    rf"(?i)^(?:{_ASKED}|[ \x{{a0}},:=/(>|\-]{{0,4}})(?:{_LABEL}[ \x{{a0}},:]{{1,3}}){{0,4}}"
    rf"(?P<sign>{_DOLLAR})?"
    rf"{QUOTE}?[ ]?(?P<name>{NAME})"
)
BEFORE = Pattern(
    rf"(?i)(?P<to>(?:^|[ ,(])(?:to|pay|paid|paying|tip|sent|send|\x{{e0}}|paye[rz]?|pay\x{{e9}}"
    rf"|envoy\x{{e9}}"
    rf"|envoie|verse[rz]?|vers\x{{e9}})[ ](?:him |her |me |them |au |le |la"
    rf" )?)?(?P<sign>{_DOLLAR})?"
    rf"(?P<name>{NAME}),?[ \x{{a0}}](?:on|via|par|sur|thru|through|over|with|avec|c['\x{{2019}}]est"
    rf"|it['\x{{2019}}]s|\()[ \x{{a0}}]?(?:his |her |le |the )?$"
)
NEVER = (
    NOT_NAMES
    | SAID_OF_ACCOUNTS
    | word_set(
        "transfer transfers money card cards dollars cash payment payments request requests"
        " invoice receipt"
        " e-mail email courriels argent virement virements carte cartes paiement paiements"
        " facture courriel balance"
        " link links"
    )
)


def paid_name(text: str, one: Named) -> Word | None:
    """The name that stands beside a service for payments, a plain word too; None for no name."""
    found = AFTER.search(text[one.end : one.end + WINDOW])
    if found is not None:
        start, stop = (one.end + place for place in found.span("name"))
        pays = PAYS.search(text[max(0, one.start - 40) : one.start]) is not None
        marked = found["sign"] != "" or not one.is_short or pays
        beside = start - one.end == 1 and _is_in_two(found["name"])
        told = found["sign"] != "" or clause_ends(text, stop) or text[stop : stop + 1] == "/"
        told = told or beside
        said = SPEAKS.search(text[one.end : start].rstrip(" \"'")) is not None
        if marked and told and not said and _may_be(found["name"], signed=found["sign"] != ""):
            return Word(start, stop, found["name"])
    left = max(0, one.start - WINDOW)
    before = BEFORE.search(text[left : one.start])
    if before is None or one.is_short or not (before["to"] or before["sign"]):
        return None
    start, stop = (left + place for place in before.span("name"))
    signed = before["sign"] != ""
    return Word(start, stop, before["name"]) if _may_be(before["name"], signed=signed) else None


def _is_in_two(name: str) -> bool:
    """Whether a name is of two long parts: "loopbenny-tips"."""
    parts = name.split("-")
    return name.islower() and len(parts) == 2 and min(map(len, parts)) >= 4  # noqa: PLR2004


def _may_be(name: str, *, signed: bool) -> bool:
    lower = name.lower()
    if lower in NEVER or lower in BY_WORD or ORDINARY.fullmatch(name) or name.isdecimal():
        return False
    if signed and name.isupper() and len(name) < FEWEST_LETTERS:
        return False  # a share: "$ABCD"
    parts = lower.replace(".", "-").split("-")
    ordinary = all(is_everyday(part) or len(part) < FEWEST_LETTERS - 2 for part in parts)
    return signed or (len(name) >= FEWEST_LETTERS and not ordinary and not name.istitle())
