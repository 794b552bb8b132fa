"""Who may keep whose account. Pure decisions; None means: yes, go ahead.

Nobody keeps their own account. A supervisor keeps the accounts of the own agency, gives no role
that stands above officers, and opens no compartment; that is for platform administrators.
"""

import base64
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from havre.agencies.rules.permits import (
    DESK_ROLES,
    GIVEN_TO_NOBODY,
    LET_IN,
    Compartment,
    Role,
    stands_at,
)
from havre.agencies.rules.words import AgencyKind

# Long enough to be handed over in person, with a weekend between.
ONE_TIME_LASTS = timedelta(days=4)
ONE_TIME_BYTES = 10
_GROUP = 4
# Without the letters and figures that are taken for others.
_PLAIN = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"abcdefghjkmnpqrstvwxyz0123456789")

# Roles that watch or lead others, or sit abroad: only a platform administrator gives them and keeps
# who has them.
ABOVE = frozenset(
    {
        Role.AGENCY_SUPERVISOR,
        Role.AUDITOR,
        # Who sits there for another country is not for that agency alone to say.
        Role.FOREIGN_CLERK,
        Role.NATIONAL_COORDINATOR,
        Role.PLATFORM_ADMIN,
        Role.PRIVACY_OFFICER,
        Role.PROVIDER_ENGINEER,
        Role.SUPERVISOR,
    }
)
OPEN_TO_ALL = frozenset({Compartment.GENERAL})


class Refusal(StrEnum):
    """Why an account is not kept like that."""

    ABOVE_YOU = "above-you"
    COMPARTMENT_NEEDS_DESK = "compartment-needs-desk"
    COMPARTMENT_NOT_YOURS = "compartment-not-yours"
    LAST_ADMIN = "last-admin"
    NAME_TAKEN = "name-taken"
    ONESELF = "oneself"
    ROLE_NOT_YOURS = "role-not-yours"
    STATE = "state"
    WRONG_PLACE = "wrong-place"


class OfficerRefusedError(Exception):
    """An account is not kept like that; nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Whoever keeps accounts. Without a role it is the operator at the machine itself."""

    id: UUID | None
    role: Role | None

    @property
    def keeps_everybody(self) -> bool:
        """Whether this one keeps every agency's accounts."""
        return self.role in {None, Role.PLATFORM_ADMIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An officer's account, as far as the rules ask. `other_admins` counts the active ones."""

    id: UUID
    kind: AgencyKind
    role: Role
    compartments: frozenset[Compartment]
    is_active: bool
    other_admins: int

    @property
    def is_last_admin(self) -> bool:
        """Whether nobody else could administer the platform."""
        return self.is_active and self.role is Role.PLATFORM_ADMIN and not self.other_admins


def roles_given_by(keeper: Keeper, kind: AgencyKind | None = None) -> tuple[Role, ...]:
    """The roles this one may give, in an agency of this kind or anywhere.

    An engineer's is given on the page of their provider alone.
    """
    given = (
        role
        for role in Role
        if role is not Role.PROVIDER_ENGINEER
        if keeper.keeps_everybody or role not in ABOVE
    )
    return tuple(role for role in given if kind is None or stands_at(role, kind))


def refusal_to_give(
    keeper: Keeper,
    *,
    role: Role,
    kind: AgencyKind,
    compartments: frozenset[Compartment],
    held: frozenset[Compartment] = OPEN_TO_ALL,
) -> Refusal | None:
    """Why an officer may not be given this role and these compartments. `held`: those so far."""
    if not stands_at(role, kind):
        return Refusal.WRONG_PLACE
    if not keeper.keeps_everybody and role in ABOVE:
        return Refusal.ROLE_NOT_YOURS
    if compartments & GIVEN_TO_NOBODY:
        return Refusal.COMPARTMENT_NOT_YOURS
    if role not in DESK_ROLES and compartments - OPEN_TO_ALL - LET_IN.get(role, frozenset()):
        return Refusal.COMPARTMENT_NEEDS_DESK
    if not keeper.keeps_everybody and (compartments ^ held) - OPEN_TO_ALL:
        return Refusal.COMPARTMENT_NOT_YOURS
    return None


def refusal_to_change(
    keeper: Keeper, account: Account, *, role: Role, compartments: frozenset[Compartment]
) -> Refusal | None:
    """Why an officer's role and compartments may not become these."""
    if (role, compartments) == (account.role, account.compartments):
        return None if keeper.id == account.id else _stands_above(keeper, account)
    if keeper.id == account.id:
        return Refusal.ONESELF
    if account.is_last_admin and role is not Role.PLATFORM_ADMIN:
        return Refusal.LAST_ADMIN
    if (role is Role.PROVIDER_ENGINEER) is not (account.role is Role.PROVIDER_ENGINEER):
        return Refusal.WRONG_PLACE
    return _stands_above(keeper, account) or refusal_to_give(
        keeper,
        role=role,
        kind=account.kind,
        compartments=compartments,
        held=account.compartments,
    )


def refusal_to_close(keeper: Keeper, account: Account) -> Refusal | None:
    """Why an account may not be closed. Speed matters, so compartments are not asked about."""
    if not account.is_active:
        return Refusal.STATE
    if keeper.id == account.id:
        return Refusal.ONESELF
    return Refusal.LAST_ADMIN if account.is_last_admin else _stands_above(keeper, account)


def refusal_to_reopen(keeper: Keeper, account: Account) -> Refusal | None:
    """Why a closed account may not be opened again."""
    return Refusal.STATE if account.is_active else _refusal_to_let_in(keeper, account)


def refusal_to_reset(keeper: Keeper, account: Account) -> Refusal | None:
    """Why a password or a second factor may not be reset."""
    return _refusal_to_let_in(keeper, account) if account.is_active else Refusal.STATE


def one_time_password(random: bytes) -> str:
    """A password made of ONE_TIME_BYTES random bytes: 80 bits, easy to read out."""
    text = base64.b32encode(random).translate(_PLAIN).decode()
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _refusal_to_let_in(keeper: Keeper, account: Account) -> Refusal | None:
    """Whoever lets somebody in could go in as them, so into compartments of theirs too."""
    if keeper.id == account.id:
        return Refusal.ONESELF
    if not keeper.keeps_everybody and account.compartments - OPEN_TO_ALL:
        return Refusal.ABOVE_YOU
    return _stands_above(keeper, account)


def _stands_above(keeper: Keeper, account: Account) -> Refusal | None:
    is_above = not keeper.keeps_everybody and account.role in ABOVE
    return Refusal.ABOVE_YOU if is_above else None
