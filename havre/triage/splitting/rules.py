"""Where a split report stands in the queue.

SplittingRefusedError     a report may not be split now, or not be merged back
  AlreadySplitError       it is split already: merge it back first
  DecidedAlreadyError     an incident of it was referred or closed
  NotWaitingError         it does not wait: it was referred whole, closed, or somebody has it
  NothingToPlaceError     all that was told later belongs somewhere already
"""

from collections.abc import Sequence
from dataclasses import dataclass

from havre.triage.rules.words import Assessment


class SplittingRefusedError(ValueError):
    """A report may not be split now, or not be merged back."""


class AlreadySplitError(SplittingRefusedError):
    """It is split already: merge it back first."""


class DecidedAlreadyError(SplittingRefusedError):
    """An incident of it was referred or closed: take that back first."""


class NotWaitingError(SplittingRefusedError):
    """It does not wait: it was referred whole or closed, or a colleague has it in hand."""


class NothingToPlaceError(SplittingRefusedError):
    """All that was told later belongs somewhere already, or to none by somebody's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An incident with its own score; `is_open` while nobody decided on it."""

    assessment: Assessment
    is_open: bool


def stands_by(
    whole: Assessment, incidents: Sequence[Scored], *, is_all_placed: bool = True
) -> Assessment:
    """The score by which a split report stands: that of its most urgent open incident.

    The split alone never lowers it: until the first incident is decided it stands no lower than
    whole, nor later where no incident carries what made the whole so urgent, or while something
    that was told later belongs to none.
    """
    waiting = [one.assessment for one in incidents if one.is_open]
    is_carried = any(one.assessment.band <= whole.band for one in incidents)
    if len(waiting) == len(incidents) or not (waiting and is_carried and is_all_placed):
        waiting.append(whole)
    return min(waiting, key=lambda one: (one.band, -one.risk))
