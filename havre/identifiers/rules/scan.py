"""RE2 as the finders use it: the same patterns in linear time, with less work around each match.

The binding's own match object encodes the text and maps every offset anew at each call, which for
short texts costs several times the match itself.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import re2

UNANCHORED = re2._re2.RE2.Anchor.UNANCHORED  # noqa: SLF001 - what the binding's wrapper calls
ANCHOR_BOTH = re2._re2.RE2.Anchor.ANCHOR_BOTH  # noqa: SLF001
ANCHOR_START = re2._re2.RE2.Anchor.ANCHOR_START  # noqa: SLF001
NOTHING = (-1, -1)

Span = tuple[int, int]


class Match:
    """One match: its spans in characters, the whole first, then each group."""

    __slots__ = ("_names", "_spans", "string")

    def __init__(self, string: str, spans: list[Span], names: dict[int | str, int]) -> None:
        self.string, self._spans, self._names = string, spans, names

    def span(self, group: int | str = 0) -> Span:
        """Where the match, or one of its groups, stands; (-1, -1) for a group that took no part."""
        return self._spans[self._names[group]]

    def start(self) -> int:
        """Where the match begins."""
        return self._spans[0][0]

    def end(self) -> int:
        """Where the match ends."""
        return self._spans[0][1]

    def group(self) -> str:
        """All that was matched."""
        start, end = self._spans[0]
        return self.string[start:end]

    def __getitem__(self, group: int | str) -> str:
        start, end = self.span(group)
        return self.string[start:end] if start >= 0 else ""

    def groups(self) -> list[str]:
        """What each group matched, "" for one that took no part."""
        return [self[group] for group in range(1, len(self._spans))]


class Encoded:
    """A text in UTF-8, and the way back from places in it to places in the text.

    The way back is found when it is first asked for: most patterns match nothing.
    """

    __slots__ = ("_after", "_extra", "data", "text")

    def __init__(self, text: str) -> None:
        self.text, self.data = text, text.encode()
        self._after: Sequence[int] = ()
        self._extra: Sequence[int] = ()

    def _map(self) -> None:
        after: list[int] = []
        extras, extra = [0], 0
        wide = [(place, char) for place, char in enumerate(self.text) if char > "\x7f"]
        for place, char in wide:
            extra += 1 if char < "\u0800" else 2 if char < "\U00010000" else 3
            after.append(place + extra + 1)
            extras.append(extra)
        self._after, self._extra = after, extras

    def span(self, span: Span) -> Span:
        """A span of bytes as a span of characters."""
        if span == NOTHING:
            return span
        if not self._extra:
            self._map()
        start, end = span
        return (
            start - self._extra[bisect_right(self._after, start)],
            end - self._extra[bisect_right(self._after, end)],
        )


_kept: list[Encoded] = [Encoded("")]


def keep(text: str) -> None:
    """Encode a text that many patterns are about to read, once for all of them."""
    _kept[0] = Encoded(text)


def _encoded(text: str) -> Encoded:
    last = _kept[0]
    return last if last.text is text else Encoded(text)


class Pattern:
    """A compiled pattern. Raises re2.error when it is none."""

    __slots__ = ("_match", "_names", "_whole", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._whole = re2.compile(pattern)
        self._match = self._whole._regexp.Match  # noqa: SLF001 - see above
        # Groups by their name and by their number, which are looked up alike.
        self._names: dict[int | str, int] = {n: n for n in range(self._whole.groups + 1)}
        self._names.update(self._whole.groupindex)

    def finditer(self, text: str) -> Iterator[Match]:
        """Every match that does not overlap the one before, in order."""
        last = _kept[0]
        encoded = last if last.text is text else Encoded(text)
        data = encoded.data
        spans = self._match(UNANCHORED, data, 0, len(data))
        return self._from(encoded, spans) if spans[0][0] >= 0 else iter(())

    def _from(self, encoded: Encoded, spans: list[Span]) -> Iterator[Match]:
        """A match and all after it; most texts have none, and cost no generator."""
        text, data, names = encoded.text, encoded.data, self._names
        size = len(data)
        plain = size == len(text)
        start, end = spans[0]
        while start >= 0:
            yield Match(text, spans if plain else [encoded.span(s) for s in spans], names)
            at = end if end > start else end + 1
            if at > size:
                return
            spans = self._match(UNANCHORED, data, at, size)
            start, end = spans[0]

    def search(self, text: str) -> Match | None:
        """The first match anywhere. Asked most of all, so it asks nobody else for plain letters."""
        if not text.isascii():
            return self._one(UNANCHORED, text)
        data = text.encode()
        spans = self._match(UNANCHORED, data, 0, len(data))
        return Match(text, spans, self._names) if spans[0][0] >= 0 else None

    def match(self, text: str) -> Match | None:
        """A match at the beginning."""
        return self._one(ANCHOR_START, text)

    def fullmatch(self, text: str) -> Match | None:
        """A match of the whole text."""
        return self._one(ANCHOR_BOTH, text)

    def sub(self, by: str, text: str) -> str:
        """The text with every match replaced; a backslash in `by` begins the number of a group."""
        if "\\" in by:
            return str(self._whole.sub(by, text)) if self.search(text) else text
        parts, at = [], 0
        for match in self.finditer(text):
            start, end = match.span()
            parts += [text[at:start], by]
            at = end
        return "".join((*parts, text[at:])) if parts else text

    def findall(self, text: str) -> list[str]:
        """What each match matched."""
        return [match.group() for match in self.finditer(text)]

    def _one(self, anchor: object, text: str) -> Match | None:
        if text.isascii():
            data = text.encode()
            spans = self._match(anchor, data, 0, len(data))
            return Match(text, spans, self._names) if spans[0][0] >= 0 else None
        encoded = _encoded(text)
        spans = self._match(anchor, encoded.data, 0, len(encoded.data))
        if spans[0][0] < 0:
            return None
        return Match(text, [encoded.span(span) for span in spans], self._names)
