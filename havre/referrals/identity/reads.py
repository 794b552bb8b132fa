"""Questions about to whom it was given who reported."""

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.referrals.identity.models import IdentityGrant
from havre.referrals.models import Referral


def grants_of(referral: Referral, *, actor: Actor) -> tuple[IdentityGrant, ...]:
    """Every time that it was given with a referral, the latest first."""
    found = IdentityGrant.objects.visible_to(actor).filter(referral=referral)
    return tuple(found.select_related("report", "by"))


def standing_grant(referral: Referral, *, actor: Actor, is_held: bool = False) -> IdentityGrant:
    """The one that stands. Raises IdentityGrant.DoesNotExist."""
    found = IdentityGrant.objects.visible_to(actor).select_related("report")
    if is_held:
        found = found.select_for_update(of=("self",))
    return found.get(referral=referral, ended_at=None)


def is_identity_given(referral: Referral, *, actor: Officer) -> bool:
    """Whether the officer's agency was given who reported with this referral, and has it still."""
    return IdentityGrant.objects.visible_to(actor).filter(referral=referral, ended_at=None).exists()
