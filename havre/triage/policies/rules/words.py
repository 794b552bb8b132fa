"""The words of policies, and why something is refused.

PolicyRefusedError
├── BelowFloorError       it would rank lower what the floor holds up
├── NothingChangedError   a proposal without a change, or a change that changes nothing
├── NotOpenError          it is no longer to be changed, or not by this person
├── NotSimulatedError     nobody has seen what exactly this would move
├── OvertakenError        another policy came in force since it was proposed
├── OwnPolicyError        whoever proposes is not the second person
└── PastMomentError       nothing can begin to hold in the past
"""

from dataclasses import dataclass, field
from enum import StrEnum


class What(StrEnum):
    """What of a policy a change is about."""

    CAP = "cap"
    CLOSING = "closing"
    FACTOR = "factor"
    LANE = "lane"
    RULE = "rule"


class Kind(StrEnum):
    """What is proposed: a changed policy, or one that was in force before."""

    CHANGE = "change"
    RETURN = "return"


class Stage(StrEnum):
    """Where a proposal stands."""

    DRAFT = "draft"
    ENDED = "ended"
    IN_FORCE = "in-force"
    PROPOSED = "proposed"
    REFUSED = "refused"
    TO_BEGIN = "to-begin"
    WITHDRAWN = "withdrawn"


class Refusal(StrEnum):
    """Why a policy that was put in force is not followed."""

    BELOW_FLOOR = "below-floor"
    SIGNATURE = "signature"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing of a policy with what is new of it: points, a lane, minutes, sentences."""

    what: What
    id: str
    new: dict[str, int | str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What it is about, in one word: "factor:weapon"."""
        return f"{self.what}:{self.id}"


class PolicyRefusedError(ValueError):
    """The policy may not be changed so, or not by this person."""


class BelowFloorError(PolicyRefusedError):
    """It would rank lower what the floor holds up. `where` names it as "factor:weapon lane"."""

    def __init__(self, where: tuple[str, ...]) -> None:
        self.where = where
        super().__init__(", ".join(where))


class NothingChangedError(PolicyRefusedError):
    """It changes nothing."""


class NotOpenError(PolicyRefusedError):
    """It is not to be changed: somebody was faster, or it is another's draft."""


class NotSimulatedError(PolicyRefusedError):
    """Nobody has seen yet what exactly this would move."""


class OvertakenError(PolicyRefusedError):
    """Another policy came in force since."""


class OwnPolicyError(PolicyRefusedError):
    """Whoever proposes a policy does not put it in force."""


class PastMomentError(PolicyRefusedError):
    """Nothing begins to hold in the past."""
