"""Where a report stands among those that wait."""

from havre.triage.rules.words import Band

UNSCORED_RANK = 1
RANKS = {Band.A: 0, Band.B: 2, Band.C: 3, Band.D: 4}
# Set aside as a flood, and no sign of a child in it: behind the others, with its own clock.
SET_ASIDE_RANK = 5
NOTHING_UNDERSTOOD = "text-not-understood"


def rank_of(band: Band, *, rule: str, is_aside: bool, danger_now: bool) -> int:
    """Where a report stands: in its lane; behind all lanes if it was set aside and says nothing.

    What mentions danger, or a child and something to fear, keeps its place: a person sees it first.
    """
    says_nothing = band in {Band.C, Band.D} or rule == NOTHING_UNDERSTOOD
    is_behind = is_aside and not danger_now and says_nothing
    return SET_ASIDE_RANK if is_behind else RANKS[band]


def unscored_rank(*, is_aside: bool, danger_now: bool) -> int:
    """Where a report stands before it has a score: first of all when somebody says danger now."""
    if danger_now:
        return RANKS[Band.A]
    return SET_ASIDE_RANK if is_aside else UNSCORED_RANK
