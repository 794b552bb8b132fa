"""Plain words that a clause makes a name: "on discord im brickuncle", "add brickuncle on kik"."""

from bisect import bisect_left
from collections.abc import Iterator

from havre.identifiers.platforms.rules.called import is_of_a_thing
from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handle_words import NAME, QUOTE, WINDOW
from havre.identifiers.platforms.rules.plain import clause_ends
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, word_set
from havre.identifiers.told.rules.names import given, may_be_plain
from havre.identifiers.told.rules.owned import owned

_LEAD = (
    r"[ \x{a0}]?[,.;:!(\x{2026}\-\x{2013}\x{2014}]*[ \x{a0}]"
    r"(?:(?:and|n|et|pis|pi|where|wher|whr|cuz|cause|because|but|there|o\x{f9}|ou|l\x{e0}|la"
    r"|mais|car|then|like|so"
    r"|over there|on there|l\x{e0}-bas|l\x{e0}-dessus|moi|lui|elle|euh|uh|um|yeah|i think"
    r"|je pense|add me|find me"
    r"|ajoute[ \-]moi|trouve[ \-]moi|cherche[ \-]moi|who|that|qui|que)[ ,]+){0,4}"
)
_SELF = r"[a-z]{2,8}sel(?:f|ves)"
_NAMING = (
    rf"(?:(?:i|he|she|they|who)[ ](?:go(?:es)? by|went by|calls? {_SELF}|called {_SELF}"
    rf"|(?:is|was|am) (?:called|named|known as))|goes by|calls {_SELF}|(?:is|was) (?:called"
    rf"|named|known as)"
    r"|(?:il|elle|y)[ ](?:s['\x{2019}]?app?ell?e|s['\x{2019}]appelait|se nomme|se fait appeler"
    r"|se faisait appeler"
    r"|se pr\x{e9}sente comme|est connue? comme)|s['\x{2019}]?app?ell?e"
    r"|je m['\x{2019}]?app?ell?e|jm['\x{2019}]?app?ell?e"
    r"|se fait appeler|se nomme|i['\x{2019}]?m (?:on )?there (?:as|under)|(?:he"
    r"|she) is (?:on )?there (?:as|under)"
    r"|(?:he['\x{2019}]?s|she['\x{2019}]?s) (?:on )?there (?:as|under))"
)
_BEING = (
    r"(?:i['\x{2019}]?m|i am|(?:he|she)['\x{2019}]?s|(?:he|she|they) (?:is|was|are|were)"
    r"|they['\x{2019}]?re"
    r"|(?:j['\x{2019}]?|je )suis|chui?s?|chus|(?:il|elle|y) (?:est|\x{e9}tait)|(?:i|he|she"
    r"|they) used?"
    r"|(?:he|she) uses|(?:il|elle|y|j['\x{2019}]|je|qui) ?utilis(?:e|ait)|moi c['\x{2019}]?est"
    r"|lui c['\x{2019}]?est|ur|you['\x{2019}]?re)"
)
_ADVERB = (
    r"(?:(?:just|simply|only|plain|juste|simplement|tout simplement|seulement|actually|still"
    r"|also|aussi|encore"
    r"|under|as|sous(?: le (?:nom|pseudo)(?: de)?)?|le|the|comme|now|maintenant)[ ]){0,2}"
)
THERE = Pattern(
    r"(?i)^[\"'\x{bb}\x{201d}]?,?[ \x{a0}](?:there|over there|on there|in there|l\x{e0}"
    r"|l\x{e0}-bas|l\x{e0}-dessus|dessus"
    r"|la bas|la-bas|comme (?:pseudo|nom|identifiant)|as (?:his|her|a|the|my) (?:user|name"
    r"|handle|nick|pseudo|tag))"
)
TALK_ENDS = Pattern(
    r"(?i)^,?[ \x{a0}](?:lol|mdr|haha|btw|if|si|n|and|et|too|aussi|but|mais|find|add|ajoute|so"
    r"|hmu|dm|pis|or|ou|where|when|quand)(?:[^\p{L}]|$)"
)
_LABEL = (
    r"(?:user ?names?|user|handle|screen ?name|gamer ?tag|nick(?: ?name)?|name|pseudo(?:nyme)?"
    r"|identifiant|login|nom(?: d['\x{2019}](?:utilisateur|utilisatrice|usager))?|usager"
    r"|utilisat(?:eur|rice))"
)
AFTER = Pattern(
    rf"(?i)^(?:{_LEAD}(?:(?P<naming>{_NAMING})|{_BEING})[ ]{_ADVERB}"
    rf"|[ \x{{a0}}](?:(?P<label>{_LABEL}|tag)|account|profile|page|channel|compte|profil"
    rf"|cha\x{{ee}}ne)[ \x{{a0}}]){QUOTE}?[ ]?(?P<name>{NAME})"
)
# "le pseudo Discord du suspect est tinwhistle", "son nom de discord c tinwhistle".
LABEL_BEFORE = Pattern(
    rf"(?i)(?:^|[^\p{{L}}]){_LABEL}[ ](?:(?:de|of|for|on|in|sur|dans|pour|used on|used in"
    rf"|utilis\x{{e9}} sur"
    r"|de son|du compte|d['\x{2019}])[ ]?)?$"
)
LABEL_IN_BRACKETS = Pattern(rf"(?i)(?:^|[^\p{{L}}]){_LABEL}[ ]?[(\[]$")
AFTER_IS = Pattern(
    rf"(?i)^(?:[ ](?:du|de la|de l['\x{{2019}}]|des|of the|of this|of|de|used by"
    rf"|utilis\x{{e9}} par|for the|in question"
    rf"|en question)[ ]?[\p{{L}}'\x{{2019}}\- ]{{0,24}}?)?[ ]?(?:[:=]|(?:est|is|was|\x{{e9}}tait"
    rf"|serait|c|cest|c['\x{{2019}}]est"
    rf"|appears to be|seems to be|would be"
    rf"|semble \x{{ea}}tre)[ ])[ ]?{QUOTE}?[ ]?(?P<name>{NAME})"
)
AFTER_BRACKET = Pattern(rf"^[)\]][ ]?[:=]?[ ]?{QUOTE}?(?P<name>{NAME})")
# "discord... tinwhistle", all that a line says.
AFTER_DOTS = Pattern(
    rf"^(?:\.{{2,4}}|\x{{2026}}|!{{1,3}}|\?|[ ]?~)[ ](?P<name>{NAME})[.! ]*(?:\n|$)"
)
AFTER_ADVERB = Pattern(
    rf"(?i)^,?[ ](?:just|simply|only|plain|merely|simplement|tout simplement|juste"
    rf"|seulement)[ ]{QUOTE}?(?P<name>{NAME})"
)
FOUND_ON = Pattern(
    r"(?i)(?:find|found|add|reach|look|join|meet|follow|text|message|dm|write|trouve|trouver"
    r"|ajoute|joindre|rejoins|suis|cherche"
    r"|\x{e9}cris|\x{e9}crire|contacte|account|compte|profile|profil|user)[^.!?\n]{0,24}[ ](?:on"
    r"|sur|via|over|in)[ ](?:the |le )?$"
)
AFTER_COMMA = Pattern(rf"^[,:;\x{{2013}}\-]{{1,2}}[ ]{QUOTE}?(?P<name>{NAME})")
_ON = (
    r"(?:on|over|via|through|sur|par|in|dans|from|de)[ \x{a0}]"
    r"(?:his |her |the |my |son |le |mon |la )?$"
)
_TOLD = rf"[ ]{_ADVERB}{QUOTE}?[ ]?(?P<name>{NAME})[ ]?{QUOTE}?,?[ \x{{a0}}]\(?{_ON}"
BEFORE_NAMING = Pattern(rf"(?i)(?:^|[^\p{{L}}]){_NAMING}{_TOLD}")
BEFORE_BEING = Pattern(rf"(?i)(?:^|[^\p{{L}}]){_BEING}{_TOLD}")
# On YouTube people search for things; where one writes to people, for people.
BEFORE_SEEKING = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:search(?:ed)?(?: for| up)?|look(?:ed)?(?: up| for)|find|found"
    r"|cherch(?:e|er|ez|\x{e9})|trouv(?:e|er|ez|\x{e9})|typ(?:e|ed)(?: in)?|tap(?:e|er|ez"
    r"|\x{e9}))"
    rf"{_TOLD}"
)
BEFORE_DOING = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:look at|check(?: out)?|regard(?:e|er|ez)|investigate|ban(?:ned)?"
    r"|add(?:ed|s)?"
    r"|ajout(?:e|er|ez|\x{e9})|messag(?:e|ed)|text(?:ed)?"
    r"|dm(?:['\x{2019}]?d|ed)?|follow(?:ed|s)?|writ(?:e|ing)(?: to)?|wrote(?: to)?"
    r"|contact(?:ed|er|e|ez|\x{e9})?|\x{e9}cri(?:s|re|t|vez)(?: \x{e0})?|block(?:ed)?"
    r"|bloqu(?:e|er|\x{e9})|report(?:ed)?|signal(?:e|er|\x{e9})|met|hit up"
    r"|(?:talk|talked|talking|speak|spoke|chat|chatted|chatting)(?: to| with)"
    r"|parl(?:e|ait|er|\x{e9})(?: \x{e0}| avec)|clavard(?:e|ait|er|\x{e9}) avec"
    r"|(?:request|message|dm|msg|text|invite|call)s? from|(?:sent|posted) by"
    r"|(?:message|texto|msg|dm|appel|invitation|demande(?: d['\x{2019}]amiti\x{e9})?)s? de(?: la"
    r" part de)?|(?:envoy|publi)\x{e9}e?s? par)"
    rf"{_TOLD}"
)
BEFORE_SOMEBODY = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:guy|man|dude|woman|girl|boy|person|somebody|someone|friend|player"
    r"|user|account|stranger|kid|gars|gar\x{e7}on|homme"
    r"|femme|fille|personne|ami|amie|joueur|joueuse|utilisateur|utilisatrice|compte"
    r"|quelqu['\x{2019}]un|inconnu|mec|type|monsieur),?"
    rf"{_TOLD}"
)
BEFORE_WRITES = Pattern(
    rf"(?i)(?:^|[.;:!?\n] ?|[ ](?:and|then|but|et|mais|pis|puis|that"
    rf"|que)[ ]){QUOTE}?(?P<name>{NAME})"
    rf"{QUOTE}?[ ](?:dm['\x{{2019}}]?d|messaged|added|keeps|kept|wrote|texted|asked|tried|wants"
    rf"|wanted"
    r"|contacted|followed|started|told|m['\x{2019}]a|ma|l['\x{2019}]a|lui a|nous a|a (?:ajout"
    r"|\x{e9}crit|envoy"
    r"|demand|dm|contact|dit)|(?:n['\x{2019}])?arr\x{ea}te pas|m['\x{2019}]\x{e9}crit"
    r"|lui \x{e9}crit)"
    r"[^.!?\n]*[ ](?:on|over|via|through|sur|par|in|dans)[ ](?:his |her |the |my |son |le "
    r"|mon )?$"
)
BEFORE_ADVERB = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:just|simply|only|plain|simplement|juste|seulement)"
    rf"{_TOLD}"
)
LAST_WORDS = word_set("on over via through sur par in dans from de his her the my son le mon la")
SPACED, FOUND_WORDS = (" ", "'", "\u2019"), word_set("on sur via over in the le")
FULL_OF_THINGS = word_set("youtube tiktok pinterest reddit twitch roblox spotify deviantart")
NAMED, PLAIN, LONG, NEAR = 5, 8, 9, 60
"""How long a word must be after "goes by", after "is", and where it only stands beside."""


