"""Who may see, write and lead a case: its agency, its members, and whom it was shared with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_GRANT = timedelta(days=366)


class CaseRole(StrEnum):
    """What a member does in one case."""

    ANALYST = "analyst"
    INVESTIGATOR = "investigator"
    LEAD = "lead"
    READER = "reader"


class GrantKind(StrEnum):
    """A share is read by the other agency; a joint case is worked by both."""

    JOINT = "joint"
    SHARE = "share"


class Part(StrEnum):
    """A part of a case that can be shared by itself. Exhibits go with the reports."""

    NOTES = "notes"
    PEOPLE = "people"
    REPORTS = "reports"


class GrantRefusedError(Exception):
    """A case cannot be shared like this: with oneself, with nothing in it, or for too long."""


class AlsoTheirsError(GrantRefusedError):
    """Whoever belongs to two agencies gives no case of the one to the other."""


class NoLeadError(Exception):
    """A case that only its members see must keep one who leads it."""


WRITING = frozenset({CaseRole.ANALYST, CaseRole.INVESTIGATOR, CaseRole.LEAD})
EVERYTHING = frozenset(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """An agency may read some of a case until a moment, unless that is withdrawn before."""

    to_agency: str
    kind: GrantKind
    parts: frozenset[Part]
    until: datetime
    withdrawn_at: datetime | None = None

    def in_force(self, at: datetime) -> bool:
        """Whether it opens anything at a moment."""
        return at < self.until and (self.withdrawn_at is None or at < self.withdrawn_at)

    @property
    def opens(self) -> frozenset[Part]:
        """What it opens while it is in force."""
        return EVERYTHING if self.kind is GrantKind.JOINT else self.parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who stands before a case; `leads_agency` for whoever leads the unit."""

    officer: str
    agency: str
    leads_agency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """All that decides who may do what with one case. Members are officers with their agency."""

    owner: str
    restricted: bool = False
    members: Mapping[str, tuple[str, CaseRole]] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()


def parts_open_to(access: Access, asker: Asker, *, at: datetime) -> frozenset[Part] | None:
    """The parts of a case that somebody may read; None when for them there is no such case."""
    if access.restricted and asker.officer not in access.members:
        return None
    if asker.agency == access.owner:
        return EVERYTHING
    grants = [g for g in access.grants if g.to_agency == asker.agency and g.in_force(at)]
    return frozenset[Part]().union(*(g.opens for g in grants)) if grants else None


def may_write(access: Access, asker: Asker, *, at: datetime) -> bool:
    """Whether somebody may add to a case: its agency, but for mere readers; joint members."""
    if parts_open_to(access, asker, at=at) is None:
        return False
    if asker.officer in access.members:
        writes = access.members[asker.officer][1] in WRITING
        return writes and (asker.agency == access.owner or _joint(access, asker, at))
    return asker.agency == access.owner


def may_lead(access: Access, asker: Asker, *, at: datetime) -> bool:
    """Whether somebody may close, share and hand over a case, and name its members."""
    if asker.agency != access.owner or parts_open_to(access, asker, at=at) is None:
        return False
    is_lead = access.members.get(asker.officer, ("", None))[1] is CaseRole.LEAD
    return is_lead or asker.leads_agency


def may_join(access: Access, *, agency: str, at: datetime) -> bool:
    """Whether an officer of an agency can be made a member: its own, or one it is shared with."""
    return agency == access.owner or any(
        g.to_agency == agency and g.in_force(at) for g in access.grants
    )


def check_giver(to_agency: str, *, elsewhere: Collection[str]) -> None:
    """A case goes to no other agency of whoever gives it: somebody who is only here gives it there.

    Raises AlsoTheirsError.
    """
    if to_agency in elsewhere:
        raise AlsoTheirsError(to_agency)


def granted(access: Access, grant: Grant, *, at: datetime) -> Access:
    """A case with one more agency that may read it. Raises GrantRefusedError."""
    if grant.to_agency == access.owner:
        msg = "a case is not shared with the agency that holds it"
        raise GrantRefusedError(msg)
    if not grant.opens:
        msg = "a share names at least one part"
        raise GrantRefusedError(msg)
    if not at < grant.until <= at + LONGEST_GRANT:
        msg = "a share ends after today and within a year"
        raise GrantRefusedError(msg)
    return replace(access, grants=(*access.grants, grant))


def handed_over(access: Access, *, to_agency: str, at: datetime) -> Access:
    """A case after its transfer: the old owner's access is at an end, its members with it.

    It stays restricted only when the new owner has members who could open it. Raises
    GrantRefusedError when it is handed to whoever holds it.
    """
    if to_agency == access.owner:
        msg = "the agency holds this case already"
        raise GrantRefusedError(msg)
    grants = tuple(g for g in access.grants if g.to_agency not in {to_agency, access.owner})
    after = replace(access, owner=to_agency, grants=grants)
    members = {
        officer: (agency, role)
        for officer, (agency, role) in access.members.items()
        if may_join(after, agency=agency, at=at)
    }
    has_own = any(agency == to_agency for agency, _role in members.values())
    return replace(after, members=members, restricted=access.restricted and has_own)


def check_keeps_a_lead(access: Access) -> None:
    """Raises NoLeadError when only members see a case and none of its agency's leads it."""
    leads = (agency for agency, role in access.members.values() if role is CaseRole.LEAD)
    if access.restricted and access.owner not in set(leads):
        raise NoLeadError


def _joint(access: Access, asker: Asker, at: datetime) -> bool:
    return any(
        g.kind is GrantKind.JOINT and g.to_agency == asker.agency and g.in_force(at)
        for g in access.grants
    )
