"""Plain words that only their place makes a name: "profil briselegere", "un certain tinwhistle"."""

from havre.identifiers.platforms.rules.called import is_of_somebody
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
    is_talk,
)
from havre.identifiers.platforms.rules.platforms import BY_WORD
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.words import word_set

FEWEST_LETTERS, FEWEST_QUOTED = 4, 8
_LABEL = (
    r"(?:user ?names?|user|handle|screen ?name|gamer ?tag|nick ?name|nick|account|acct|profile|page"
    r"|blog|pseudo(?:nyme)?|identifiant|utilisat(?:eur|rice)|compte|profil|blogue|cha\x{ee}ne|channel"
    r"|login"
    r"|id|nom d['\x{2019}](?:utilisateur|utilisatrice|usager)|(?:what |which )?name|(?:quel )?nom)"
)
# "Mastodon, profil briselegere", "platform: Kik\nusername: tinwhistle", "kik; handle: tinwhistle".
FIELD_NEXT = Pattern(
    rf"(?i)^[\"'`)\]]?[ \t\x{{a0}}]*(?:[,;|/\n.?(]|,[ ])[ \t\x{{a0}}\"'`\-*\x{{2022}}]*{_LABEL}"
    rf"(?:[\"'`]?[ \t\x{{a0}}]?[:=?][ \t\x{{a0}}]?|[ ]){QUOTE}?[ ]?(?P<name>{NAME})"
)
# "a Discord user by the name of tinwhistle", "Discord;tinwhistle;12".
SURELY = Pattern(
    rf"(?i)^(?:(?P<between>(?:[ ][a-z\x{{e0}}-\x{{ff}}]+){{0,3}})[ ]"
    rf"(?:by the name of|named|called|du nom de"
    rf"|au nom de|nomm\x{{e9}}e?"
    rf"|appel\x{{e9}}e?|known as|under the name(?: of)?|sous le (?:nom|pseudo)(?: de)?"
    rf"|name['\x{{2019}}]?s)[ ]{QUOTE}?[ ]?|[;,/]{QUOTE}?)(?P<name>{NAME})"
)
# "kik -> tinwhistle", "kik | tinwhistle", "kik>tinwhistle", "[kik] tinwhistle:".
MARKED = Pattern(
    rf"^(?:[ \x{{a0}}]?(?:->|=>|>+|[\x{{2192}}\x{{27a1}}\x{{2794}}\x{{279c}}]\x{{fe0f}}?"
    rf"|\x{{bb}}|\||=|:)[ \x{{a0}}]?|\t)"
    rf"@?{QUOTE}?(?P<name>{NAME})"
)
HE_IS = Pattern(
    rf"(?i)^,?[ \x{{a0}}](?:(?:he|she|it|they)[ ](?:is|was|goes by|used)|(?:he|she)['\x{{2019}}]s"
    rf"|it['\x{{2019}}]?s"
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
    r"|joueuse|streamer|player|membre|member|channel"
    r"|identifiant|pseudo|surnom|nickname|handle|username)[ \x{a0}](?:de |d['\x{2019}])?$"
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
    r"(?:call(?:s|ed|ing)? (?:himself|herself|themsel(?:f|ves)|him|her)"
    r"|called|named|known as|goes by|went by"
    r"|someone called|une? certaine?|qui se nomme|se nomme|nomm\x{e9}e?|appel\x{e9}e?|sous le"
    r" nom de"
    r"|s['\x{2019}]appelle|se fait appeler|du nom de|au nom de|under the name(?: of)?|alias|aka"
    r"|the name|the username"
    r"|le nom|le pseudo|username|user|handle)"
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
# "user: tinwhistle\nplatform: Discord", "username=tinwhistle platform=discord".
FIELD_BEFORE = Pattern(
    rf"(?i)(?:^|[^a-z]){_LABEL}[\"']?[ ]?[:=][ ]?{QUOTE}?(?P<name>{NAME}){QUOTE}?"
    r"[ ]?[,;|\n ][ \t\-*]*"
    r"[\"']?(?:platform|app|site|service|game|plateforme|appli(?:cation)?|jeu"
    r"|r\x{e9}seau)[\"']?[ ]?[:=][ ]?[\"']?$"
)
ON_ITS = Pattern(
    rf"(?i)(?:^|[,;&+]|[ ](?:and|et|pis))[ \x{{a0}}]{QUOTE}?(?P<name>{NAME}){QUOTE}?"
    r"[ \x{a0}](?:on|sur)[ \x{a0}]$"
)
FEWEST_IN_A_LIST = 7
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


def labelled(text: str, one: Named, *, in_a_list: bool) -> tuple[Word, str] | None:
    """The plain word that its place beside a platform makes a name, and by which rule.

    In a list, where another platform has its name already, the word right beside it is enough.
    """
    found = _after(text, one) or _before(text, one)
    return found or (_in_a_list(text, one) if in_a_list and not one.is_short else None)


def _in_a_list(text: str, one: Named) -> tuple[Word, str] | None:
    """A plain word beside one of several platforms: "Insta boat_9 / TikTok tinwhistle"."""
    after = BESIDE.search(text[one.end : one.end + WINDOW])
    if after is not None and is_plain_name(after["name"], fewest=FEWEST_IN_A_LIST):
        start, stop = (one.end + place for place in after.span("name"))
        if ends_there(text, stop) or text[stop : stop + 2].strip(" ")[:1] in LIST_MARKS:
            return Word(start, stop, after["name"]), "handle.in-a-list"
    left = max(0, one.start - WINDOW)
    before = ON_ITS.search(text[left : one.start])
    if before is not None and is_plain_name(before["name"], fewest=FEWEST_IN_A_LIST):
        start, stop = (left + place for place in before.span("name"))
        return Word(start, stop, before["name"]), "handle.in-a-list"
    return None


def _after(text: str, one: Named) -> tuple[Word, str] | None:
    window = text[one.end : one.end + WINDOW]
    before = text[max(0, one.start - 24) : one.start]
    first = window.lstrip(" \u00a0")[:1]
    first = "a" if first.isalnum() or first in {"@", "_"} else first
    for pattern, rule, sure, begins in AFTER:
        fits = first in begins and (sure or not one.is_short)
        match = pattern.search(window) if fits else None
        if match is None:
            continue
        start, stop = (one.end + place for place in match.span("name"))
        name = match["name"]
        if _is_told(text, rule, match, before, stop) and _may_be(name):
            return Word(start, stop, name), rule
    return _hyphened(text, one, window, before)


def _is_told(text: str, rule: str, match: Match, before: str, stop: int) -> bool:
    """Whether the words around a plain word are enough to make it a name."""
    name = match["name"]
    listed = text[stop : stop + 2].strip(" ")[:1] in LIST_MARKS
    ends, made_up = ends_there(text, stop), is_made_up(name)
    long_enough = is_plain_name(name, fewest=FEWEST_QUOTED)
    return bool(
        {
            "handle.field": True,
            "handle.surely": name.islower()
            and _is_sure(text, name, stop)
            and (rule != "handle.surely" or is_of_somebody(match["between"])),
            "handle.marked": (ends or listed) and not is_talk(name),
            "handle.quoted-beside": long_enough and SAYS.search(before) is None,
            "handle.he-is": long_enough and ends,
            "handle.writes": made_up and ENDS_WITH_ON.search(before),
            "handle.beside": OWNED_BEFORE.search(before)
            and (made_up or (ends and is_plain_name(name, fewest=FEWEST_IN_A_LIST))),
        }[rule]
    )


def _is_sure(text: str, name: str, stop: int) -> bool:
    """Whether a word after "named", a slash, or between two commas of a table, is a name."""
    mark = text[stop - len(name) - 1 : stop - len(name)]
    if mark in {",", ";"}:
        return text[stop : stop + 1] == mark
    return mark == " " or ends_there(text, stop)


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
    ordinary = all(
        part in ORDINARY_PARTS or part.isdecimal() or is_everyday(part) for part in parts
    )
    ordinary = ordinary or len(parts[0]) < FEWEST_LETTERS - 1
    if told and ends and not ordinary and not (one.is_short and mark == ""):
        return Word(start, stop, name), "handle.hyphened"
    return None


def _before(text: str, one: Named) -> tuple[Word, str] | None:
    if one.is_short:
        return None
    left = max(0, one.start - WINDOW)
    window = text[left : one.start]
    last = window[-8:].rstrip(" \u00a0").rpartition(" ")[2].lstrip("(").lower()
    if last not in LAST_WORDS and not last.endswith((":", "=")) and "\n" not in window[-20:]:
        return None
    for pattern in (TOLD_BEFORE, IN_BRACKETS_ON, QUOTED_OF, FIELD_BEFORE):
        spaced = window[-1:] in {" ", "\u00a0"} or pattern is FIELD_BEFORE
        match = pattern.search(window) if spaced else None
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
# The patterns after a platform, their rules, whether they hold for its short word too, and what
# the first sign after it may be: "a" stands for any letter.
AFTER = (
    (FIELD_NEXT, "handle.field", False, frozenset("\"'`)],;|/\n.?(")),
    (IN_A_LOG, "handle.field", False, frozenset("]")),
    (SURELY, "handle.surely", False, frozenset("a;,/")),
    (MARKED, "handle.marked", True, frozenset("->=\u2192\u27a1\u2794\u279c\u00bb|:\t")),
    (QUOTED_BESIDE, "handle.quoted-beside", False, frozenset('"\u201c\u00ab')),
    (HE_IS, "handle.he-is", False, frozenset("a,")),
    (WRITES, "handle.writes", False, frozenset(",")),
    (BESIDE, "handle.beside", False, frozenset("a")),
)
LAST_WORDS = word_set("on over via through sur par in dans his her the son le de of from")