def find_told(text: str, named: list[Named], found: list[Found]) -> Iterator[Found]:
    """The plain words that a clause beside a platform makes somebody's name there.

    Where a name close by was given to the platform already, none is looked for.
    """
    if not named:
        return
    places = sorted((one.start, one.platform) for one in found)
    for one in named:
        if not one.is_short and not _has_its_name(one, places):
            listed = len(named) > 1
            span = _after(text, one, is_listed=listed) or _before(text, one, is_listed=listed)
            span = span or owned(text, one)
            if span is not None and not is_of_a_thing(text, span[0], is_plain=True):
                yield from given(text, one.platform, span, "handle.told", 60)


def _has_its_name(one: Named, places: list[tuple[int, str]]) -> bool:
    first = bisect_left(places, (one.start - NEAR, ""))
    last = bisect_left(places, (one.end + NEAR, ""))
    return any(platform == one.platform for _, platform in places[first:last])


def _after(text: str, one: Named, *, is_listed: bool) -> tuple[int, int] | None:
    window = text[one.end : one.end + WINDOW]
    before = text[max(0, one.start - 40) : one.start]
    for pattern, fewest in _patterns(before, is_listed=is_listed):
        match = pattern.search(window)
        if match is None:
            continue
        start, end = (one.end + place for place in match.span("name"))
        there = THERE.search(text[end : end + 30]) is not None
        ends = there or clause_ends(text, end) or TALK_ENDS.search(text[end : end + 12]) is not None
        told = NAMED if pattern is AFTER and match["naming"] else fewest
        told = NAMED + 1 if pattern is AFTER and match["label"] else told
        if ends and may_be_plain(match["name"], told - 2 * (there and told == PLAIN)):
            return start, end
    return None


