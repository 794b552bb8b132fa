"""Plain words that only their place makes a name: "profil briselegere", "un certain tinwhistle"."""

from havre.identifiers.platforms.rules.candidates import Named, Word
from havre.identifiers.platforms.rules.handle_words import (
    ENDS_WITH_ON,
    NAME,
    NOT_NAMES,
    ORDINARY,
    ORDINARY_PARTS,
    QUOTE,
    SAYS,
    WINDOW,
)
from havre.identifiers.platforms.rules.plain import (
    SAID_OF_ACCOUNTS,
    ends_there,
    is_everyday,
    is_made_up,
    is_plain_name,
)
from havre.identifiers.platforms.rules.platforms import BY_WORD
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

FEWEST_LETTERS, FEWEST_QUOTED = 4, 8
_LABEL = (
    r"(?:user ?names?|user|handle|screen ?name|gamer ?tag|nick ?name|nick|account|profile|page|blog"
    r"|pseudo(?:nyme)?|identifiant|utilisat(?:eur|rice)|compte|profil|blogue|cha\x{ee}ne|channel"
    r"|login"
    r"|id|nom d['\x{2019}](?:utilisateur|utilisatrice|usager))"
)
# "Mastodon, profil briselegere", "platform: Kik\nusername: tinwhistle", "kik; handle: tinwhistle".
FIELD_NEXT = Pattern(
    rf"(?i)^[\"'`)\]]?[ \t\x{{a0}}]*(?:[,;|\n]|,[ ])[ \t\x{{a0}}\"'`\-*]*{_LABEL}"
    rf"(?:[\"'`]?[ \t\x{{a0}}]?[:=][ \t\x{{a0}}]?|[ ]){QUOTE}?[ ]?(?P<name>{NAME})"
)
# "kik -> tinwhistle", "kik | tinwhistle", "kik>tinwhistle", "[kik] tinwhistle:".
MARKED = Pattern(
    rf"^(?:[ \x{{a0}}]?(?:->|=>|>+|\x{{2192}}|\x{{bb}}|\||=|:)[ \x{{a0}}]?|\t)"
    rf"@?{QUOTE}?(?P<name>{NAME})"
)
HE_IS = Pattern(
    rf"(?i)^,?[ \x{{a0}}](?:(?:he|she|it|they)[ ](?:is|was|goes by|used)|(?:he|she)['\x{{2019}}]s"
    rf"|(?:il|elle)[ ](?:est|\x{{e9}}tait|s['\x{{2019}}]appelle|se nomme)|c['\x{{2019}}]est"
    rf"|where (?:he|she) is"
    rf"|o\x{{f9}} (?:il|elle) est|under(?: the name(?: of)?)?|as|alias|aka|a\.k\.a\.?"
    rf"|sous le (?:nom|pseudo)(?: de)?|au nom de)[ \x{{a0}}]{QUOTE}?[ ]?(?P<name>{NAME})"
)
WRITES = Pattern(
    rf"(?i)^,[ ](?P<name>{NAME})[ ](?:writes|wrote|asks|asked|sends|sent|says|said|keeps|wants"
    rf"|messaged"
    r"|messages|lui|m['\x{2019}]a|me|nous|leur|a[ ](?:\x{e9}crit|dit|envoy|demand)|\x{e9}crit"
    r"|demande|envoie)"
)
OWNED_BEFORE = Pattern(
    r"(?i)(?:compte|profil|page|cha\x{ee}ne|blogue?|account|profile|user|utilisat(?:eur|rice)"
    r"|joueur"
    r"|joueuse|streamer|player|membre|member|channel)[ \x{a0}](?:de |d['\x{2019}])?$"
)
BESIDE = Pattern(
    rf"(?i)^[ \x{{a0}}](?:(?:user|streamer|player|gamer|joueur|joueuse|member|membre|account|compte"
    rf"|profile|profil|channel|page)[ ](?:named |called )?)?(?P<name>{NAME})"
)
IN_A_LOG = Pattern(rf"^\][ \x{{a0}}]<?(?P<name>{NAME})>?:")
QUOTED_BESIDE = Pattern(
    rf"^[ \x{{a0}}][\"\x{{201c}}\x{{ab}}][ \x{{a0}}\x{{202f}}]?(?P<name>{NAME})"
    r"[ \x{a0}\x{202f}]?[\"\x{201d}\x{bb}]"
)
HYPHENED = Pattern(
    rf"^(?P<mark>[ \x{{a0}}]?[:=,(][ \x{{a0}}]?|[ \x{{a0}}])@?{QUOTE}?[ ]?"
    r"(?P<name>[a-z0-9]{2,20}(?:-[a-z0-9]{2,20}){1,4})"
)
_INTRO = (
    r"(?:calls? (?:himself|herself|themsel(?:f|ves)|him|her)|called|named|known as|goes by|went by"
    r"|someone called|une? certaine?|qui se nomme|se nomme|nomm\x{e9}e?|appel\x{e9}e?|sous le"
    r" nom de"
    r"|s['\x{2019}]appelle|se fait appeler|du nom de|au nom de|under the name(?: of)?|alias|aka)"
)
TOLD_BEFORE = Pattern(
    rf"(?i)(?:^|[^a-z\x{{e0}}-\x{{ff}}]){_INTRO}[ \x{{a0}}]{QUOTE}?[ \x{{a0}}]?"
    rf"(?P<name>{NAME})[ \x{{a0}}]?{QUOTE}?"
    r"(?P<gap>,?(?:[ ][a-z\x{e0}-\x{ff}'\x{2019}]+){0,6}?)[ \x{a0}]\(?(?:on|over|via|through|sur"
    r"|par|in|dans)"
    r"[ \x{a0}](?:his |her |the |son |le )?$"
)
IN_BRACKETS_ON = Pattern(
    rf"(?:^|[ \n\x{{ab}}\"])(?P<name>{NAME})[\"\x{{bb}}]?[ \x{{a0}}]\((?i:on|sur)[ \x{{a0}}]$"
)
QUOTED_OF = Pattern(
    rf"(?i)(?:account|compte|profile|profil|user|pseudo|page|name"
    rf"|nom)[ \x{{a0}}][\"\x{{ab}}\x{{201c}}][ \x{{a0}}]?"
    rf"(?P<name>{NAME})[ \x{{a0}}]?[\"\x{{bb}}\x{{201d}}][ \x{{a0}}](?:de|of|from|sur"
    rf"|on)[ \x{{a0}}]$"
)
NEVER = (
    NOT_NAMES
    | SAID_OF_ACCOUNTS
    | word_set(
        "both two same someone somebody people person man woman boy girl kids kid guy dude stranger"
        " strangers quelqu plusieurs personne homme femme gars fille enfants chacun certains"
        " quelques"
        " account page profile user member public private fake real main second first open blocked"
        " down back here there gone dead banned active empty full weird fine good bad free new old"
        " amis copains copines moments souvent toujours partout ensuite maintenant beaucoup"
    )
)


