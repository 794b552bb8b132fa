"""Pages said aloud with their path: "red dash sun dot example slash enter"."""

from collections.abc import Iterator
from itertools import islice

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS, number_said
from havre.identifiers.rules.emails import without_accents
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind, word_set
from havre.identifiers.web.rules.hosts import COMMON_ENDINGS, ENDINGS
from havre.identifiers.web.rules.urls import normal_url

_DOT = r"(?:,? (?:dot|point),? |\.|[\[(] ?(?:dot|point|\.) ?[\])])"
_DASH = r"(?:,? (?:dash|hyphen|tiret|trait d['\x{2019}]union),? |-)"
_SLASH = (
    r"(?:,? (?:forward )?(?:slash|barre oblique|barre),? |[\[(] ?(?:slash|/|barre oblique) ?[\])]"
    r"|/)"
)
_WORD = r"[0-9A-Za-z\x{c0}-\x{ff}]+"
_UNDER = r"(?:,? (?:underscore|tiret bas|soulign\x{e9}),? |_)"
_PART = rf"(?:(?:at|arr?obase) |@)?{_WORD}(?:(?:{_DASH}|{_UNDER}){_WORD})*(?:[ ]\d+)?"
PAGE = Pattern(
    rf"(?i)(?:(?:h ?t ?t ?p ?s?|https?) ?(?:colon|deux[ -]points|:) ?(?:slash slash|/ ?/|//) ?)?"
    rf"(?P<host>(?:w w w{_DOT})?{_WORD}(?:{_DASH}{_WORD})*(?:{_DOT}{_WORD}(?:{_DASH}{_WORD})*)+)"
    rf"(?P<path>(?:{_SLASH}{_PART})+)"
)
# "https : // red-sun . example / enter", and the same letter by letter.
SPACED = Pattern(
    r"(?i)\bhttps? ?: ?/ ?/ ?(?P<host>[0-9a-z\-]+(?: \. ?[0-9a-z\-]+)+)"
    r"(?P<path>(?: ?/ ?[0-9a-z_.\-]*[0-9a-z_\-])*)"
)
BY_LETTERS = Pattern(
    r"(?i)\bh t t p (?:s )?: / / (?P<host>[0-9a-z](?: [0-9a-z.\-])+)(?P<path>(?: / [0-9a-z]"
    r"(?: [0-9a-z_.\-])*)*)(?:[^0-9A-Za-z]|$)"
)
SAID = Pattern(r"(?i)\b(?:slash|barre)\b")
SIGNS = (
    (Pattern(r"(?i)\b(?:at|arr?obase) "), "@"),
    (Pattern(rf"(?i){_SLASH}"), "/"),
    (Pattern(rf"(?i){_DOT}"), "."),
    (Pattern(rf"(?i){_UNDER}"), "_"),
    (Pattern(rf"(?i){_DASH}"), "-"),
)
NO_ACCENTS = Pattern(r"(?i)(?:pas|sans|no|without) (?:d['\x{2019}]|les |any |the )?accents?")
AT_BEFORE = Pattern(r"(?i)(?:@|\bat|arr?obase?|\bchez|\x{e0}|\)) ?$")
LEADING = word_set("le la the a un une site sur at on au is it c est")
WINDOW, LONGEST = 120, 300


def find_said_pages(text: str) -> Iterator[Found]:
    """The web addresses whose path is said aloud, "slash" for its sign."""
    for match in islice(PAGE.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span()
        long = end - start > LONGEST or SAID.search(match.group()) is None
        if long or AT_BEFORE.search(text[max(0, start - 10) : start]):
            continue
        host, path = _signed(match["host"]), _signed(match["path"])
        path = "/".join(_in_figures(part) for part in path.split("/"))
        if NO_ACCENTS.search(text[end : end + WINDOW]) is not None:
            path = without_accents(path)
        value = normal_url(f"{host}{path}")
        fits = (
            host.rpartition(".")[2].lower() in ENDINGS | COMMON_ENDINGS
            and host.partition(".")[0] not in LEADING
        )
        if value is not None and fits and stands_alone(text, start, end, not_before="@_-."):
            yield Found(
                kind=Kind.URL, value=value, raw=match.group(), start=start, end=end,
                confidence=75, rule="url.page-aloud",
            )  # fmt: skip


def find_spaced_pages(text: str) -> Iterator[Found]:
    """The web addresses with spaces put in to hide them: "https : // red-sun . example"."""
    for pattern in (SPACED, BY_LETTERS):
        for match in islice(pattern.finditer(text), MOST_IN_ONE_TEXT):
            start, end = match.start(), max(match.span("path")[1], match.span("host")[1])
            host, path = match["host"].replace(" ", ""), match["path"].replace(" ", "")
            usual = host.rpartition(".")[2].lower() in ENDINGS | COMMON_ENDINGS
            value = normal_url(f"{host}{path}") if usual and end - start <= LONGEST else None
            if value is not None:
                yield Found(
                    kind=Kind.URL, value=value, raw=text[start:end], start=start, end=end,
                    confidence=75, rule="url.spaced",
                )  # fmt: skip


def _signed(said: str) -> str:
    for pattern, sign in SIGNS:
        said = pattern.sub(sign, said)
    return said.replace(" ", "")


def _in_figures(part: str) -> str:
    return number_said([part.lower()]) if part.lower() in NUMBER_WORDS else part
