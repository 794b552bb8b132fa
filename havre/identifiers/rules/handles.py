"""Names on platforms: "his Snapchat is river.fox88", "@dock_master sur Kik", "IG: tundra.swan"."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import re2

from havre.identifiers.rules.handle_words import (
    AFTER,
    BARE_AT,
    BEFORE,
    FAR,
    NOT_NAMES,
    PLATFORM,
    TELLING,
    TIME_OR_ORDINAL,
    WINDOW,
)
from havre.identifiers.rules.platforms import (
    BY_ID,
    BY_WORD,
    SHORT_WORDS,
    folded,
    platform_id,
    profile_of,
)
from havre.identifiers.rules.spans import stands_alone
from havre.identifiers.rules.urls import normal_url
from havre.identifiers.rules.words import Found, Kind

LONGEST = 128
FEWEST_CHARACTERS = 2
FEWEST_WITHOUT_A_MARK = 4

OUTSIDE = " \t\r\n@:'\"\u2018\u2019\u201c\u201d\u00ab\u00bb\u00a0\u202f`<>()[]"
AFTER_A_NAME = ".,;!?"
CONTROL = re2.compile(r"[\p{Cc}\p{Cf}]")
LOOKS_LIKE_AN_ADDRESS = re2.compile(r"(?i)^(?:https?://|www\.|[a-z0-9.\-]+\.[a-z]{2,6}/)")


def normal_handle(value: str, *, platform: str = "") -> str | None:
    """The form "platform:name", the name as that platform compares it; None when there is none.

    A profile's address is the name it shows. A platform named in the value itself wins over
    `platform`. A name without a platform is ":name".
    """
    said = unicodedata.normalize("NFC", value).strip()
    if LOOKS_LIKE_AN_ADDRESS.search(said):
        profile = profile_of(normal_url(said) or "")
        if profile is not None and profile[0] is Kind.HANDLE:
            return f"{profile[1]}:{folded(profile[1], profile[2])}"
    owner, name = _owner_and_name(said, platform)
    name = unicodedata.normalize("NFC", _bare(folded(owner, _bare(name))))
    if not name or len(name) > LONGEST or CONTROL.search(name):
        return None
    return f"{owner}:{name}"


def normal_account(value: str, *, platform: str = "") -> str | None:
    """The form "platform:number" of an account, the number exactly as the platform gave it."""
    said = unicodedata.normalize("NFC", value).strip()
    profile = profile_of(normal_url(said) or "") if LOOKS_LIKE_AN_ADDRESS.search(said) else None
    if profile is not None and profile[0] is Kind.ACCOUNT:
        return f"{profile[1]}:{profile[2]}"
    owner, number = _owner_and_name(said, platform)
    number = " ".join(number.split()).lstrip(":").strip()
    return (
        f"{owner}:{number}" if 0 < len(number) <= LONGEST and not CONTROL.search(number) else None
    )


def find_handles(text: str) -> Iterator[Found]:
    """The names on platforms in a text, the surest first; a bare "@name" has no platform."""
    named = [
        match.span()
        for match in PLATFORM.finditer(text)
        if stands_alone(text, *match.span(), not_before="@_./-", not_after="_@")
    ]
    later: list[Found] = []
    previous_end = 0
    for (start, end), (next_start, _) in pairwise([*named, (len(text), len(text))]):
        word = text[start:end].lower()
        if not (word == "x" and text[start:end] == "x"):
            before = text[max(previous_end, start - WINDOW) : start]
            after = text[end : min(max(next_start, end), end + WINDOW)]
            sure = list(_found_after(text, word, end, after))
            yield from sure
            if not sure:
                yield from _found_before(text, word, start, before)
                later.extend(_found_far(text, word, end, after))
        previous_end = end
    yield from later
    for match in BARE_AT.finditer(text):
        start, end = match.span(BARE_AT.groupindex["name"])
        if stands_alone(text, start - 1, end, not_before="_.-@/", not_after="@_"):
            yield from _handle(text, "", (start, end), 55, "handle.bare")


def handle_from_address(found: Found) -> Found | None:
    """The handle or account that a found web address is the page of, or None."""
    profile = profile_of(found.value)
    if profile is None:
        return None
    kind, platform, name = profile
    value = f"{platform}:{folded(platform, name) if kind is Kind.HANDLE else name}"
    return Found(
        kind=kind,
        value=value,
        raw=found.raw,
        start=found.start,
        end=found.end,
        confidence=95,
        rule=f"{kind}.address",
        platform=platform,
    )


def _found_after(text: str, word: str, end: int, window: str) -> Iterator[Found]:
    """After its platform: "Snapchat: river.fox88", "Discord user moosejaw#4821"."""
    match = AFTER.search(window)
    if match is None:
        return
    name, mark = match["name"], match["mark"].strip()
    start, stop = (end + place for place in match.span(AFTER.groupindex["name"]))
    told = bool(match["sigil"]) or match["what"] != "" or mark in {":", "=", "is", "was", "est"}
    if word in SHORT_WORDS and not (match["sigil"] or mark in {":", "=", "-", "\u2013", "\u2014"}):
        return
    if word == "x" and not match["sigil"]:
        return
    if match["sigil"] or _is_telling(name, dots=told or mark != ""):
        yield from _handle(text, word, (start, stop), 90, "handle.after-platform")
    elif mark in {":", "="} and _ends_there(window, stop - end) and name.isascii():
        yield from _handle(text, word, (start, stop), 70, "handle.after-colon")
    elif match["what"] != "" and mark != "":
        yield from _handle(text, word, (start, stop), 65, "handle.after-label")


def _found_before(text: str, word: str, start: int, window: str) -> Iterator[Found]:
    """Before its platform: "@dock_master on Kik", "goes by harbour on Kik"."""
    match = BEFORE.search(window)
    if match is None or (word in SHORT_WORDS and not match["sigil"]):
        return
    left = start - len(window)
    first, last = (left + place for place in match.span(BEFORE.groupindex["name"]))
    if match["sigil"] or _is_telling(match["name"], dots=True):
        yield from _handle(text, word, (first, last), 90, "handle.before-platform")
    elif match["intro"] != "":
        yield from _handle(text, word, (first, last), 65, "handle.introduced")


def _found_far(text: str, word: str, end: int, window: str) -> Iterator[Found]:
    """Further on in the sentence: "in Roblox, he was xX_IceHawk_Xx"."""
    match = FAR.search(window)
    if match is None or word in SHORT_WORDS:
        return
    if match["sigil"] or _is_telling(match["name"], dots=True):
        start, stop = (end + place for place in match.span(FAR.groupindex["name"]))
        yield from _handle(text, word, (start, stop), 75, "handle.same-sentence")


def _handle(
    text: str, word: str, span: tuple[int, int], confidence: int, rule: str
) -> Iterator[Found]:
    start, end = span
    name = text[start:end]
    platform = BY_WORD.get(" ".join(word.split()), "")
    value = normal_handle(name, platform=platform)
    too_short = len(name) < FEWEST_CHARACTERS or name.strip("._-").isdigit()
    if value is None or too_short or name.lower() in NOT_NAMES:
        return
    if stands_alone(text, start, end, not_before="_", not_after="_@"):
        yield Found(
            kind=Kind.HANDLE,
            value=value,
            raw=name,
            start=start,
            end=end,
            confidence=confidence,
            rule=rule,
            platform=platform,
        )


def _is_telling(name: str, *, dots: bool) -> bool:
    """Whether a word looks like a made-up name: a digit, an underscore, capitals inside."""
    if len(name) < FEWEST_WITHOUT_A_MARK or TIME_OR_ORDINAL.fullmatch(name):
        return False
    return TELLING.search(name) is not None or (dots and "." in name.strip("."))


def _ends_there(window: str, end: int) -> bool:
    rest = window[end:].lstrip(" \t\u00a0")
    return not rest or rest[0] in ".,;)\n\r!?\u00bb\"'\u2019\u201d"


def _owner_and_name(said: str, platform: str) -> tuple[str, str]:
    """Whose name it is, as said in front of it or beside it, and the rest."""
    given = platform_id(platform)
    prefix, colon, rest = said.partition(":")
    if colon and prefix.strip().lower() == given:
        return given, rest
    if colon and prefix.strip().lower() in BY_ID:
        return prefix.strip().lower(), rest
    return given, said


def _bare(name: str) -> str:
    """The name without quotes, "@" or the sentence's punctuation around it."""
    name = " ".join(name.split())
    while True:
        shorter = name.strip(OUTSIDE).rstrip(AFTER_A_NAME)
        if shorter == name:
            return name
        name = shorter
