"""How a name stands to a platform that is named after it, in its clause, the next one or below."""

from collections.abc import Iterator
from dataclasses import replace

from havre.identifiers.platforms.rules.candidates import Named, Word
from havre.identifiers.platforms.rules.handle_words import NAME, SENTENCE_END, SURE_SHAPE
from havre.identifiers.platforms.rules.handles import normal_handle
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, word_set

LINES = 3
NEAR, NEXT, CARD = 45, 60, 90
_IS = (
    r"(?:c['\x{2019}]?[ ]?(?:est|\x{e9}tait)|c|it['\x{2019}]?s|that['\x{2019}]?s|(?:that|this"
    r"|it|which|qui)[ ](?:is|was|est|\x{e9}tait)"
    r"|is|was|est|\x{e9}tait|being|serait|would[ ]be|c['\x{2019}]\x{e9}tait)"
)
_SURE = (
    r"(?:i|je)[ ](?:think|guess|believe|mean|pense|crois|dirais)(?:[ ](?:que|that))?"
    r"|(?:on|il|elle)[ ]m['\x{2019}]a[ ]dit(?:[ ]que)?"
)
_ARTICLE = (
    r"(?:his|her|hers|my|their|your|ur|son|sa|ses|ma|mon|ton|le|la|les|the|un|une|du|de|des|sur"
    r"|on|in|from|for"
    r"|pour|dans|via|what|he|she|il|elle|uses?|utilise|account|compte|name|nom|user(?:name)?"
    r"|handle|pseudo"
    r"|old|new|main|other|probably|probablement|just|juste|also|aussi|only|like|ancien|nouveau"
    r"|vieux|a)"
)
_OPEN = r"[ \t\x{a0}\x{202f}\"'\x{2019}\x{201d}\x{bb})\]*.\x{2026}]*"
IS_ITS = Pattern(
    rf"(?i)^{_OPEN}[,;\x{{2013}}\x{{2014}}\-]?[ \x{{a0}}]*(?:(?:{_SURE})[ ])?{_IS}["
    rf" \x{{a0}}](?:(?:{_SURE}|{_ARTICLE})[ ]){{0,5}}$"
)
THE_ONE = Pattern(rf"(?i)^{_OPEN}[(\[,][ ]?(?:{_IS}[ ])?(?:(?:{_SURE}|{_ARTICLE})[ ]){{1,4}}$")
ONE_ENDS = Pattern(
    r"(?i)^(?:[ ](?:one|account|name|user|app|handle|profile|compte|profil))?[)\],.;]"
)
MARKED = Pattern(
    r"^[ \t\x{a0}\x{202f}\"'\x{2019}\x{201d}\x{bb}*]*(?P<mark>\(|\[|=|->|=>|\x{2192}|\||-"
    r"|\x{2013}|\x{2014})[ ]?$"
)
NEXT_CLAUSE = Pattern(
    rf"(?i)^[\"'\x{{201d}}\x{{bb}})\x{{a0}} ]*[.;,!?\x{{2026}}]+[\"'\x{{201d}}\x{{bb}})]*["
    rf" \x{{a0}}]+"
    rf"(?:(?:and|et|but|mais|oh|ah|ok|oui|yes|yeah|well|enfin|euh|um|uh)[ ,]+)?"
    rf"(?:(?:{_SURE})[ ])?(?:{_IS}[ ](?:(?:{_SURE}|{_ARTICLE})[ ]){{0,4}}|(?:on|sur|dans|in|via"
    rf"|from|for|pour)[ ](?:(?:the|le|la|his|son)[ ])?"
    rf"|(?:the |l['\x{{2019}}]|le |la )?(?:platform|plateforme|app|appli|application|game|jeu"
    rf"|site|service|network"
    rf"|r\x{{e9}}seau),?[ \x{{a0}}]?(?:[:=?]|is|was|est|c['\x{{2019}}]est"
    rf"|c['\x{{2019}}]\x{{e9}}tait)[ ]?)$"
)
_SAID = rf"(?:(?:{_IS}|on|sur|for|pour|my|mon|in|the|le|dans|ok|oh|euh|um|a|mm)[ ])"
_SPEAKER = r"[^\n]{0,30}?[a-z\x{e0}-\x{ff}0-9_)][ ]?[:>\]][ \t]*"
_ASKED = (
    r"(?:[^\n]{0,40}(?:app|where|which|site|platform|o\x{f9}|quel|quelle|what|koi|quoi)"
    r"[^\n]{0,40}\n)?"
)
CHAT_NEXT = Pattern(
    rf"(?i)^[ \t.!?\x{{2026}}\"]*\n{_ASKED}(?:{_SPEAKER}{_SAID}{{0,3}}|{_SAID}{{1,3}})$"
)
ENDS_THERE = Pattern(
    r"(?i)^(?:[ ](?:app|messenger|account|compte))?(?:[ ,\x{a0}]*(?:i (?:mean|think|believe"
    r"|guess)|je (?:veux dire|pense|crois)"
    r"|para\x{ee}t-il|apparemment|apparently|l\x{e0}|la|lol|right|bien s\x{fb}r|of course"
    r"|obviously|too|aussi|btw|tho|haha|mdr|stp|pls))?"
    r"[ \x{a0}]*(?:[.,;!?)\]\n\x{bb}\"\x{2026}]|$)"
)
OWN_NAME = Pattern(
    r"(?i)^[ \x{a0}]?(?:(?:name|account|user ?name|handle|id|compte|pseudo)[ \x{a0}]?)?(?:[:=]["
    r" \x{a0}]?|@|(?:is|est|was|c['\x{2019}]est)[ ])[^\s]"
)
HEADING = Pattern(r"^(?:[ \t]*(?:\n|$)|[ \t]+[\x{b7}\x{2022}|\x{2013}\x{2014}\-])")
LINE_BEGINS = Pattern(r"(?:^|\n)[ \t\"'\x{ab}\x{201c}@]*$")
TOO = Pattern(r"(?i)^ (?:too|aussi|as well|also|\x{e9}galement)")
STOPS = frozenset(",;.)\n|/\"'\u201d\u00bb!?") | {""}
BRACKETS = word_set("( [")


