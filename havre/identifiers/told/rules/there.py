"""Names told to be "there": "they met on Kik. His user there is fox_9", "son nom là est fox_9"."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handle_words import NAME, NEXT_LINES
from havre.identifiers.platforms.rules.paying import PAYS
from havre.identifiers.platforms.rules.platforms import PAYMENT
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT
from havre.identifiers.rules.words import Found
from havre.identifiers.told.rules.names import given, has_shape, may_be_any, may_be_plain

THERE = Pattern(
    r"(?i)(?:(?:user ?names?|user|handle|tag|nick(?:name)?|pseudo(?:nyme)?|names?|nom"
    r"|identifiant|compte|account|profile?|surnom)[ ](?:on |in )?"
    r"(?:there|l\x{e0}(?:-bas|-dessus)?|dessus)"
    r",?[ ]?(?:is|was|est|\x{e9}tait|c['\x{2019}]est|cest|c|:|=)"
    r"|(?:(?:on |in |over )?there|l\x{e0}(?:-bas|-dessus)?),?[ ](?:(?:he|she|they|il|elle)[ ]?"
    r"(?:is called|['\x{2019}]s called|goes by|s['\x{2019}]appelle|se nomme|se fait appeler)))"
    rf"[ ][\"\x{{ab}}\x{{201c}}]?[ ]?(?P<sign>@?)(?P<name>{NAME})"
)
# "i was dumb on steam, im driftpebble on there", "sur Kik, je suis mossfern là-dessus".
BEFORE_THERE = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:i['\x{2019}]?m|i am|(?:he|she)(?: is|['\x{2019}]s)|hes|shes|goes by"
    r"|go by|called|known as|j?(?:e |['\x{2019}])?suis|chui?s?|(?:il|elle) est|se nomme"
    rf"|[sm]['\x{{2019}}]appelle)[ ](?P<sign>@?)(?P<name>{NAME})[ ](?:on there|l\x{{e0}}[- ]dessus)"
    r"(?:[^\p{L}]|$)"
)
FEWEST, LONG, NEAR = 7, 9, 40


def find_there(text: str, named: list[Named]) -> Iterator[Found]:
    """The names told to be somebody's "there", each given to the platform spoken of last."""
    starts = [one.start for one in named]
    for pattern, fewest in ((THERE, FEWEST), (BEFORE_THERE, LONG)):
        for match in islice(pattern.finditer(text), MOST_IN_ONE_TEXT):
            place = bisect_left(starts, match.start()) - 1
            if place >= 0:
                yield from _told(text, named[place], match, fewest)


def _told(text: str, last: Named, match: Match, fewest: int) -> Iterator[Found]:
    name = match["name"]
    told = has_shape(name) or may_be_plain(name, fewest) or match["sign"] != ""
    near = match.start() - last.end <= NEXT_LINES
    if near and told and may_be_any(name) and _is_meant(text, last):
        yield from given(text, last.platform, match.span("name"), "handle.there", 80)


def _is_meant(text: str, one: Named) -> bool:
    """Whether a platform is one: "wise" is, where somebody pays by it."""
    before = text[max(0, one.start - NEAR) : one.start]
    return not one.is_short or (one.platform in PAYMENT and PAYS.search(before) is not None)
