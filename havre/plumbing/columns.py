"""Columns of tables, as Django asks for them."""

from collections.abc import Iterable
from enum import StrEnum


def among(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """The words that a column may hold, and no other."""
    return [(word.value, word.value) for word in words]