def is_tied(text: str, word: Word, platform: Named) -> bool:
    """Whether "x_9, c'est Kik", "x_9 = kik" or "x_9 (kik)" gives a name to what comes after it."""
    gap, rest = text[word.end : platform.start], text[platform.end : platform.end + 24]
    if len(gap) > NEAR:
        return False
    marked = MARKED.search(gap)
    if marked is not None:
        mark = marked["mark"]
        if mark in BRACKETS and TOO.search(rest) is not None:
            return False
        if mark in BRACKETS:
            return rest[:1] in ")]" or (
                not platform.is_short and rest[:1] in {",", ".", ";", " ", ""}
            )
        stops = rest.lstrip("\u00a0\u202f ")[:1] in STOPS
        return stops and (not platform.is_short or mark not in "-\u2013\u2014")
    if THE_ONE.search(gap) is not None and ONE_ENDS.search(rest) is not None:
        return not platform.is_short
    return (
        IS_ITS.search(gap) is not None and not platform.is_short and OWN_NAME.search(rest) is None
    )


def comes_next(text: str, word: Word, platform: Named) -> bool:
    """Whether the next clause, line of a chat or line of a card names the platform, and ends."""
    gap = text[word.end : platform.start]
    rest = text[platform.end : platform.end + 30]
    if platform.is_short or len(gap) > CARD:
        return False
    if ENDS_THERE.search(rest) is not None:
        pattern = CHAT_NEXT if "\n" in gap else NEXT_CLAUSE
        if len(gap) <= (CARD if pattern is CHAT_NEXT else NEXT) and pattern.search(gap) is not None:
            return True
    below = "\n" in gap and gap.rpartition("\n")[2].strip(" \t\u2022-*") == ""
    begins = LINE_BEGINS.search(text[max(0, word.start - 8) : word.start]) is not None
    return below and begins and HEADING.search(rest) is not None and gap.count("\n") <= LINES


