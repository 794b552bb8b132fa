"""What is kept of a choice of the queue, and when it may not be.

FilterRefusedError
├── NameTakenError     one has a filter of this name, or the desk has
├── NothingKeptError   the choice is everything: there is nothing to keep
└── TooManyError       one keeps too many already
"""

from collections.abc import Mapping

# What of a choice is kept. Never where in the list one was.
KEPT = ("lane", "channel", "spoken")
MOST_KEPT = 30
LONGEST_NAME = 40


class FilterRefusedError(ValueError):
    """A choice may not be kept so."""


class NameTakenError(FilterRefusedError):
    """One has a filter of this name already, or the desk has."""


class NothingKeptError(FilterRefusedError):
    """The choice is everything: there is nothing to keep."""


class TooManyError(FilterRefusedError):
    """One keeps too many already: an old one is deleted first."""


def kept_of(asked: Mapping[str, str]) -> dict[str, str]:
    """What of a choice is kept. Raises NothingKeptError."""
    kept = {name: asked.get(name, "") for name in KEPT}
    if not any(kept.values()):
        raise NothingKeptError
    return kept
