"""A word that is taken back takes along what its referral has by it, and nothing of before it."""

import pytest

from havre.referrals.later.actions import pass_words_on, take_words_back
from havre.triage.overrides.actions import confirm_lane, set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.rules.words import Band
from tests import make
from tests.splitting import analyst, harbor, receipt
from tests.told import CALM, TONIGHT, again, place, tell, words_of

__all__ = ["analyst", "harbor", "receipt"]  # fixtures


def lowered(report, to: Band, *, by) -> None:
    """A lane below the rules', with a second person who agrees where one must."""
    why = OverrideReason.CONTEXT
    if set_lane(report.reference, to=to, reason=why, note="-", by=by).needs_second:
        confirm_lane(report.reference, by=make.analyst())
    assert place(report).band == to


def pass_on(report, number, *, by) -> None:
    words = words_of(report, by=by)[number:][:1]
    pass_words_on(report.reference, messages=words, by=by)


def take_back(report, number, *, by) -> None:
    words = words_of(report, by=by)[number:][:1]
    take_words_back(report.reference, messages=words, by=by)


@pytest.mark.parametrize("to", [Band.C, Band.D])
def test_it_leaves_a_referral_in_the_lane_in_which_it_was_sent_whoever_lowered_the_report_since(
    analyst, receipt, harbor, to
):
    report = make.report(CALM, holder=receipt)
    referral = make.referral(report, to=harbor, by=analyst)
    before = again(referral).band
    assert before < to
    tell(report, receipt)
    pass_on(report, 0, by=analyst)
    assert again(referral).band == "A"
    tell(report, receipt, "Thank you.")
    lowered(report, to, by=analyst)
    take_back(report, 0, by=analyst)
    assert again(referral).band == before


def test_sent_among_the_immediate_ones_before_anybody_lowered_it_a_referral_stays_there(
    analyst, receipt, harbor
):
    report = make.report(TONIGHT, holder=receipt)
    referral = make.referral(report, to=harbor, by=analyst)
    tell(report, receipt, "Thank you.")
    lowered(report, Band.C, by=analyst)
    tell(report, receipt, "He sends me money.")
    assert place(report).band == "A"
    pass_on(report, 1, by=analyst)
    take_back(report, 1, by=analyst)
    assert again(referral).band == "A"
