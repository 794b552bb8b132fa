"""Words of sending: caveats, remarks, why a referral ended, and what is handed over or held."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from havre.agencies.rules.words import AgencyKind
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import LegalBasis, PersonRole


class Caveat(StrEnum):
    """What an addressee must mind while it acts."""

    ASK_FIRST = "ask-first"
    HOME_NOT_SAFE = "home-not-safe"
    LEADS_ONLY = "leads-only"
    YOUTH_RECORD = "youth-record"


class WholeBecause(StrEnum):
    """Why the story as a whole goes along with one incident of a split report."""

    ONE_PATTERN = "one-pattern"
    ONE_STORY = "one-story"
    SAFETY = "safety"


class RemarkKind(StrEnum):
    """What a remark is: the desk adds and answers, an agency asks, explains and hands over."""

    ADDITION = "addition"
    ANSWER = "answer"
    DECLINE = "decline"
    HAND_OVER = "hand-over"
    QUESTION = "question"


class Ending(StrEnum):
    """Why a referral was cancelled by the desk, or declined by its addressee."""

    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    MISTAKE = "mistake"
    NO_CAPACITY = "no-capacity"
    NO_POWER = "no-power"
    OTHER = "other"
    WITHDRAWN = "withdrawn"


CANCELS = (Ending.CONFLICT, Ending.DUPLICATE, Ending.MISTAKE, Ending.WITHDRAWN)
DECLINES = (Ending.DUPLICATE, Ending.NO_CAPACITY, Ending.NO_POWER, Ending.OTHER)


class Held(StrEnum):
    """Why something does not go along."""

    ADDRESS_NEEDS_ORDER = "address-needs-order"
    BEYOND_NEED = "beyond-need"
    REPORTER = "reporter"
    THIRD_PARTY = "third-party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What decides whether one identifier goes along."""

    kind: Kind
    role: PersonRole
    basis: LegalBasis


# An IP address attracts privacy (R v Bykovets, 2024 SCC 6): it goes along on a basis that the
# recipient's rule accepts. One that was merely volunteered waits for an order.
_ADDRESS_BASES = {
    AgencyKind.BORDER: frozenset({LegalBasis.ORDER, LegalBasis.PUBLIC}),
    AgencyKind.NATIONAL_CENTRE: frozenset(
        {LegalBasis.ORDER, LegalBasis.PUBLIC, LegalBasis.STATUTORY_REPORT}
    ),
    AgencyKind.POLICE: frozenset(
        {LegalBasis.ORDER, LegalBasis.PUBLIC, LegalBasis.STATUTORY_REPORT}
    ),
}
_ANY_OTHER = frozenset({LegalBasis.ORDER, LegalBasis.PUBLIC})
# What a child-welfare worker has no use for.
_BEYOND_NEED = frozenset({Kind.ACCOUNT, Kind.DEVICE, Kind.FILE_HASH, Kind.HANDLE, Kind.URL})


def held_from(fact: Fact, *, recipient: AgencyKind) -> Held | None:
    """Why an identifier is withheld from a recipient, or None where it goes along."""
    if fact.role is PersonRole.REPORTER:
        return Held.REPORTER
    if fact.kind is Kind.IP:
        if recipient is AgencyKind.CHILD_WELFARE:
            return Held.BEYOND_NEED
        is_met = fact.basis in _ADDRESS_BASES.get(recipient, _ANY_OTHER)
        return None if is_met else Held.ADDRESS_NEEDS_ORDER
    if fact.role is PersonRole.WITNESS:
        return Held.THIRD_PARTY
    if recipient is AgencyKind.CHILD_WELFARE and fact.role is PersonRole.SUSPECT:
        return Held.BEYOND_NEED if fact.kind in _BEYOND_NEED else None
    return None


def handed_over(
    facts: Iterable[Fact], *, recipient: AgencyKind
) -> tuple[dict[PersonRole, int], dict[Held, int]]:
    """How many identifiers go along, by whose they are, and how many are withheld, by why.

    The reporter's identity is always among what is withheld, whether or not it was given.
    """
    goes: dict[PersonRole, int] = {}
    stays: dict[Held, int] = {Held.REPORTER: 0}
    for fact in facts:
        held = held_from(fact, recipient=recipient)
        if held is None:
            goes[fact.role] = goes.get(fact.role, 0) + 1
        else:
            stays[held] = stays.get(held, 0) + 1
    return goes, stays
