"""What is decided of later words, and by whom it was undone meanwhile: no report is lost by it."""

import pytest

from havre.intake.later.rules import KeptBecause, NoWordsError
from havre.referrals.actions import open_referral
from havre.referrals.later.actions import keep_words_back
from havre.referrals.rules.sending import Ending
from havre.referrals.sending.actions import cancel_referral, undo_referral
from tests import make
from tests.splitting import analyst, harbor, receipt
from tests.told import CALM, place, tell, words_of

__all__ = ["analyst", "harbor", "receipt"]  # fixtures


@pytest.fixture
def report(harbor, receipt):
    return make.report(CALM, holder=receipt)


@pytest.fixture
def referral(report, harbor, analyst):
    return make.referral(report, to=harbor, by=analyst)


def keep_back(report, words, *, by) -> None:
    keep_words_back(report.reference, messages=words, because=KeptBecause.NOTHING_NEW, by=by)


@pytest.mark.parametrize("is_undone", [True, False])
def test_what_nobody_has_any_more_is_not_taken_from_the_queue_by_keeping_words_back(
    report, referral, analyst, receipt, is_undone
):
    tell(report, receipt)
    read, colleague = words_of(report, by=analyst), make.analyst()
    if is_undone:
        undo_referral(referral.reference, by=colleague)
    else:
        open_referral(referral.reference, by=make.officer(referral.to_agency))
        cancel_referral(referral.reference, because=Ending.MISTAKE, by=colleague)
    with pytest.raises(NoWordsError):
        keep_back(report, read, by=analyst)
    assert place(report).band == "A"
