"""Plain words told to be the name of somebody's account: "lunerousse, c'est son snap"."""

from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handle_words import NAME, POSSESSIVE, QUOTE, WINDOW
from havre.identifiers.platforms.rules.plain import clause_ends
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.told.rules.names import may_be_plain

PLAIN, SURE = 8, 6
_WHAT = (
    r"(?:user ?names?|user|handle|screen ?name|nick(?: ?name)?|name|pseudo(?:nyme)?|identifiant"
    r"|nom"
    r"|acc|acct|account|profile|page|channel|compte|profil|cha\x{ee}ne|tag|login|usager)"
)
_IS = (
    r"(?:is|was|used to be|might be|may be|could be|should be|would be|must be|has to be|est"
    r"|\x{e9}tait|serait|doit \x{ea}tre|c['\x{2019}]est|c['\x{2019}]\x{e9}tait|cest|c|=|:"
    r"|goes by)"
)
# "his snap used to be lunerousse", "son snap cest lunerousse svp".
AFTER_OWNED = Pattern(rf"(?i)^(?:[ ]{_WHAT})?[ ]?{_IS}[ ]{QUOTE}?(?P<name>{NAME})")
# "the snap is spelled lunerousse", "snap avec le pseudo lunerousse".
AFTER_CALLED = Pattern(
    rf"(?i)^(?:[ ]{_WHAT})?,?[ ](?:(?:is|was|qui|that is|that['\x{{2019}}]s|it['\x{{2019}}]s|hes"
    rf"|he['\x{{2019}}]s)[ ])?"
    r"(?:spelled|written|saved as|saved under|s['\x{2019}]\x{e9}crit|\x{e9}crit|(?:il "
    r"|elle )?s['\x{2019}]est (?:nomm|appel)\x{e9}e?"
    rf"|(?:with|under|by|using|avec|sous|par) (?:the |a |his |her |le |un |son "
    rf"|ton )?{_WHAT}(?: of| de| is|:)?|under|sous"
    rf"|using|called|named|nomm\x{{e9}}e?|appel\x{{e9}}e?)[ ]{QUOTE}?(?P<name>{NAME})"
)
# "his discord and his name there was lunerousse", "a message from lunerousse", "namely lunerousse".
AFTER_HIS = Pattern(
    rf"(?i)^(?:,?[ ](?:and|n|et|where|o\x{{f9}})[ ](?:his|her|their|son|the"
    rf"|le)[ ]{_WHAT}(?:[ ](?:there"
    rf"|on there|l\x{{e0}}|l\x{{e0}}-bas|l\x{{e0}}-dessus))?[ ]{_IS}|(?:[ ](?:got|received"
    rf"|a re\x{{e7}}u))?(?:[ ](?:a|an|un"
    r"|une))?[ ](?:msg|message|dm|request|follow|texto|demande|invitation|notification"
    r"|call)s?[ ](?:from|de|by)"
    r"|,?[ ](?:and|so|pis|et|n)[ ](?:i|he|she|j['\x{2019}]|je|il|elle)[ ]?(?:said|ai dit|a dit"
    r"|(?:told|gave) (?:him|her|them|me)|(?:lui|leur|m['\x{2019}]) ?(?:ai|a) (?:dit|donn\x{e9}))"
    rf"|,?[ ](?:namely|soit|\x{{e0}} savoir|i\.e\."
    rf"|c['\x{{2019}}]est-\x{{e0}}-dire))[ ]{QUOTE}?(?P<name>{NAME})"
)
# "has a YouTube and comments on every video as lunerousse".
AFTER_DOING = Pattern(
    r"(?i)^[^.!?\n]*?[ ](?:comments?|commented|posts?|posted|talks?|chats?|writes?"
    r"|signs?(?: in)?|logs? in|commente|publie|\x{e9}crit|signe|parle|clavarde)"
    rf"(?:[ ][^.!?\n]*?)?[ ](?:as|under|sous(?: le nom(?: de)?)?|comme)[ ]{QUOTE}?(?P<name>{NAME})"
)
# All that a line says: "Instagram lunerousse", "lunerousse, Instagram".
AFTER_ON_ITS_LINE = Pattern(rf"^(?:[ ](?:-[ ]|\[)?(?P<name>{NAME})\]?)[.! ]*(?:\n|$|[ ]-)")
ON_ITS_LINE = Pattern(rf"(?:^|\n)[ ]*(?P<name>{NAME})[ ]?(?:,|:|-|\x{{2013}}|\x{{2014}}|/)[ ]?$")
LINE_BEGINS = Pattern(
    r"(?i)(?:^|\n)[ ]*(?:(?:compte|account|profile?|objet|subject|re|user)[ :]{1,3}){0,3}$"
)
REST_OF_LINE = Pattern(r"^[.! ]*(?:\n|$)")
# "her Snapchat handle, lunerousse, is not private".
AFTER_APPOSED = Pattern(rf"(?i)^[ ]{_WHAT},[ ]{QUOTE}?(?P<name>{NAME}){QUOTE}?[,.]")
AFTER_LABELLED = Pattern(rf"^[ ]{QUOTE}?(?P<name>{NAME}){QUOTE}?[ ]?(?:[.,;!?\n)]|$)")
LABEL_RIGHT_BEFORE = Pattern(
    rf"(?i)(?:^|[^\p{{L}}]){_WHAT}[ ](?:de |d['\x{{2019}}]|of |on |sur )?$"
)
# "lunerousse is his snap", "c'est lunerousse son snap", "lunerousse, that's the snap".
_OWN = r"(?:(?:his|her|my|the|their|ur|your|son|mon|ton|le|leur|sa)[ ])"
IS_OWN = Pattern(
    rf"(?i)(?:(?:^|[.;:!?,\n(][ ]?)(?:it['\x{{2019}}]s |its |c['\x{{2019}}]est |cest |oui |yes "
    rf"|ok )?{QUOTE}?(?P<name>{NAME}){QUOTE}?"
    rf"[ ]?(?:,?[ ](?:is|was|c['\x{{2019}}]est|cest|c|that['\x{{2019}}]s|thats|it['\x{{2019}}]s"
    rf"|its|\x{{e9}}tait)[ ]{_OWN}"
    rf"|[ ]?(?:=|->|<-|\x{{2190}})[ ]?{_OWN}?))$"
)
OWN_AFTER = Pattern(
    rf"(?i)(?:^|[^\p{{L}}])(?:c['\x{{2019}}]est|cest|it['\x{{2019}}]s"
    rf"|its)[ ]{QUOTE}?(?P<name>{NAME}){QUOTE}?,?[ ]{_OWN}$"
)
# "the user is lunerousse and it's on snap", "pseudo lunerousse, appli snap".
LABEL_THEN_ON = Pattern(
    rf"(?i)(?:^|[^\p{{L}}]){_WHAT}[ ]?(?:(?:is|was|est|\x{{e9}}tait|c['\x{{2019}}]est|cest|c|:"
    rf"|=)[ ])?[ ]?{QUOTE}?(?P<name>{NAME}){QUOTE}?"
    r",?[ ](?:(?:and |et |n )?(?:it['\x{2019}]s |its |c['\x{2019}]est |cest |it is "
    r"|that['\x{2019}]s )?"
    r"(?:(?:on|sur|de|from|of|in|dans|via)(?: (?:the|l['\x{2019}]|la))?[ ]?(?:app |appli "
    r"|application )?"
    r"|(?:the )?(?:app|appli|application|platform|plateforme|site|service)(?:[ ]?[:=]| is| est"
    r"|)[ ]))$"
)
ENDS = Pattern(
    r"(?i)^(?:[ ](?:account|user|name|handle|compte|btw|svp|pls|lol|now|too|aussi))?[ ]?"
    r"(?:[.,;!?)\n]|$|[ ](?:and|et|but|mais|pis|if|si)\b)"
)


