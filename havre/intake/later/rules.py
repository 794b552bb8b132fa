"""Why what a reporter told later is not passed on to whoever has the report.

WordsRefusedError       a later word may not be decided on so
  NoWordsError          none waits, or not these: somebody was faster, or more came meanwhile
  SeenAlreadyError      an agency has seen it since: it cannot be taken back any more
"""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID


class KeptBecause(StrEnum):
    """Why a later word stays with the tipline."""

    NOTHING_NEW = "nothing-new"
    OF_THE_REPORTER = "of-the-reporter"
    OTHER_MATTER = "other-matter"
    REPORTER_ASKS = "reporter-asks"


class WordsRefusedError(ValueError):
    """A later word may not be decided on so."""


class NoWordsError(WordsRefusedError):
    """None waits, or not these: somebody was faster, or more came meanwhile."""


class SeenAlreadyError(WordsRefusedError):
    """An agency has seen it since it was passed on."""


def words_read(typed: Iterable[str]) -> list[UUID]:
    """The words that were on a page when it was read. What does not read as one is none."""
    found = []
    for each in typed:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found
