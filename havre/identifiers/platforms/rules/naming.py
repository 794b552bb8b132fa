"""Finding names on platforms: "his Snapchat is river.fox88", "@dock_master sur Kik".

First the platforms a text speaks of and the words that look made up; then each such word goes to
the platform that its sentence, or the line of the chat before it, gives it to.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from havre.identifiers.platforms.rules import clauses
from havre.identifiers.platforms.rules.called import is_of_a_thing, is_of_somebody
from havre.identifiers.platforms.rules.candidates import Named, Word, is_cut, words_in
from havre.identifiers.platforms.rules.clauses import comes_next, is_same_clause, is_tied
from havre.identifiers.platforms.rules.handle_words import (
    AFTER,
    APPOSED,
    BEFORE,
    CALLED,
    ENDS_WITH_ON,
    FAR,
    GLUE_BEFORE,
    INTRODUCED,
    JOINED,
    LABEL_AT_END,
    LIST_GLUE,
    NEXT_LINES,
    NOT_NAMES,
    ON,
    ORDINARY,
    QUOTED,
    QUOTED_AS,
    QUOTED_BEFORE,
    SAYS,
    SENTENCE_END,
    SIGN_SAID,
    SPACED,
    SPEAKER_BEFORE,
    SPEAKS,
    SPELLED,
    SURE_INTRO,
    SURE_SHAPE,
    USER,
    WINDOW,
)
from havre.identifiers.platforms.rules.handles import normal_handle
from havre.identifiers.platforms.rules.labelled import labelled
from havre.identifiers.platforms.rules.paying import paid_name
from havre.identifiers.platforms.rules.plain import (
    LONG_WORD,
    ends_there,
    is_everyday,
    is_made_up,
    is_plain_name,
    is_talk,
    named_plainly,
)
from havre.identifiers.platforms.rules.platforms import BY_WORD, PAYMENT
from havre.identifiers.platforms.rules.said import name_said
from havre.identifiers.platforms.rules.shapes import (
    ends_like_a_host,
    has_sure_shape,
    is_a_picture,
    is_only_dotted,
)
from havre.identifiers.rules.gates import Gate, gates_of
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.words import Found, Kind

MARKS_AFTER = frozenset(":=-\u2013\u2014(@>\uff20/")
OPENING_QUOTES = frozenset("\"'\u2018\u201c\u00ab")
SETS_APART = frozenset(',:;\n"\u201c\u00ab(') | {""}
NEAR = 30
BESIDE = 12
SURE = 80
SHORT_ENOUGH_TO_BE_A_WORD = 4

DENIED = Pattern(r"(?i)(?:^|[ ,(])(?:not|pas|isn['\x{2019}]t)[ \x{a0}][\"\x{ab}]?[ \x{a0}]?@?$")
REDDIT = Pattern(r"(?:^|[^A-Za-z0-9/])/?u/$")
Given = tuple[Named | None, int, str]
"""A platform, how sure, and the rule."""


def find_handles(text: str, named: list[Named]) -> Iterator[Found]:
    """The names on platforms in a text; a bare "@name" has no platform."""
    starts, ends = [one.start for one in named], [one.end for one in named]
    answered: set[int] = set()
    last: tuple[int, Given] | None = None
    for word in words_in(text, named):
        before = clauses.not_said_in(text, named, bisect_right(ends, word.start) - 1, word)
        after = bisect_left(starts, word.end)
        previous = named[before] if before >= 0 else None
        following = named[after] if after < len(named) else None
        if following is not None and following.start - word.end > NEXT_LINES:
            following = None
        given = _given_to(text, word, previous, following, is_answered=before in answered)
        if word.weak and (given is None or given[1] < SURE or not _is_weak_name(text, word)):
            continue
        if last is not None and DENIED.search(text[max(0, word.start - 12) : word.start]):
            continue
        if last is not None and (given is None or given[0] is None):
            listed = text[last[0] : word.start].strip(" @\u00a0\"'\u00ab\u00bb")
            given = last[1] if listed in LIST_GLUE else given
        if given is None:
            continue
        last = word.end, given
        platform, sure, rule = given
        if platform is not None and sure > SURE:
            answered.add(before if platform is previous else after)
        yield from _handle(text, platform.platform if platform else "", word, sure, rule)
    for place, one in enumerate(named):
        if place not in answered:
            until = starts[place + 1] if place + 1 < len(starts) else len(text)
            yield from _without_telling_shape(text, one, until, in_a_list=len(answered) > 0)


def find_spaced(text: str, named: list[Named]) -> Iterator[Found]:
    """Names with spaces: gamertags, and what stands in quotation marks after its platform."""
    on_xbox = any(one.platform == "xbox" for one in named) or "amer" in text
    for match in SPACED.finditer(text) if on_xbox else ():
        span = match.span("name")
        yield from _handle(text, "xbox", Word(*span, match["name"]), 80, "handle.spaced")
    if Gate.QUOTED not in gates_of(text):
        return
    for one in named:
        window = text[one.end : one.end + WINDOW]
        quoted = QUOTED.search(window) or QUOTED_AS.search(window)
        if quoted is not None and not one.is_short and not SIGN_SAID.search(quoted["name"]):
            start, end = quoted.span("name")
            said = quoted["name"]
            said = said.replace(" ", "") if SPELLED.fullmatch(said) else said
            said, end = _joined(window, said, end)
            word = Word(one.end + start, one.end + end, said)
            yield from _handle(text, one.platform, word, 75, "handle.quoted")
        apposed = APPOSED.search(window) if quoted is None and not one.is_short else None
        if apposed is not None and not SAYS.search(apposed["between"]):
            start, end = apposed.span("name")
            word = Word(one.end + start, one.end + end, apposed["name"])
            if is_plain_name(word.name) and len(word.name) >= LONG_WORD:
                yield from _handle(text, one.platform, word, 60, "handle.apposed")
        left = max(0, one.start - WINDOW)
        before = text[left : one.start]
        if not one.is_short and ENDS_WITH_ON.search(before[-10:]):
            quoted = QUOTED_BEFORE.search(before)
            spoken = quoted is None or SIGN_SAID.search(quoted["name"]) is not None
            if quoted and not (spoken or _is_speech(before, quoted) or _is_a_title(quoted)):
                start, end = quoted.span("name")
                word = Word(left + start, left + end, quoted["name"])
                yield from _handle(text, one.platform, word, 70, "handle.quoted")


def _joined(window: str, said: str, end: int) -> tuple[str, int]:
    """A name in two pieces with the sign said between them: « river » tiret bas « nine »."""
    more = JOINED.search(window[end:])
    if more is None:
        return said, end
    sign = "_" if more["under"] else "." if more["dot"] else "-"
    return f"{said}{sign}{more['more']}", end + more.span("more")[1]


def _is_speech(before: str, quoted: Match) -> bool:
    """Whether quotation marks hold what somebody said: « Il a écrit : « bonjour », sur Kik »."""
    start = quoted.start()
    said = SPEAKS.search(before[max(0, start - 30) : start]) is not None
    return said and SURE_SHAPE.search(quoted["name"]) is None


def _is_a_title(quoted: Match) -> bool:
    """Whether quotation marks hold several words of every day: a song, a film, what was said."""
    words = quoted["name"].lower().split()
    if clauses.QUOTED_THING.search(quoted.string[: quoted.start()]) and len(words) == 1:
        return words[0].isalpha() and words[0] == quoted["name"]
    return len(words) > 1 and any(is_everyday(word) or word in NOT_NAMES for word in words)


def _given_to(
    text: str, word: Word, previous: Named | None, following: Named | None, *, is_answered: bool
) -> Given | None:
    """The platform a word belongs to, how sure that is, and by which rule; None for no name."""
    if _is_speaker(text, word):
        return None
    like_a_host = is_only_dotted(word) and ends_like_a_host(word)
    given, gap = None, ""
    if previous is not None and word.start - previous.end <= NEXT_LINES:
        gap = text[previous.end : word.start]
        given = _after(gap, word, previous)
    if following is not None and (not word.weak or _is_set_apart(text, word)):
        joined = not like_a_host and not word.weak and _is_joined(text, word, following)
        parted = set(text[word.end : following.start]) & {",", ";"}
        is_told = given is not None and len(parted) > 0
        if given is not None and given[1] <= SURE:
            is_told = is_told and clauses.has_own_after(text, following)
        is_next = gap.strip(" ") in {")", "]"} and not is_answered
        joined = joined and not clauses.is_named_there(text, following)
        tied = (joined and not is_told) or is_tied(text, word, following)
        if tied and not is_next:
            return following, 90, "handle.before-platform"
    if following is None or (given is not None and given[1] > SURE):
        return given or _without_platform(text, word)
    below = gap.strip(" \t\r\n@") == "" and "\n" in gap
    is_free = not below and (given is None or is_answered or not is_same_clause(gap))
    if is_free and not like_a_host and comes_next(text, word, following):
        return following, 70, "handle.next-clause"
    if (given is None or is_answered) and has_sure_shape(word):
        gap = text[word.end : following.start]
        near = len(gap) <= WINDOW and not following.is_short and is_same_clause(gap)
        near = near and not clauses.is_named_there(text, following)
        given = (following, 65, "handle.same-sentence") if near else given
    return given or _without_platform(text, word)


def _is_weak_name(text: str, word: Word) -> bool:
    """Whether a hyphened or quoted word may be a name, and is not what somebody said."""
    said = text[max(0, word.start - 32) : word.start].rstrip('"\u201c\u00ab \u00a0\u202f')
    return is_plain_name(word.name) and SPEAKS.search(said) is None


def _is_set_apart(text: str, word: Word) -> bool:
    """Whether a comma, a quote, a colon or a new line stands before a word."""
    before = text[max(0, word.start - 3) : word.start].rstrip(" \t\u00a0\u202f")
    return before[-1:] in SETS_APART


def _without_platform(text: str, word: Word) -> Given | None:
    """A name that no platform is said of: "@name", or after "username"."""
    if REDDIT.search(text[max(0, word.start - 4) : word.start]):
        return Named(word.start, word.start, "reddit", is_short=False), 80, "handle.reddit"
    if word.sigil == "@":
        return None, 55, "handle.bare"
    introduced = INTRODUCED.search(text[max(0, word.start - 60) : word.start])
    if introduced and not (is_only_dotted(word) and ends_like_a_host(word)):
        return None, 55, "handle.introduced"
    return None


def _after(gap: str, word: Word, platform: Named) -> Given | None:
    """How a word stands to the platform named before it."""
    marked = gap.strip()[:1] in MARKS_AFTER or word.sigil != "" or word.spoken
    labelled = LABEL_AT_END.search(gap) is not None
    telling = has_sure_shape(word) or (is_only_dotted(word) and not ends_like_a_host(word))
    beside = (gap == " " or is_a_picture(gap)) and platform.is_abbreviation and telling
    untold = platform.is_short and (len(gap) > BESIDE or not (marked or labelled or beside))
    if untold or (word.weak and not labelled):
        return None
    if word.alone and not platform.is_short:
        return platform, 65, "handle.own-line"
    is_broken = SENTENCE_END.search(gap.removesuffix("\n")) is not None
    if is_broken or "\n" in gap.strip("\n "):
        far = platform.is_short or not has_sure_shape(word)
        return None if far else (platform, 60, "handle.next-line")
    if len(gap) <= len(" = @") or labelled or word.sigil:
        return platform, 90, "handle.after-platform"
    like_a_host = is_only_dotted(word) and ends_like_a_host(word)
    telling = has_sure_shape(word) or is_only_dotted(word)
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


def _without_telling_shape(
    text: str, one: Named, until: int, *, in_a_list: bool
) -> Iterator[Found]:
    """Plain words said to be names: "Wickr: harbourlight", "goes by harbour on Telegram"."""
    window = text[one.end : min(max(until, one.end), one.end + WINDOW)]
    match = AFTER.search(window) if window[:1] not in {",", ".", ";"} else None
    if match is not None:
        start, stop = (one.end + place for place in match.span("name"))
        told = _told_after(text, one, match, (start, stop))
        if told is not None:
            yield from _handle(text, one.platform, Word(start, stop, match["name"]), *told)
            return
    alone = _plain_word(text, one, in_a_list=in_a_list)
    if alone is not None:
        yield from _handle(text, one.platform, alone[0], 60, alone[1])
        return
    if not one.is_short:
        yield from _further_on(text, one)
        yield from _introduced_before(text, one)


def _further_on(text: str, one: Named) -> Iterator[Found]:
    """A plain word after "username is" or "called" later in the sentence."""
    far = FAR.search(text[one.end : one.end + WINDOW])
    if far is not None:
        start, stop = (one.end + place for place in far.span("name"))
        name = far["name"]
        fits = len(name) >= SHORT_ENOUGH_TO_BE_A_WORD and name.islower() and not is_everyday(name)
        if fits and ends_there(text, stop):
            yield from _handle(text, one.platform, Word(start, stop, name), 60, "handle.further-on")
    called = CALLED.search(text[one.end : one.end + WINDOW])
    told = called and (called["by"] or is_of_somebody(called["between"]))
    if called is not None and told and is_made_up(called["name"]):
        start, stop = (one.end + place for place in called.span("name"))
        yield from _handle(
            text, one.platform, Word(start, stop, called["name"]), 60, "handle.called"
        )


def _introduced_before(text: str, one: Named) -> Iterator[Found]:
    """A plain word that is introduced before "on" and the platform."""
    left = max(0, one.start - WINDOW)
    before = text[left : one.start]
    if not ENDS_WITH_ON.search(before[-10:]):
        return
    match = BEFORE.search(before)
    if match is not None and match["intro"]:
        start, stop = (left + place for place in match.span("name"))
        plain = is_plain_name(text[start:stop]) and stop - start >= LONG_WORD
        is_told = SURE_INTRO.search(match["intro"]) is not None or plain
        is_told = is_told and not is_everyday(text[start:stop])
        if stop - start >= SHORT_ENOUGH_TO_BE_A_WORD and is_told:
            word = Word(start, stop, text[start:stop])
            yield from _handle(text, one.platform, word, 65, "handle.introduced")


def _plain_word(text: str, one: Named, *, in_a_list: bool) -> tuple[Word, str] | None:
    """A plain word, or several said as one, where only a name stands."""
    said = name_said(text, one)
    if said is not None:
        return said, "handle.said"
    paid = paid_name(text, one) if one.platform in PAYMENT else None
    if paid is not None:
        return paid, "handle.paid"
    plain = named_plainly(text, one)
    return (
        (plain, "handle.plain") if plain is not None else labelled(text, one, in_a_list=in_a_list)
    )


def _told_after(
    text: str, one: Named, match: Match, span: tuple[int, int]
) -> tuple[int, str] | None:
    """How a plain word after a platform is said to be a name on it, if it is."""
    name, mark, (start, stop) = match["name"], match["mark"].strip(), span
    if len(name) < SHORT_ENOUGH_TO_BE_A_WORD or ORDINARY.fullmatch(name) or is_everyday(name):
        return None
    glued = mark == "-" and text[one.end : one.end + 2].strip(" ") == text[one.end : one.end + 2]
    untold = is_talk(name) or (mark == "-" and (one.is_short or glued))
    if mark in {":", "=", "-"} and ends_there(text, stop) and not untold:
        return 70, "handle.after-colon"
    if match["what"] and mark and not one.is_short:
        return 65, "handle.after-label"
    user = USER.search(match["what"] + mark) or USER.search(
        text[max(0, one.start - 16) : one.start]
    )
    if user and mark in {"", "as", "sous"} and not one.is_short and is_made_up(name):
        return 60, "handle.user"
    bracket = mark == "(" and text[stop : stop + 1] == ")"
    says = SAYS.search(text[max(0, one.start - 24) : one.start]) is not None
    quoted = text[start - 1 : start] in OPENING_QUOTES and not one.is_short and not says
    return (65, "handle.in-brackets") if bracket or quoted else None


def _handle(text: str, platform: str, word: Word, confidence: int, rule: str) -> Iterator[Found]:
    value = normal_handle(word.name, platform=platform)
    lower = word.name.lower()
    ordinary = lower in NOT_NAMES or (not word.sigil and lower in BY_WORD)
    if value is None or ordinary or word.name.strip("._-").isdecimal():
        return
    if is_cut(text, word.start, word.end):
        return
    if not word.sigil and is_of_a_thing(text, word.start, is_plain=not has_sure_shape(word)):
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
