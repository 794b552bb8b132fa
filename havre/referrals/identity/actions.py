"""Giving an agency who reported, ending that, and reading it. Each look leaves a line."""

from dataclasses import dataclass

from havre.agencies.models import Officer
from havre.audit.actions import action
from havre.audit.rules import Event
from havre.intake.sealed import told_in
from havre.plumbing import clock, ids
from havre.referrals.identity.models import IdentityGrant
from havre.referrals.identity.reads import grants_of, standing_grant
from havre.referrals.identity.rules import (
    Because,
    GivenAlreadyError,
    NobodyNamedError,
    WhoReported,
    who_reported,
)
from havre.referrals.identity.sealed import open_who, seal_who, take_away, words_of_grant
from havre.referrals.models import Referral
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_agency
from havre.referrals.reads import referral_by_reference
from havre.referrals.rules.guards import check_risk
from havre.referrals.rules.states import OVER, Act
from havre.referrals.sealed import move, write_line


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedGrant:
    """Who reported, as its agency reads it, with why it was given and what to mind."""

    grant: IdentityGrant
    words: str
    who: tuple[WhoReported, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantsOfReferral:
    """A referral as the desk sees it: each time that its agency was given who reported."""

    referral: Referral
    grants: tuple[tuple[IdentityGrant, str], ...]
    stands: bool
    is_over: bool
    # Whether its reporter said who they are at all.
    has_somebody: bool


@action(Event.IDENTITIES_READ)
def look_at_grants(reference: str, *, by: Officer) -> GrantsOfReferral:
    """Look at whether the agency of a referral was given who reported. Names nobody."""
    referral = referral_by_reference(reference, actor=by)
    grants = grants_of(referral, actor=by)
    opened = GrantsOfReferral(
        referral=referral,
        grants=tuple((grant, words_of_grant(grant, by=by)) for grant in grants),
        stands=any(grant.ended_at is None for grant in grants),
        is_over=referral.state in OVER,
        has_somebody=bool(who_reported(told_in(referral.report, by=by).people)),
    )
    write_line(Event.IDENTITIES_READ, referral, by=by)
    return opened


@action(Event.IDENTITY_GIVEN)
def give_identity(reference: str, *, because: Because, words: str, by: Officer) -> IdentityGrant:
    """Give the agency of a referral who reported it. It stands in no package, and ends with it.

    Raises RiskNotAssessedError, GivenAlreadyError, NobodyNamedError, ReferralStateError.
    """
    referral = referral_by_reference(reference, actor=by, is_held=True)
    check_risk(referral.to_agency.code, referral.to_agency.kind)
    if any(grant.ended_at is None for grant in grants_of(referral, actor=by)):
        raise GivenAlreadyError
    who = who_reported(told_in(referral.report, by=by).people)
    if not who:
        raise NobodyNamedError
    move(referral, Act.ADD, news_at=clock.now())
    grant = IdentityGrant(
        id=ids.uuid7(),
        report=referral.report,
        referral=referral,
        agency=referral.to_agency,
        because=because,
        by=by,
    )
    key = seal_who(grant, who, words, to=referral.to_agency, by=by)
    grant.save(force_insert=True)
    key.save(force_insert=True)
    tell_agency(referral, NewsKind.ADDED)
    write_line(Event.IDENTITY_GIVEN, referral, by=by, because=because)
    return grant


@action(Event.IDENTITY_ENDED)
def end_identity(reference: str, *, by: Officer) -> None:
    """The agency may not know any more who reported. Raises IdentityGrant.DoesNotExist."""
    referral = referral_by_reference(reference, actor=by)
    take_away(standing_grant(referral, actor=by, is_held=True))
    write_line(Event.IDENTITY_ENDED, referral, by=by)


@action(Event.IDENTITY_READ)
def read_identity(reference: str, *, by: Officer) -> OpenedGrant:
    """Read who reported, where one's agency was given it. Raises IdentityGrant.DoesNotExist."""
    referral = referral_by_reference(reference, actor=by)
    if referral.to_agency_id != by.agency_id:
        raise IdentityGrant.DoesNotExist
    grant = standing_grant(referral, actor=by)
    opened = OpenedGrant(
        grant=grant, words=words_of_grant(grant, by=by), who=open_who(grant, by=by)
    )
    write_line(Event.IDENTITY_READ, referral, by=by)
    return opened
