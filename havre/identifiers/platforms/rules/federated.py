"""Names that carry their server: "@heron@social.example.org", "@heron:hs.example.org"."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handle_words import LABEL_AT_END
from havre.identifiers.platforms.rules.handles import normal_handle
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind, word_set
from havre.identifiers.web.rules.hosts import ENDINGS

FEDERATED = word_set("mastodon pixelfed lemmy misskey pleroma peertube")
_NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]{0,60}[A-Za-z0-9_])?"
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?)+"
WITH_SERVER = Pattern(rf"@?{_NAME}[@:]{_HOST}")
BESIDE, LONGEST_GAP = 3, 30


def find_federated(text: str, named: list[Named]) -> Iterator[Found]:
    """The names with their server; without "@" in front only where Mastodon is said just before."""
    ends = [one.end for one in named]
    for match in islice(WITH_SERVER.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span()
        raw = match.group()
        is_matrix = raw.startswith("@") and ":" in raw
        if raw.rpartition(".")[2].lower() not in ENDINGS or (":" in raw and not is_matrix):
            continue
        place = bisect_right(ends, start) - 1
        before = named[place] if place >= 0 else None
        platform = "matrix" if is_matrix else _server_of(named, before)
        if not raw.startswith("@") and not (before and _is_said_of(text, before, start)):
            continue
        value = normal_handle(raw, platform=platform)
        if value and stands_alone(text, start, end, not_before="@_./:-+", not_after="@_"):
            yield Found(
                kind=Kind.HANDLE, value=value, raw=raw, start=start, end=end, confidence=85,
                rule="handle.federated", platform=platform,
            )  # fmt: skip


def _server_of(named: list[Named], before: Named | None) -> str:
    """Which of the federated platforms: the one said last before, else any other in the text."""
    if before is not None and before.platform in FEDERATED:
        return before.platform
    return next((one.platform for one in named if one.platform in FEDERATED), "")


def _is_said_of(text: str, platform: Named, start: int) -> bool:
    gap = text[platform.end : start]
    if platform.platform not in FEDERATED or len(gap) > LONGEST_GAP or "\n" in gap:
        return False
    return len(gap) <= BESIDE or LABEL_AT_END.search(gap) is not None
