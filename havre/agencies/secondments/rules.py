"""Who may be lent to another agency, who agrees, and for how long. Pure; None means: go ahead.

A secondment is agreed by two persons of two agencies: the one that lends and the one that receives.
It runs from the beginning of its first day to the end of its last one, by the clock in Toronto.
"""

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from havre.agencies.rules.permits import PERMITS, Permit, Role, stands_at
from havre.agencies.rules.words import AgencyKind
from havre.agencies.staff.rules import ABOVE

CURRENT = Path(__file__).parent / "data" / "secondments.toml"


class Side(StrEnum):
    """One of the two agencies of a secondment."""

    HOME = "home"
    HOST = "host"


class Reason(StrEnum):
    """Why somebody is lent."""

    COVER = "cover"
    EXPERTISE = "expertise"
    JOINT_INVESTIGATION = "joint-investigation"
    LIAISON = "liaison"
    TRAINING = "training"


class State(StrEnum):
    """Where a secondment stands at a moment."""

    ASKED = "asked"
    ENDED = "ended"
    HELD = "held"
    IN_FORCE = "in-force"
    LAPSED = "lapsed"
    REFUSED = "refused"
    TO_BEGIN = "to-begin"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({State.ASKED, State.HELD, State.IN_FORCE, State.TO_BEGIN})
STANDING = OPEN_STATES - {State.ASKED}


class Decision(StrEnum):
    """What became of what was asked."""

    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Refusal(StrEnum):
    """Why a secondment is not asked for, agreed on or changed like that."""

    ALREADY = "already"
    BACKWARDS = "backwards"
    LAST_RENEWAL = "last-renewal"
    NOT_LENT = "not-lent"
    NOT_YOURS = "not-yours"
    ONESELF = "oneself"
    OVER = "over"
    ROLE = "role"
    SAME_AGENCY = "same-agency"
    STATE = "state"
    TOO_FAR = "too-far"
    TOO_LONG = "too-long"
    WITHOUT_SUPERVISOR = "without-supervisor"


class SecondmentRefusedError(Exception):
    """A secondment cannot stand like this. Nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The limits of the data file."""

    longest: timedelta
    most_renewals: int
    ahead: timedelta
    notice: timedelta
    admin_speaks_for: frozenset[AgencyKind]
    above_with_admin: frozenset[Role]
    never_lent: frozenset[Role]
    never_in: frozenset[AgencyKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Whoever asks or agrees; `home` is the agency they come from, wherever they act."""

    id: UUID
    agency: UUID
    home: UUID
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A secondment as far as its state is asked; `is_held`: its account was reset or closed."""

    starts: datetime
    ends: datetime
    decision: Decision | None
    ended: datetime | None
    is_held: bool


def read_terms(path: Path = CURRENT) -> Terms:
    """The terms of a data file. Raises KeyError or ValueError for one that does not read."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Terms(
        longest=timedelta(days=told["longest_days"]),
        most_renewals=told["most_renewals"],
        ahead=timedelta(days=told["ahead_days"]),
        notice=timedelta(days=told["notice_days"]),
        admin_speaks_for=frozenset(map(AgencyKind, told["admin_speaks_for"])),
        above_with_admin=frozenset(map(Role, told["above_with_admin"])),
        never_lent=frozenset(map(Role, told["never_lent"])),
        never_in=frozenset(map(AgencyKind, told["never_in"])),
    )


@cache
def terms_in_force() -> Terms:
    """The terms of the data file that comes with Havre."""
    return read_terms()


def span_of(first: date, last: date, *, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last, by the clock of a zone."""
    starts = datetime.combine(first, time(), zone)
    ends = datetime.combine(last + timedelta(days=1), time(), zone)
    return starts.astimezone(UTC), ends.astimezone(UTC)


def state_of(facts: Facts, *, now: datetime) -> State:
    """Where a secondment stands. It ends by itself at the moment its time runs out."""
    if facts.decision is None:
        return State.ASKED if now < facts.ends else State.LAPSED
    if facts.decision is not Decision.AGREED:
        return State(facts.decision.value)
    if facts.ended is not None or now >= facts.ends:
        return State.ENDED
    if facts.is_held:
        return State.HELD
    return State.IN_FORCE if facts.starts <= now else State.TO_BEGIN


def speaks_for(speaker: Speaker, agency: UUID, kind: AgencyKind) -> bool:
    """Whether somebody may speak for an agency: its supervisor, or where it is said, an admin."""
    if Permit.OFFICERS_KEEP not in PERMITS[speaker.role]:
        return False
    if speaker.role is Role.PLATFORM_ADMIN:
        return kind in terms_in_force().admin_speaks_for
    return speaker.agency == agency


def roles_on_secondment(kind: AgencyKind) -> tuple[Role, ...]:
    """The roles that may be held in an agency of this kind by who comes from another."""
    terms = terms_in_force()
    above = terms.above_with_admin if kind in terms.admin_speaks_for else frozenset[Role]()
    given = (role for role in Role if role not in ABOVE or role in above)
    return tuple(role for role in given if stands_at(role, kind))


def refusal_of_dates(first: date, last: date, *, today: date) -> Refusal | None:
    """Why somebody may not be lent from one day to another, both included."""
    terms = terms_in_force()
    if last < first:
        return Refusal.BACKWARDS
    if last < today:
        return Refusal.OVER
    if first > today + terms.ahead:
        return Refusal.TOO_FAR
    return Refusal.TOO_LONG if last - first >= terms.longest else None


def refusal_to_agree(
    *, asker: Speaker, decider: Speaker, person: UUID, role: Role
) -> Refusal | None:
    """Why somebody may not agree to what somebody else asked: two persons of two agencies."""
    if decider.id == person:
        return Refusal.ONESELF
    if role in ABOVE and Role.PLATFORM_ADMIN not in {asker.role, decider.role}:
        return Refusal.ROLE
    if decider.id == asker.id or {decider.agency, decider.home} & {asker.agency, asker.home}:
        return Refusal.SAME_AGENCY
    return None


def refusal_to_renew(state: State, *, renewals: int, is_renewed: bool) -> Refusal | None:
    """Why a secondment that was renewed so often is not renewed."""
    if state not in STANDING:
        return Refusal.STATE
    if is_renewed:
        return Refusal.ALREADY
    return Refusal.LAST_RENEWAL if renewals >= terms_in_force().most_renewals else None


def is_near_its_end(ends: datetime, *, now: datetime) -> bool:
    """Whether both agencies are to be told that it ends."""
    return ends - terms_in_force().notice <= now < ends
