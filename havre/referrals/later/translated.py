"""What a person translated of a report comes to whoever has it whole."""

from havre.audit.actions import action
from havre.audit.rules import Actor, Event
from havre.referrals.later.giving import rise_to_given
from havre.referrals.packages.growing import Grown, note_growth
from havre.referrals.reads import referral_by_reference
from havre.triage.reads import item_of
from havre.triage.splitting.deciding import score_if_set


@action(Event.REFERRAL_ADDED_TO)
def tell_of_translation(reference: str, *, by: Actor) -> None:
    """Tell the agency of a referral that its words were translated; nothing of what they say.

    It stands from then on by what its report tells with that, as with words that are given. The
    packages that it took stay as they are. Raises Referral.DoesNotExist, and ReferralStateError
    once it is over.
    """
    report = referral_by_reference(reference, actor=by).report
    # Its place comes before all else that is kept.
    item_of(report.pk, actor=by, is_held=True)
    referral = referral_by_reference(reference, actor=by, is_held=True)
    score_if_set(report.pk)
    rise_to_given(report, [referral])
    note_growth(referral, Grown.TRANSLATION, by=by)
