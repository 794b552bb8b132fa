"""Two names told in the order of two platforms: "Kik/Snap: fox_9 / fox.9"."""

from collections.abc import Iterator
from itertools import pairwise

from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handle_words import NAME, QUOTE
from havre.identifiers.rules.gates import Gate, gates_of
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.words import Found
from havre.identifiers.told.rules.names import given, has_shape, may_be_any

WINDOW, NEAR = 110, 16
_JOIN = r"(?:[ ]?[/&+,|][ ]?|,?[ ](?:and|et|pis|puis|then|n|and then)[ ])"
JOIN = Pattern(
    rf"(?i)^{_JOIN}(?:(?:on|sur|his|son|her|the second(?: one)? on|la deuxi\x{{e8}}me sur)[ ])?$"
)
_ONE = rf"@?{QUOTE}?(?P<one>{NAME}){QUOTE}?"
_TWO = rf"{_ONE}{_JOIN}@?{QUOTE}?(?P<two>{NAME}){QUOTE}?"
AFTER = Pattern(
    r"(?i)^(?:[ ]?\?{0,2}[ ]*\n[^\n:>]{0,24}[:>][ ])?[ \x{a0}]?(?:accounts?|user ?names?|names?"
    r"|handles?|comptes?|pseudos?)?[ \x{a0}]?"
    rf"(?:[:=]|\n[^\n:>]{{0,24}}[:>][ ]|(?:is|are|was|were|sont|est|\x{{e9}}taient"
    rf"|c['\x{{2019}}]est)[ ])[ ]?{_TWO}(?:[ ,.;)\n]|$)"
)
BEFORE = Pattern(
    rf"(?i)(?:^|[ :\n\"\x{{ab}}(]){_TWO}(?:,?[ ](?:on|sur|for|pour|are (?:his )?(?:on )?"
    rf"|sont (?:son )?)|[ ]?[(\[=:]|,[ ]"
    r"(?:the first(?: one)? (?:on|is)|respectively(?: on)?|respectivement(?: sur)?|(?:le"
    r"|la) premi(?:er|\x{e8}re) sur))[ ]?$"
)


def find_pairs(text: str, named: list[Named]) -> Iterator[Found]:
    """Two names beside two platforms, each to its own by their order."""
    for first, second in pairwise(named):
        if second.start - first.end > NEAR * 2 or first.platform == second.platform:
            continue
        between = text[first.end : second.start]
        if JOIN.search(between) is None and SECOND.search(between) is None:
            continue
        match, left = AFTER.search(text[second.end : second.end + WINDOW]), second.end
        if match is None:
            left = max(0, first.start - WINDOW)
            match = BEFORE.search(text[left : first.start])
        if match is not None and _are_names(match):
            for one, name in ((first, "one"), (second, "two")):
                start, end = (left + place for place in match.span(name))
                yield from given(text, one.platform, (start, end), "handle.paired", 85)


# "OursEnBas et OursEnHaut. Les deux sur PlayStation".
ON_BOTH = Pattern(
    r"(?i)[.;,!?:\x{2013}\x{2014}][ \x{a0}](?:(?:tous |toutes )?(?:les )?deux|both"
    r"(?: of them| names| accounts)?|ces deux (?:comptes|pseudos|noms)|(?:the|these) two"
    r"(?: names| accounts)?)(?:[ ](?:sont|\x{e9}taient|are|were))?[ ](?:on|sur)[ ]$"
)
ONE = Pattern(rf"(?:^|[^\p{{L}}\p{{N}}@_.\-])@?(?P<name>{NAME})")
BOTH = 2


def find_on_both(text: str, named: list[Named]) -> Iterator[Found]:
    """Two names, and then the platform that both are on."""
    if Gate.BOTH not in gates_of(text):
        return
    for place, one in enumerate(named):
        left = max(0, one.start - WINDOW * 2, named[place - 1].end if place else 0)
        said = ON_BOTH.search(text[left : one.start])
        if said is None:
            continue
        told = text[left : left + said.start()]
        begins = max(told.rfind(end) for end in (". ", "! ", "? ", "\n")) + 1
        spans = [
            tuple(left + begins + place for place in match.span("name"))
            for match in ONE.finditer(told[begins:])
            if has_shape(match["name"]) and may_be_any(match["name"])
        ]
        if len(spans) == BOTH:
            for start, end in spans:
                yield from given(text, one.platform, (start, end), "handle.on-both", 75)


SECOND = Pattern(
    r"(?i)^,?[ ](?:and )?(?:the (?:second|other)(?: one)?(?: is)?|l['\x{2019}]autre|(?:le"
    r"|la) (?:deuxi\x{e8}me|second|seconde))[ ](?:on |sur )?$"
)


def _are_names(match: Match) -> bool:
    names = match["one"], match["two"]
    return all(map(may_be_any, names)) and any(map(has_shape, names)) and names[0] != names[1]
