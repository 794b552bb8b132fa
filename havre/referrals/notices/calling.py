"""Calling whoever is on call at an agency for what cannot wait, until it is answered."""

from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.rules import Station
from havre.plumbing.context import acting_as
from havre.referrals.models import Referral
from havre.referrals.rules.states import ClockName, running_clock
from havre.triage.duty.reads import keeps_rota
from havre.triage.paging.actions import write_referral_page
from havre.triage.paging.models import Page
from havre.triage.paging.reads import page_of_referral, pages_of_referrals
from havre.triage.paging.rules.ladder import PageEnd
from havre.triage.rules.words import Band


def call_agency(referral: Referral) -> None:
    """Call somebody of the addressee for a referral in IMMEDIATE that waits for its answer.

    Only where the agency keeps a rota: else its notices and clocks tell of it, as of any other. A
    part of the desk's actions, and of the jobs'.
    """
    if referral.band != Band.A or not waits_for_answer(referral):
        return
    by = Station.PIPELINE
    with acting_as(by.context):
        if keeps_rota(referral.to_agency_id, actor=by):
            write_referral_page(
                referral.report, to=referral.to_agency, reference=referral.reference, by=by
            )


def waits_for_answer(referral: Referral) -> bool:
    """Whether its agency has not said yet what it does with a referral."""
    clock = running_clock(referral.standing)
    return clock is not None and clock.name is ClockName.ANSWER


def called_for(referral: Referral, *, actor: Officer) -> Page | None:
    """The page to people of its agency for a referral that waits for its answer, or None."""
    if referral.band != Band.A or not waits_for_answer(referral):
        return None
    return page_of_referral(referral.reference, actor=actor)


def pages_to_end(*, by: Station) -> dict[UUID, PageEnd]:
    """The pages that wait for a referral for which nobody need be called any more, and why.

    It was answered or taken back, or it is no more in IMMEDIATE.
    """
    waiting = {page.reference: page.pk for page in pages_of_referrals(actor=by)}
    found = Referral.objects.visible_to(by).filter(reference__in=list(waiting))
    why = {waiting[one.reference]: _why_nobody(one) for one in found}
    return {page: because for page, because in why.items() if because}


def _why_nobody(referral: Referral) -> PageEnd | None:
    if not waits_for_answer(referral):
        return PageEnd.ANSWERED
    return PageEnd.LEFT_LANE if referral.band != Band.A else None
