"""Names with hyphens that write from a blog: "my Tumblr is quiet, so when lantern-moth asked"."""

from collections.abc import Iterator

from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found
from havre.identifiers.told.rules.names import given, may_be_plain

WINDOW, FEWEST = 120, 9
WRITES = Pattern(
    r"(?:^|[ ,:(\x{ab}\"])(?P<name>[a-z0-9]{2,20}(?:-[a-z0-9]{2,20}){1,4})[\"\x{bb}]?,?[ \x{a0}]"
    r"(?:(?:who |which |qui )?(?:just |then )?(?:asked|asks|asking|wrote|writes|writing|messaged"
    r"|messages|keeps|kept|sent|sends|replied|replies|reblogged|reblogs|liked|likes|followed"
    r"|follows|wants|wanted|said|says)|(?:qui )?(?:m['\x{2019}]|lui |nous |l['\x{2019}]|leur )?"
    r"(?:a (?:\x{e9}crit|demand|envoy|aim|suivi)|\x{e9}crit|demande|envoie|veut|voulait))"
)


def find_blogs(text: str, named: list[Named]) -> Iterator[Found]:
    """The blogs with hyphens in their names that do something where Tumblr is spoken of."""
    for one in named:
        if one.platform != "tumblr":
            continue
        match = WRITES.search(text[one.end : one.end + WINDOW].partition("\n")[0])
        if match is not None and may_be_plain(match["name"], FEWEST):
            start, end = (one.end + place for place in match.span("name"))
            yield from given(text, "tumblr", (start, end), "handle.blog", 60)
