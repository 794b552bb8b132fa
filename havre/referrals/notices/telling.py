"""Noting that something is new for an agency: asked where it happens, in the same transaction."""

from uuid import UUID

from havre.plumbing import clock, ids
from havre.referrals.models import Referral
from havre.referrals.notices.calling import call_agency
from havre.referrals.notices.models import News
from havre.referrals.notices.rules import NewsKind


def tell_agency(referral: Referral, kind: NewsKind) -> None:
    """Note news for the addressee of a referral. It commits with what happened, or not at all.

    Of what comes in IMMEDIATE, whoever is on call there is called too. A part of the desk's
    actions, and of the jobs'; an agency's own acts are no news to it.
    """
    News(id=ids.uuid7(), agency_id=referral.to_agency_id, referral=referral, kind=kind).save(
        force_insert=True
    )
    if kind is NewsKind.SENT:
        call_agency(referral)


def tell_without_referral(agency: UUID, kind: NewsKind) -> None:
    """Note news for an agency that concerns no referral. It commits with what happened.

    No record system is called about it: those hear of referrals alone.
    """
    News(id=ids.uuid7(), agency_id=agency, kind=kind, passed_on_at=clock.now()).save(
        force_insert=True
    )