def labelled(text: str, one: Named) -> tuple[Word, str] | None:
    """The plain word that its place beside a platform makes a name, and by which rule."""
    return _after(text, one) or _before(text, one)


def _after(text: str, one: Named) -> tuple[Word, str] | None:
    window = text[one.end : one.end + WINDOW]
    before = text[max(0, one.start - 24) : one.start]
    for pattern, rule, sure in AFTER:
        match = pattern.search(window) if sure or not one.is_short else None
        if match is None:
            continue
        start, stop = (one.end + place for place in match.span("name"))
        name = match["name"]
        if _is_told(text, rule, name, before, stop) and _may_be(name):
            return Word(start, stop, name), rule
    return _hyphened(text, one, window, before)


def _is_told(text: str, rule: str, name: str, before: str, stop: int) -> bool:
    """Whether the words around a plain word are enough to make it a name."""
    if rule == "handle.field":
        return True
    if rule == "handle.marked":
        return ends_there(text, stop) or text[stop : stop + 2].strip(" ")[:1] in LIST_MARKS
    if rule == "handle.quoted-beside":
        return is_plain_name(name, fewest=FEWEST_QUOTED) and SAYS.search(before) is None
    if rule == "handle.he-is":
        return is_plain_name(name, fewest=FEWEST_QUOTED) and ends_there(text, stop)
    if rule == "handle.writes":
        return ENDS_WITH_ON.search(before) is not None and is_made_up(name)
    return OWNED_BEFORE.search(before) is not None and is_made_up(name)


def _hyphened(text: str, one: Named, window: str, before: str) -> tuple[Word, str] | None:
    """A name with hyphens, as Tumblr has them: "tumblr = gravelle-du-soir"."""
    match = HYPHENED.search(window)
    if match is None:
        return None
    mark, name = match["mark"].strip(" \u00a0"), match["name"]
    told = mark in {":", "=", "("} or one.platform == "tumblr"
    told = told or (mark == "," and OWNED_BEFORE.search(before) is not None)
    start, stop = (one.end + place for place in match.span("name"))
    ends = ends_there(text, stop) or text[stop : stop + 2].strip(" ")[:1] in LIST_MARKS
    parts = name.split("-")
    ordinary = all(part in ORDINARY_PARTS or part.isdigit() or is_everyday(part) for part in parts)
    ordinary = ordinary or len(parts[0]) < FEWEST_LETTERS - 1
    if told and ends and not ordinary and not (one.is_short and mark == ""):
        return Word(start, stop, name), "handle.hyphened"
    return None


def _before(text: str, one: Named) -> tuple[Word, str] | None:
    if one.is_short:
        return None
    left = max(0, one.start - WINDOW)
    window = text[left : one.start]
    for pattern in (TOLD_BEFORE, IN_BRACKETS_ON, QUOTED_OF):
        match = pattern.search(window) if window[-1:] in {" ", "\u00a0"} else None
        if match is None or not _may_be(match["name"]):
            continue
        sure = pattern is not IN_BRACKETS_ON or is_made_up(match["name"])
        if sure and match["name"].islower():
            start, stop = (left + place for place in match.span("name"))
            return Word(start, stop, match["name"]), "handle.told-before"
    return None


def _may_be(name: str) -> bool:
    lower = name.lower()
    return (
        len(name) >= FEWEST_LETTERS
        and lower not in NEVER
        and lower not in BY_WORD
        and not is_everyday(lower)
        and not ORDINARY.fullmatch(name)
    )


LIST_MARKS = frozenset("\u2022\u00b7|/;\t&+")
# The patterns after a platform, their rules, and whether they hold for its short word too.
AFTER = (
    (FIELD_NEXT, "handle.field", False),
    (IN_A_LOG, "handle.field", False),
    (MARKED, "handle.marked", True),
    (QUOTED_BESIDE, "handle.quoted-beside", False),
    (HE_IS, "handle.he-is", False),
    (WRITES, "handle.writes", False),
    (BESIDE, "handle.beside", False),
)
