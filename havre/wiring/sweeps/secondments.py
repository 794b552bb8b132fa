"""What follows when an officer's time in another agency runs out, or soon will. Safe to repeat."""

from havre.agencies.secondments.actions import note_end_told, note_secondment_over
from havre.agencies.secondments.reads import secondments_near_end, secondments_over
from havre.audit.rules import Station
from havre.cases.leaving.actions import hand_over_cases
from havre.cases.leaving.reads import places_to_clear
from havre.plumbing.context import acting_as
from havre.referrals.notices.rules import NewsKind
from havre.referrals.notices.telling import tell_without_referral
from havre.triage.duty.actions import hand_back_shift
from havre.triage.duty.reads import shifts_left_behind


def settle_secondments() -> None:
    """Note what has run out, hand back what was held, and tell both agencies of what ends soon."""
    by = Station.PIPELINE
    with acting_as(by.context):
        over, near = secondments_over(actor=by), secondments_near_end(actor=by)
        shifts = shifts_left_behind(actor=by)
    for secondment in over:
        note_secondment_over(secondment, by=by)
    for shift in shifts:
        hand_back_shift(shift, by=by)
    for secondment in near:
        with acting_as(by.context):
            for agency in (secondment.home_id, secondment.host_id):
                tell_without_referral(agency, NewsKind.SECONDMENT_ENDS)
            note_end_told(secondment, by=by)
    with acting_as(by.context):
        places = places_to_clear(actor=by)
    for place in places:
        hand_over_cases(place, by=by)