PAIRED = Pattern(
    r"(?i)^(?:[ ]?[/&+,][ ]?|[ ]?,?[ ](?:and|et|pis|puis|n|plus|also|aussi|as well as|ainsi que"
    r"|comme|autant que|and also|et aussi)[ ]"
    r"(?:(?:on|sur|his|son|her|sa|my|mon)[ ])?)$"
)
BOTH_ARE = Pattern(
    r"(?i)^[ \x{a0}]?(?:accounts?|(?:user ?)?names?|handles?|comptes?|pseudos?)?[ \x{a0}]?"
    r"(?:[:=]|(?:is|are|was|were|est|sont|c['\x{2019}]est|cest)"
    r"(?:[ ](?:both|all|the same|tous|les deux|le m\x{ea}me|pareil))?[ ]?[:,]?"
    r"|both|,?[ ](?:he|she|il|elle)(?:['\x{2019}]s|[ ](?:is|est|was)))"
    r"[ \x{a0}]?[\"\x{ab}\x{201c}@]?[ \x{a0}]?$"
)
ON_BOTH = Pattern(
    r"(?i)^[\"\x{bb}\x{201d}]?,?[ \x{a0}](?:(?:everywhere|partout)[ \x{a0}]?[:,(]?[ ]?"
    r"|)(?:(?:on|sur|for|pour|dans)[ ]|)"
    r"(?:(?:both|his|her|the|les deux|my|mon|son)[ ])?$"
)


ITS_OWN = Pattern(r"(?i)(?P<name>[A-Za-z0-9_.\-]+)[ \x{a0}](?:on|sur|via|in|dans)[ \x{a0}]$")
MOST_SAME = 3
_SAME = r"(?:(?:the[ ])?same|(?:le |la |les )?m\x{ea}mes?|mm|pareil|idem|ditto|likewise)"
_NAME = r"(?:user ?)?name|one|user|handle|tag|account|nom|pseudo|compte"
_THING = rf"{_NAME}|thing|chose|affaire"
SAME_BEFORE = Pattern(
    rf"(?i)[ ,.;(]{_SAME}(?:[ ](?:{_THING}))?"
    r"[ ](?:on|sur|for|pour|as|que)[^.;!?]{0,25}$"
)
SAME_AFTER = Pattern(
    rf"(?i)^[ \x{{a0}}]?(?:[:=,(]|is|was|has|it['\x{{2019}}]?s|c['\x{{2019}}]est"
    rf"|est|a)?[ \x{{a0}}]?(?:{_SAME}(?:[ ](?:{_NAME}))?|too|aussi|as well|also)[ ]?(?:[.,;)\n]|$)"
)
# "not the same on Steam", "he said the same thing on Steam".
NOT_SAME = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:not|pas|never|jamais|isn['\x{2019}]t|sa(?:id|ys)|d(?:id|oes|it)|told|asked"
    r"|wrote|fait|\x{e9}crit|demand\x{e9}|sent|envoy\x{e9})[ ](?:(?:her|him|them|me)[ ])?"
    rf"{_SAME}|{_SAME}[ ](?:as|que)[ ](?:always|usual|before|ever|toujours|avant|d['\x{{2019}}]h)"
)
SAME_LINE = Pattern(rf"(?i)^[ \x{{a0}}]?[:=\-\x{{2013}}]?[ \x{{a0}}]?{_SAME}")


def also_on(text: str, named: list[Named], found: Found) -> Iterator[Found]:
    """The same name on platforms said in one breath: "x_9 on Snapchat and Kik", "ig/snap: x_9"."""
    for one in _others(text, named, found):
        value = normal_handle(found.raw, platform=one.platform)
        if value is not None and one.platform != found.platform:
            yield replace(found, value=value, platform=one.platform, rule="handle.also-on")


