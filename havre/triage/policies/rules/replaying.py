"""What a policy would have made of a report, from the codes of what the rules saw in it.

Changes touch what signs are worth and where they stand, never which words are signs, so the codes
say all: nothing that anybody typed is opened.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from havre.triage.rules.assess import weigh
from havre.triage.rules.policy import Policy
from havre.triage.rules.words import Assessment, Band, Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One report under two policies: its lane, the rule that set it, and its risk, in each."""

    before: Assessment
    after: Assessment

    @property
    def is_up(self) -> bool:
        """Whether it would stand in a higher lane."""
        return self.after.band < self.before.band

    @property
    def is_down(self) -> bool:
        """Whether it would stand in a lower lane."""
        return self.after.band > self.before.band

    @property
    def is_reordered(self) -> bool:
        """Whether it would stand elsewhere in the same lane."""
        return self.after.band == self.before.band and self.after.risk != self.before.risk

    @property
    def moved_by(self) -> str:
        """The rule that moves it: what puts it higher, or what held it up before."""
        return self.before.rule if self.is_down else self.after.rule


def replay(seen: Iterable[str], *, before: Policy, after: Policy) -> Move:
    """A report, of which these factors were seen, under two policies."""
    codes = tuple(seen)
    return Move(before=_weighed(codes, before), after=_weighed(codes, after))


def lanes_counted() -> dict[str, int]:
    """A count for each pair of lanes, before and after: "AB" fell from the first to the second."""
    return {f"{before}{after}": 0 for before in Band for after in Band}


def _weighed(codes: tuple[str, ...], policy: Policy) -> Assessment:
    signs = (Sign(code, "") for code in codes if code in policy.factors)
    return weigh(signs, policy=policy)
