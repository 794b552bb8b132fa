"""A name given to a platform, and whether a word that no shape tells may be one."""

from collections.abc import Iterator

from havre.identifiers.aloud.rules.numbers import NUMBER_WORDS
from havre.identifiers.platforms.rules.called import SOMEBODY, THINGS
from havre.identifiers.platforms.rules.candidates import is_cut
from havre.identifiers.platforms.rules.handle_words import (
    NOT_NAMES,
    NOT_TELLING,
    ORDINARY,
    ORDINARY_PARTS,
    SURE_SHAPE,
)
from havre.identifiers.platforms.rules.handles import normal_handle
from havre.identifiers.platforms.rules.plain import (
    PLAIN_ENDINGS,
    SAID_OF_ACCOUNTS,
    STATES,
    is_everyday,
    is_talk,
)
from havre.identifiers.platforms.rules.platforms import BY_WORD
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

FEWEST = 3
DOTTED = Pattern(r"[A-Za-z0-9_]{2,}(?:\.[A-Za-z0-9_]{2,})+")
NEVER = NOT_NAMES | SAID_OF_ACCOUNTS | SOMEBODY | THINGS | NUMBER_WORDS
# Of people, and of what they are: "il est vendeur sur discord".
OF_PEOPLE = ("eur", "eurs", "euse", "trice", "ien", "ienne", "ois", "oise", "ians", "ists", "ers")
ORDINARY_ENDINGS = (*PLAIN_ENDINGS, *STATES, *OF_PEOPLE)


def has_shape(name: str) -> bool:
    """Whether a word looks made up: a sign, a digit, a capital inside, parts with dots."""
    return SURE_SHAPE.search(name) is not None or DOTTED.fullmatch(name) is not None


def may_be_any(name: str) -> bool:
    """Whether a word may be a name where a field or a question says that one stands there."""
    lower = name.lower()
    return (
        len(name) >= FEWEST
        and lower not in NEVER
        and lower not in NOT_TELLING
        and lower not in BY_WORD
        and not name.strip("._-").isdecimal()
        and not ORDINARY.fullmatch(name)
        and not is_everyday(lower)
    )


def may_be_plain(name: str, fewest: int, *, is_sure: bool = False) -> bool:
    """Whether a word in small letters is more likely a name than a word of a sentence.

    One that was asked for may end as adjectives do.
    """
    endings = PLAIN_ENDINGS if is_sure else ORDINARY_ENDINGS
    return (
        len(name) >= fewest
        and name.islower()
        and name.isascii()
        and may_be_any(name)
        and not name.endswith(endings)
        and not ("-" in name and _is_of_words(name))
        and not is_talk(name)
    )


def _is_of_words(name: str) -> bool:
    """Whether a name with hyphens is made of ordinary parts: "laisse-moi", "grand-maman"."""
    parts = name.split("-")
    return not ORDINARY_PARTS.isdisjoint(parts) or all(map(is_everyday, parts))


def given(
    text: str, platform: str, span: tuple[int, int], rule: str, confidence: int = 70
) -> Iterator[Found]:
    """The name at a span, given to a platform; nothing where a letter is joined to it."""
    start, end = span
    raw = text[start:end]
    value = normal_handle(raw, platform=platform)
    alone = stands_alone(text, start, end, not_before="_", not_after="_@")
    if value is not None and alone and not is_cut(text, start, end):
        yield Found(
            kind=Kind.HANDLE, value=value, raw=raw, start=start, end=end,
            confidence=confidence, rule=rule, platform=platform,
        )  # fmt: skip