AS = Pattern(r"(?i)[ ](?:as|under|sous|comme)[ ]")


def owned(text: str, one: Named) -> tuple[int, int] | None:
    """Where the plain word stands that is told to be somebody's name on a platform, if any."""
    window = text[one.end : one.end + WINDOW]
    left = max(0, one.start - WINDOW)
    before = text[left : one.start]
    span = _after(text, one, window, before)
    if span is not None:
        return span
    alone = REST_OF_LINE.search(window) is not None and ON_ITS_LINE.search(before)
    if alone and may_be_plain(alone["name"], PLAIN):
        start, end = alone.span("name")
        return left + start, left + end
    is_end = ENDS.search(text[one.end : one.end + 16]) is not None
    for pattern, needs_end in ((IS_OWN, True), (OWN_AFTER, True), (LABEL_THEN_ON, False)):
        match = pattern.search(before) if is_end or not needs_end else None
        if match is not None and may_be_plain(match["name"], PLAIN):
            start, end = match.span("name")
            return left + start, left + end
    return None


def _after(text: str, one: Named, window: str, before: str) -> tuple[int, int] | None:
    owner = POSSESSIVE.search(before[-24:]) is not None
    label = not owner and LABEL_RIGHT_BEFORE.search(before[-32:]) is not None
    ways = [(AFTER_CALLED, SURE, True), (AFTER_APPOSED, SURE, False), (AFTER_HIS, PLAIN, False)]
    ways += [(AFTER_DOING, SURE + 3, True)] if AS.search(window) else []
    ways += [(AFTER_ON_ITS_LINE, PLAIN, False)] if LINE_BEGINS.search(before) else []
    ways += [(AFTER_OWNED, PLAIN, False)] if owner or label else []
    ways += [(AFTER_LABELLED, PLAIN, False)] if label else []
    for pattern, fewest, must_end in ways:
        match = pattern.search(window)
        if match is None or not may_be_plain(match["name"], fewest):
            continue
        start, end = (one.end + place for place in match.span("name"))
        if not must_end or clause_ends(text, end):
            return start, end
    return None
