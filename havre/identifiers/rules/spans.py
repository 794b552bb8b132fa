"""Stretches of a text that are already spoken for, so that nothing is found inside another."""

from bisect import bisect_left, bisect_right

LONGEST_WORD = 2_000
"""A longer unbroken run of characters (a pasted file, a flood) is no identifier."""

MOST_IN_ONE_TEXT = 2_000
"""A text with more is a list, best read as a file; the surest ones are kept."""


def readable(text: str) -> str:
    """The text with lone surrogates replaced, one for one, so that every offset still holds."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


class Taken:
    """Spans that never overlap; asking and adding in any order costs a look-up each."""

    __slots__ = ("_ends", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any part from start to end is spoken for."""
        return bisect_right(self._ends, start) < bisect_left(self._starts, end)

    def take(self, start: int, end: int) -> bool:
        """Speak for a span; False, changing nothing, when part of it is taken."""
        if self.overlaps(start, end):
            return False
        place = bisect_left(self._starts, start)
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True


def stands_alone(
    text: str, start: int, end: int, *, not_before: str = "", not_after: str = ""
) -> bool:
    """Whether no letter or digit (nor a listed mark) touches the span on either side."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or before in not_before or after.isalnum() or after in not_after)