def _patterns(before: str, *, is_listed: bool) -> Iterator[tuple[Pattern, int]]:
    """The ways of telling that what stands before a platform leaves open, and their least."""
    yield AFTER, PLAIN
    if before[-1:] in "([" and LABEL_IN_BRACKETS.search(before):
        yield AFTER_BRACKET, NAMED
    if before[-1:] in SPACED and LABEL_BEFORE.search(before):
        yield AFTER_IS, NAMED
    last = before[:-1].rpartition(" ")[2].lower() if before[-1:] == " " else ""
    if last in FOUND_WORDS and FOUND_ON.search(before):
        yield AFTER_COMMA, LONG
    if before.rpartition("\n")[2].strip() == "":
        yield AFTER_DOTS, PLAIN
    if is_listed:
        yield AFTER_ADVERB, PLAIN - 1


def _before(text: str, one: Named, *, is_listed: bool) -> tuple[int, int] | None:
    left = max(0, one.start - WINDOW)
    window = text[left : one.start]
    last = window.rstrip(" \u00a0").rpartition(" ")[2].lstrip("(").lower()
    if last not in LAST_WORDS:
        return None
    for pattern, fewest, listed in BEFORE:
        sought = pattern is BEFORE_SEEKING and one.platform in FULL_OF_THINGS
        match = pattern.search(window) if (is_listed or not listed) and not sought else None
        if match is not None and may_be_plain(match["name"], fewest):
            if fewest > NAMED and match["name"][-1] == "s":
                continue  # several: "add classmates on discord"
            start, end = match.span("name")
            return left + start, left + end
    return None


BEFORE = (
    (BEFORE_NAMING, NAMED, False),
    (BEFORE_BEING, PLAIN, False),
    (BEFORE_DOING, PLAIN, False),
    (BEFORE_SEEKING, PLAIN, False),
    (BEFORE_SOMEBODY, PLAIN, False),
    (BEFORE_WRITES, PLAIN, False),
    (BEFORE_ADVERB, PLAIN, True),
)
