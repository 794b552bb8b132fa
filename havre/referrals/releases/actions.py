"""An agency chooses what a report's sender may know."""

from havre.agencies.models import Officer
from havre.audit.actions import action
from havre.audit.rules import Event
from havre.intake.releases.actions import release_word, withdraw_word
from havre.intake.releases.models import Release
from havre.intake.releases.rules.words import ReleaseWord
from havre.referrals.releases.reads import dispositions_of
from havre.referrals.releases.rules.words import check_release
from havre.referrals.rules.states import Act, check_act
from havre.referrals.sealed import held_by


@action(Event.OUTCOME_RELEASED)
def release_outcome(reference: str, *, word: ReleaseWord, by: Officer) -> Release:
    """Let the sender of a report know a word about it, some days from now.

    Raises ReleaseRefusedError for a word that no outcome of this agency opens, ReferralStateError
    before the referral was accepted, Referral.DoesNotExist.
    """
    referral = held_by(by, reference)
    check_act(referral.state, Act.OUTCOME)
    check_release(word, dispositions_of(referral))
    report, agency = referral.report_id, referral.to_agency
    return release_word(report, word, referral=referral.pk, agency=agency, by=by)


@action(Event.RELEASE_WITHDRAWN)
def keep_outcome(reference: str, *, by: Officer) -> int:
    """Tell the sender nothing more: what was chosen and does not show yet is taken back.

    Says how much was taken back. Raises Referral.DoesNotExist.
    """
    referral = held_by(by, reference)
    return withdraw_word(referral.report_id, referral=referral.pk, by=by)