def _others(text: str, named: list[Named], found: Found) -> list[Named]:
    """The platforms beside the one a name was given to: in one breath, or told to be the same."""
    place = next((n for n, one in enumerate(named) if one.start >= found.start), len(named))
    last, first = place - 1, place
    if last > 0 and _fits(BOTH_ARE, text, named[last].end, found.start):
        while (
            last > 0
            and not _has_own(text, named[last - 1])
            and _fits(PAIRED, text, named[last - 1].end, named[last].start)
        ):
            last -= 1
        return named[last : place - 1]
    if first < len(named) - 1 and _fits(ON_BOTH, text, found.end, named[first].start):
        while first < len(named) - 1 and _fits(
            PAIRED, text, named[first].end, named[first + 1].start
        ):
            first += 1
        is_last_own = OWN_NAME.search(text[named[first].end : named[first].end + 24]) is not None
        if first > place and not is_last_own:
            return named[place + 1 : first + 1]
    return [one for one in named[place : place + MOST_SAME] if _is_same(text, found.end, one)]


def _has_own(text: str, one: Named) -> bool:
    """Whether a platform has its name right before it: "fox_9 sur Instagram pis sur ..."."""
    before = ITS_OWN.search(text[max(0, one.start - NEAR) : one.start])
    return before is not None and SURE_SHAPE.search(before["name"]) is not None


def _is_same(text: str, end: int, one: Named) -> bool:
    gap = text[end : one.start] if one.start - end <= CARD else "\n"
    after = text[one.end : one.end + 24]
    if "\n" in gap:
        return gap.strip(' \t-*\u2022@"') == "\n" and SAME_LINE.search(after) is not None
    if SAME_AFTER.search(after) is not None:
        return True
    return SAME_BEFORE.search(gap) is not None and NOT_SAME.search(gap) is None


def _fits(pattern: Pattern, text: str, start: int, end: int) -> bool:
    return 0 < end - start <= NEXT and pattern.search(text[start:end]) is not None


def is_same_clause(gap: str) -> bool:
    """Whether nothing ends between two words."""
    return SENTENCE_END.search(gap) is None and "\n" not in gap


# "on Steam GriseFlanelle"; "he met fox.31 on Twitch, where the person is called cricketwarmup".
OWN_AFTER = Pattern(rf"^[ \x{{a0}}]@?(?P<name>{NAME})")
NAMED_THERE = Pattern(
    r"(?i)^,?[ ](?:where|(?:and |but )?there|(?:et |mais )?l\x{e0},?|o\x{f9})[ ][^.!?@\n]{0,30}?"
    r"(?:called|named|known as|goes by|went by|(?:his|her|the|whose) (?:user)?name"
    r"|s['\x{2019}]appelle|se nomme|appel\x{e9}e?|nomm\x{e9}e?|son (?:nom|pseudo))[ ]"
)
# "un « concours » sur Twitch" is a thing.
QUOTED_THING = Pattern(
    r"(?i)(?:^|[ ('\x{2019}])(?:un|une|des|les|ces|cette|ce|an?|the|some|this|these|his|her|my|our"
    r"|their|son|sa|ses|mon|ma|mes|notre|leur|leurs|ton|ta)[ \x{a0}]$"
)


def has_own_after(text: str, one: Named) -> bool:
    """Whether a platform has its own name right after it: "fox_9, sur Steam GriseFlanelle"."""
    own = OWN_AFTER.search(text[one.end : one.end + NEXT])
    return own is not None and SURE_SHAPE.search(own["name"]) is not None


def is_named_there(text: str, one: Named) -> bool:
    """Whether who is on a platform is told after it: "on Twitch, where he is called fox_9"."""
    return NAMED_THERE.search(text[one.end : one.end + NEXT]) is not None


def not_said_in(text: str, named: list[Named], place: int, word: Word) -> int:
    """The last platform up to a place that is no part of a name said: "tango, the word tango"."""
    while place > 0 and word.spoken and named[place].is_short:
        said = text[named[place].start : named[place].end].lower()
        if said not in word.name.lower():
            break
        place -= 1
    return place
