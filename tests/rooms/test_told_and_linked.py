"""A report that only its links make immediate, and what its reporter tells later."""

import pytest

from havre.audit.rules import Station
from havre.intake.later.rules import KeptBecause
from havre.referrals.later.actions import keep_words_back, warn_of_words
from havre.triage.overrides.actions import confirm_lane, set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.rules.words import Band
from tests import make, splitting
from tests.splitting import analyst, harbor, receipt
from tests.told import CALM, TONIGHT, place, tell, words_of

__all__ = ["analyst", "harbor", "receipt"]  # fixtures
QUAY = (splitting.suspect("Quay Example", "quay@example.com"), make.REPORTER)


@pytest.fixture
def report(harbor, receipt):
    make.report(TONIGHT, people=QUAY)
    report = make.report(CALM, people=QUAY, holder=receipt)
    assert (place(report).band, place(report).rule) == ("A", "linked-to-immediate")
    return report


@pytest.fixture
def referral(report, harbor, analyst):
    return make.referral(report, to=harbor, by=analyst)


@pytest.mark.parametrize(("text", "lane"), [("He sends me money.", "A"), ("Thank you.", "C")])
def test_a_new_sign_of_danger_ends_a_lowering(report, analyst, receipt, text, lane):
    why = OverrideReason.CONTEXT
    set_lane(report.reference, to=Band.C, reason=why, note="-", by=analyst)
    confirm_lane(report.reference, by=make.analyst())
    tell(report, receipt, text)
    assert place(report).band == lane


@pytest.mark.parametrize(("text", "warns"), [("He sends me money.", True), ("Thank you.", False)])
def test_a_new_sign_of_danger_warns_who_has_it(report, referral, receipt, text, warns):
    tell(report, receipt, text)
    assert bool(warn_of_words(report.pk, by=Station.PIPELINE)) is warns


@pytest.mark.parametrize("is_kept", [True, False])
def test_of_a_link_that_stands_in_a_word_that_was_kept_back_nobody_is_warned(
    analyst, receipt, harbor, is_kept
):
    known_by = "His e-mail is quay@example.com, his Snapchat name is quay_boats."
    make.report(f"{TONIGHT} {known_by}")
    report = make.report(CALM, holder=receipt)
    make.referral(report, to=harbor, by=analyst)
    tell(report, receipt, known_by)
    if is_kept:
        read, why = words_of(report, by=analyst), KeptBecause.OTHER_MATTER
        keep_words_back(report.reference, messages=read, because=why, by=analyst)
    tell(report, receipt, "He sends me money.")
    assert place(report).band == "A"
    assert bool(warn_of_words(report.pk, by=Station.PIPELINE)) is not is_kept
