"""What came of a referral: the disposition vocabulary, and what each word asks for."""

from enum import StrEnum

LOWEST_USEFULNESS = 1
HIGHEST_USEFULNESS = 5


class ReferralState(StrEnum):
    """Where a referral stands."""

    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    DECLINED = "declined"
    OPENED = "opened"
    RETURNED = "returned"
    SENT = "sent"
    UNDONE = "undone"


class Disposition(StrEnum):
    """What an agency says came of a referral."""

    ARREST = "arrest"
    CHARGED = "charged"
    CHILD_SAFEGUARDED = "child-safeguarded"
    CONVICTED = "convicted"
    DUPLICATE = "duplicate-of"
    INSUFFICIENT = "insufficient"
    NO_OFFENCE = "no-offence"
    REFERRED_ONWARD = "referred-onward"
    UNDER_INVESTIGATION = "under-investigation"
    UNFOUNDED = "unfounded"
    VICTIM_IDENTIFIED = "victim-identified"
    WARRANT_EXECUTED = "warrant-executed"


class Insufficiency(StrEnum):
    """Why a report was not enough to act on."""

    CGNAT_NO_PORT = "cgnat-no-port"
    IP_TOO_OLD = "ip-too-old"
    NOT_ILLEGAL_HERE = "not-illegal-here"
    NO_IDENTIFIER = "no-identifier"
    PROVIDER_DATA_GONE = "provider-data-gone"
    UNVIEWED_NEEDS_WARRANT = "unviewed-needs-warrant"


class MissingField(StrEnum):
    """What would have helped, for the sender's scorecard."""

    AGE = "age"
    CHAT = "chat"
    IDENTIFIER = "identifier"
    IP = "ip"
    PLACE = "place"
    PORT = "port"
    TIME = "time"
    VIEWED = "viewed"


# Counted: how many children, how many victims.
COUNTED = frozenset({Disposition.CHILD_SAFEGUARDED, Disposition.VICTIM_IDENTIFIED})

# With these the matter ends; the others leave it open.
FINAL = frozenset(
    {
        Disposition.CONVICTED,
        Disposition.DUPLICATE,
        Disposition.INSUFFICIENT,
        Disposition.NO_OFFENCE,
        Disposition.REFERRED_ONWARD,
        Disposition.UNFOUNDED,
    }
)


class Refusal(StrEnum):
    """Why an outcome does not hold together."""

    COUNT_NEEDED = "count-needed"
    COUNT_UNASKED = "count-unasked"
    INSUFFICIENCY_NEEDED = "insufficiency-needed"
    INSUFFICIENCY_UNASKED = "insufficiency-unasked"
    USEFULNESS_RANGE = "usefulness-range"


class OutcomeRefusedError(ValueError):
    """The outcome does not hold together. `code` names what to mend."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


class ReferralStateError(ValueError):
    """The referral is not in a state in which this can be done. `state` is where it stands."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def check_outcome(
    disposition: Disposition,
    *,
    count: int | None,
    insufficiency: Insufficiency | None,
    usefulness: int | None,
) -> None:
    """Refuse an outcome whose parts contradict each other. Raises OutcomeRefusedError."""
    if disposition is Disposition.INSUFFICIENT and insufficiency is None:
        raise OutcomeRefusedError(Refusal.INSUFFICIENCY_NEEDED)
    if disposition is not Disposition.INSUFFICIENT and insufficiency is not None:
        raise OutcomeRefusedError(Refusal.INSUFFICIENCY_UNASKED)
    if disposition in COUNTED and (count is None or count < 1):
        raise OutcomeRefusedError(Refusal.COUNT_NEEDED)
    if disposition not in COUNTED and count is not None:
        raise OutcomeRefusedError(Refusal.COUNT_UNASKED)
    if usefulness is not None and not LOWEST_USEFULNESS <= usefulness <= HIGHEST_USEFULNESS:
        raise OutcomeRefusedError(Refusal.USEFULNESS_RANGE)
