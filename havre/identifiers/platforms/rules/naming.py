"""Finding names on platforms: "his Snapchat is river.fox88", "@dock_master sur Kik".

First the platforms a text speaks of and the words that look made up; then each such word goes to
the platform that its sentence, or the line of the chat before it, gives it to.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from havre.identifiers.platforms.rules.candidates import Named, Word, words_in
from havre.identifiers.platforms.rules.handle_words import (
    AFTER,
    BEFORE,
    CALLED,
    ENDS_WITH_ON,
    FAR,
    GLUE_BEFORE,
    INTRODUCED,
    LABEL_AT_END,
    LIST_GLUE,
    NEXT_LINES,
    NOT_NAMES,
    ON,
    ORDINARY,
    QUOTED,
    QUOTED_AS,
    QUOTED_BEFORE,
    SENTENCE_END,
    SPACED,
    SPEAKER_BEFORE,
    SURE_SHAPE,
    USER,
    WINDOW,
)
from havre.identifiers.platforms.rules.handles import normal_handle
from havre.identifiers.platforms.rules.platforms import BY_WORD
from havre.identifiers.rules.hosts import COMMON_ENDINGS
from havre.identifiers.rules.scan import Match
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

MARKS_AFTER = frozenset(":=-\u2013\u2014(@>\uff20/")
OPENING_QUOTES = frozenset("\"'\u2018\u201c\u00ab")
NEAR = 30
BESIDE = 12
SURE = 80
LONG_WORD = 9
ORDINARY_ENDINGS = ("able", "ait", "ed", "ent", "er", "ing", "ion", "ions", "ly", "ment", "ments")
SHORT_ENOUGH_TO_BE_A_WORD = 4


Given = tuple[Named | None, int, str]
"""A platform, how sure, and the rule."""


def find_handles(text: str, named: list[Named]) -> Iterator[Found]:
    """The names on platforms in a text; a bare "@name" has no platform."""
    starts, ends = [one.start for one in named], [one.end for one in named]
    answered: set[int] = set()
    last: tuple[int, Given] | None = None
    for word in words_in(text, named):
        before = bisect_right(ends, word.start) - 1
        after = bisect_left(starts, word.end)
        previous = named[before] if before >= 0 else None
        following = named[after] if after < len(named) else None
        given = _given_to(text, word, previous, following)
        if last is not None and (given is None or given[0] is None):
            listed = text[last[0] : word.start].strip(" @\u00a0\"'\u00ab\u00bb")
            given = last[1] if listed in LIST_GLUE else given
        if given is None:
            continue
        last = word.end, given
        platform, sure, rule = given
        if platform is previous and sure > SURE:
            answered.add(before)
        yield from _handle(text, platform.platform if platform else "", word, sure, rule)
    for place, one in enumerate(named):
        if place not in answered:
            until = starts[place + 1] if place + 1 < len(starts) else len(text)
            yield from _without_telling_shape(text, one, until)


def find_spaced(text: str, named: list[Named]) -> Iterator[Found]:
    """Names with spaces: gamertags, and what stands in quotation marks after its platform."""
    on_xbox = any(one.platform == "xbox" for one in named) or "amer" in text
    for match in SPACED.finditer(text) if on_xbox else ():
        span = match.span("name")
        yield from _handle(text, "xbox", Word(*span, match["name"]), 80, "handle.spaced")
    if not any(quote in text for quote in '"\u201c\u00ab'):
        return
    for one in named:
        window = text[one.end : one.end + WINDOW]
        quoted = QUOTED.search(window) or QUOTED_AS.search(window)
        if quoted is not None and not one.is_short:
            start, end = quoted.span("name")
            word = Word(one.end + start, one.end + end, quoted["name"])
            yield from _handle(text, one.platform, word, 75, "handle.quoted")
        left = max(0, one.start - WINDOW)
        before = text[left : one.start]
        if not one.is_short and ENDS_WITH_ON.search(before[-10:]):
            quoted = QUOTED_BEFORE.search(before)
            if quoted is not None:
                start, end = quoted.span("name")
                word = Word(left + start, left + end, quoted["name"])
                yield from _handle(text, one.platform, word, 70, "handle.quoted")


def _given_to(
    text: str, word: Word, previous: Named | None, following: Named | None
) -> Given | None:
    """The platform a word belongs to, how sure that is, and by which rule; None for no name."""
    if _is_speaker(text, word):
        return None
    like_a_host = _is_only_dotted(word) and _ends_like_a_host(word)
    if following is not None and not like_a_host and _is_joined(text, word, following):
        return following, 90, "handle.before-platform"
    given = None
    if previous is not None and word.start - previous.end <= NEXT_LINES:
        given = _after(text[previous.end : word.start], word, previous)
    if given is None and following is not None and _has_sure_shape(word):
        gap = text[word.end : following.start]
        near = len(gap) <= WINDOW and not following.is_short and not SENTENCE_END.search(gap)
        given = (following, 65, "handle.same-sentence") if near else None
    return given or _without_platform(text, word)


def _without_platform(text: str, word: Word) -> Given | None:
    """A name that no platform is said of: "@name", or after "username"."""
    if word.sigil == "@":
        return None, 55, "handle.bare"
    introduced = INTRODUCED.search(text[max(0, word.start - 60) : word.start])
    if introduced and not _is_only_dotted(word):
        return None, 55, "handle.introduced"
    return None


def _after(gap: str, word: Word, platform: Named) -> Given | None:
    """How a word stands to the platform named before it."""
    marked = gap.strip()[:1] in MARKS_AFTER or word.sigil != "" or word.spoken
    labelled = LABEL_AT_END.search(gap) is not None
    if platform.is_short and (len(gap) > BESIDE or not (marked or labelled)):
        return None
    if word.alone and not platform.is_short:
        return platform, 65, "handle.own-line"
    is_broken = SENTENCE_END.search(gap.removesuffix("\n")) is not None
    if is_broken or "\n" in gap.strip("\n "):
        far = platform.is_short or not _has_sure_shape(word)
        return None if far else (platform, 60, "handle.next-line")
    if len(gap) <= len(" = @") or labelled or word.sigil:
        return platform, 90, "handle.after-platform"
    like_a_host = _is_only_dotted(word) and _ends_like_a_host(word)
    telling = _has_sure_shape(word) or _is_only_dotted(word)
    if like_a_host or not telling or len(gap) > WINDOW:
        return None
    return platform, 75, "handle.same-sentence"


def _is_joined(text: str, word: Word, platform: Named) -> bool:
    """Whether "on", "sur" or a bracket ties a word to the platform right after it."""
    gap = text[word.end : platform.start]
    if len(gap) > NEAR:
        return False
    said = gap.strip(" \t\u00a0\u202f\"'\u2019\u201d\u00bb,)*").lower()
    if said in {"(", "[", "-", "\u2013"}:
        rest = text[platform.end : platform.end + 2]
        return (not platform.is_short and rest[:1] in ")],.;") or rest == ""
    words = said.replace("'", " ").replace("\u2019", " ").split()
    return any(one in ON for one in words) and all(one in GLUE_BEFORE for one in words)


def _is_speaker(text: str, word: Word) -> bool:
    """Whether a word only says who speaks in a chat: "[21:05] river_fox: hello"."""
    if word.sigil or text[word.end : word.end + 1] not in {":", ">"}:
        return False
    return SPEAKER_BEFORE.search(text[max(0, word.start - 30) : word.start]) is not None


def _without_telling_shape(text: str, one: Named, until: int) -> Iterator[Found]:
    """Plain words said to be names: "Wickr: harbourlight", "goes by harbour on Telegram"."""
    window = text[one.end : min(max(until, one.end), one.end + WINDOW)]
    match = AFTER.search(window) if window[:1] not in {",", ".", ";"} else None
    if match is not None:
        start, stop = (one.end + place for place in match.span("name"))
        told = _told_after(text, one, match, (start, stop))
        if told is not None:
            yield from _handle(text, one.platform, Word(start, stop, match["name"]), *told)
            return
    far = None if one.is_short else FAR.search(text[one.end : one.end + WINDOW])
    if far is not None:
        start, stop = (one.end + place for place in far.span("name"))
        name = far["name"]
        if len(name) >= SHORT_ENOUGH_TO_BE_A_WORD and name.islower() and _ends_there(text, stop):
            yield from _handle(text, one.platform, Word(start, stop, name), 60, "handle.further-on")
    called = None if one.is_short else CALLED.search(text[one.end : one.end + WINDOW])
    if called is not None and _is_made_up(called["name"]):
        start, stop = (one.end + place for place in called.span("name"))
        yield from _handle(
            text, one.platform, Word(start, stop, called["name"]), 60, "handle.called"
        )
    left = max(0, one.start - WINDOW)
    before = text[left : one.start]
    if one.is_short or not ENDS_WITH_ON.search(before[-10:]):
        return
    match = BEFORE.search(before)
    if match is not None and match["intro"]:
        start, stop = (left + place for place in match.span("name"))
        if stop - start >= SHORT_ENOUGH_TO_BE_A_WORD:
            word = Word(start, stop, text[start:stop])
            yield from _handle(text, one.platform, word, 65, "handle.introduced")


def _told_after(
    text: str, one: Named, match: Match, span: tuple[int, int]
) -> tuple[int, str] | None:
    """How a plain word after a platform is said to be a name on it, if it is."""
    name, mark, (start, stop) = match["name"], match["mark"].strip(), span
    if len(name) < SHORT_ENOUGH_TO_BE_A_WORD or ORDINARY.fullmatch(name):
        return None
    if mark in {":", "=", "-"} and _ends_there(text, stop) and not (one.is_short and mark == "-"):
        return 70, "handle.after-colon"
    if match["what"] and mark and not one.is_short:
        return 65, "handle.after-label"
    user = USER.search(match["what"] + mark) or USER.search(
        text[max(0, one.start - 16) : one.start]
    )
    if user and mark in {"", "as", "sous"} and not one.is_short and _is_made_up(name):
        return 60, "handle.user"
    bracket = mark == "(" and text[stop : stop + 1] == ")"
    quoted = text[start - 1 : start] in OPENING_QUOTES and not one.is_short
    return (65, "handle.in-brackets") if bracket or quoted else None


def _is_made_up(name: str) -> bool:
    """Whether a plain word after "user" is more likely a name than what the user did."""
    return name.islower() and (
        "-" in name or (len(name) >= LONG_WORD and not name.endswith(ORDINARY_ENDINGS))
    )


def _handle(text: str, platform: str, word: Word, confidence: int, rule: str) -> Iterator[Found]:
    value = normal_handle(word.name, platform=platform)
    lower = word.name.lower()
    ordinary = lower in NOT_NAMES or (not word.sigil and lower in BY_WORD)
    if value is None or ordinary or word.name.strip("._-").isdigit():
        return
    if stands_alone(text, word.start, word.end, not_before="_", not_after="_@"):
        yield Found(
            kind=Kind.HANDLE,
            value=value,
            raw=text[word.start : word.end],
            start=word.start,
            end=word.end,
            confidence=confidence,
            rule=rule,
            platform=platform,
        )


def _is_only_dotted(word: Word) -> bool:
    return (
        not word.sigil
        and "." in word.name
        and "_" not in word.name
        and word.name.replace(".", "").isalpha()
    )


def _ends_like_a_host(word: Word) -> bool:
    return word.name.rpartition(".")[2].lower() in COMMON_ENDINGS


def _has_sure_shape(word: Word) -> bool:
    return bool(word.sigil) or word.spoken or SURE_SHAPE.search(word.name) is not None


def _ends_there(text: str, end: int) -> bool:
    rest = text[end : end + 4].lstrip(" \t\u00a0")
    return not rest or rest[0] in ".,;)\n\r!?\u00bb\"'\u2019\u201d(|/"
