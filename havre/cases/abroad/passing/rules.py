"""Which documents from abroad go on to an agency at home, and to which. Pure.

How far a document goes is for its sender to say. What does not plainly let it go on keeps it.
"""

from collections.abc import Collection
from enum import StrEnum

from havre.agencies.rules.permits import Compartment
from havre.agencies.rules.words import AgencyKind
from havre.cases.abroad.rules.states import AbroadRefusedError, Caveat, Handling

# Codes under which a police service at home may have it, and limits that go along with it.
GOES_ON_UNDER = (Handling.H0, Handling.H1)
GOES_ALONG = (
    Caveat.NO_ARREST,
    Caveat.NO_DEATH_PENALTY,
    Caveat.NOT_IN_COURT,
    Caveat.RETURN_OR_DESTROY,
)
# Who does at home what is asked from abroad.
RECEIVERS = (AgencyKind.BORDER, AgencyKind.POLICE)


class Refusal(StrEnum):
    """Why a document is not passed on, or not taken back."""

    ALREADY = "already"
    ALSO_YOURS = "also-yours"
    ASK_FIRST = "ask-first"
    GONE = "gone"
    KEPT_FROM_THEM = "kept-from-them"
    NO_RECEIVER = "no-receiver"
    NONE_CHOSEN = "none-chosen"
    OTHER_LIMITS = "other-limits"
    TAKEN_BACK = "taken-back"
    WITHDRAWN = "withdrawn"


class PassingRefusedError(AbroadRefusedError):
    """Nothing was passed on or taken back. `number` is the document at fault, 0 where none is."""

    def __init__(self, refusal: Refusal, number: int = 0) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.number = number


def why_kept(handling: str, caveats: Collection[str]) -> Refusal | None:
    """Why a document stays at the desk by its sender's code and limits; None where it may go on."""
    if handling == Handling.H2 or Caveat.ASK_BEFORE_PASSING_ON in caveats:
        return Refusal.ASK_FIRST
    if handling not in GOES_ON_UNDER or not set(caveats) <= set(GOES_ALONG):
        return Refusal.OTHER_LIMITS
    return None


def is_told_by_mail(compartment: str) -> bool:
    """Whether everybody who reads an agency's mail may know that something of it waits there."""
    return compartment == Compartment.GENERAL


def check_receiver(kind: str, code: str, *, elsewhere: Collection[str]) -> None:
    """Let it go to who does police work at home, and to no other agency of whoever passes it on.

    `code` is the agency's id, `elsewhere` those of the other agencies. Raises PassingRefusedError.
    """
    if kind not in RECEIVERS:
        raise PassingRefusedError(Refusal.NO_RECEIVER)
    if code in elsewhere:
        raise PassingRefusedError(Refusal.ALSO_YOURS)
