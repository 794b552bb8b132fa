"""What a second reader says of a decision, and what may follow from it.

ReviewRefusedError     it may not be read so
  NotDrawnError        it does not wait to be read: somebody was faster
  VerdictError         a disagreement without a reason, or reasons for agreeing
"""

from collections.abc import Collection
from enum import StrEnum

from havre.triage.reviews.rules.sampling import DecisionKind


class Verdict(StrEnum):
    """Whether the second reader would have decided the same."""

    AGREE = "agree"
    DISAGREE = "disagree"


class Why(StrEnum):
    """Why a second reader disagrees."""

    CAVEAT_MISSING = "caveat-missing"
    LINK_MISSED = "link-missed"
    MISREAD = "misread"
    OTHER_AGENCY = "other-agency"
    SHOULD_GO = "should-go"
    TOO_EARLY = "too-early"
    TOO_HIGH = "too-high"
    TOO_LOW = "too-low"
    TOO_MUCH_SENT = "too-much-sent"


class FollowUp(StrEnum):
    """What was done after a disagreement. Nothing is done by itself."""

    CORRECTED = "corrected"
    NOTHING = "nothing"
    REOPENED = "reopened"
    SUPPLEMENTED = "supplemented"


# What can be said against each kind of decision.
AGAINST: dict[DecisionKind, tuple[Why, ...]] = {
    DecisionKind.LANE: (Why.TOO_LOW, Why.TOO_HIGH, Why.MISREAD, Why.LINK_MISSED),
    DecisionKind.REFERRAL: (
        Why.OTHER_AGENCY,
        Why.TOO_EARLY,
        Why.TOO_MUCH_SENT,
        Why.CAVEAT_MISSING,
        Why.LINK_MISSED,
        Why.MISREAD,
    ),
    DecisionKind.WITHHELD: (Why.SHOULD_GO, Why.LINK_MISSED, Why.MISREAD),
}


class ReviewRefusedError(ValueError):
    """It may not be read so."""


class NotDrawnError(ReviewRefusedError):
    """It does not wait to be read: somebody was faster."""


class VerdictError(ReviewRefusedError):
    """A disagreement without a reason, or reasons for agreeing."""


def check_verdict(kind: DecisionKind, verdict: Verdict, why: Collection[Why]) -> None:
    """Refuse a verdict whose reasons do not fit it. Raises VerdictError."""
    if (verdict is Verdict.DISAGREE) is not bool(why) or not set(why) <= set(AGAINST[kind]):
        raise VerdictError
