"""A lowering that a later word ended: while none of such words is given it counts on."""

import pytest

from havre.audit.rules import Station
from havre.intake.later.rules import KeptBecause
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.later.actions import keep_words_back, pass_words_on, take_words_back
from havre.referrals.sending.actions import send_report
from havre.triage.models import Override
from havre.triage.overrides.actions import confirm_lane, set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.rules.words import Band
from havre.wiring.route import walk
from tests import make
from tests.splitting import analyst, harbor, receipt
from tests.told import TONIGHT, again, place, say, tell, words_of

__all__ = ["analyst", "harbor", "receipt"]  # fixtures
KNIFE = "He has a knife and waits outside."
CALM = "Thank you."


@pytest.fixture
def report(harbor, analyst, receipt):
    """Immediate by what it tells, and lowered by two people."""
    report = make.report(TONIGHT, holder=receipt)
    set_lane(report.reference, to=Band.C, reason=OverrideReason.CONTEXT, note="-", by=analyst)
    confirm_lane(report.reference, by=make.analyst())
    return report


def sent(report, to, *, by):
    (one,) = send_report(report, to=[to], reason="Their shore.", is_anew=True, by=by)
    return one


@pytest.fixture
def referral(report, harbor, analyst):
    return sent(report, harbor, by=analyst)


def pass_on(report, *which, by) -> None:
    words = words_of(report, by=by)
    pass_words_on(report.reference, messages=[words[n] for n in which], by=by)


def keep_back(report, *which, by) -> None:
    words, why = words_of(report, by=by), KeptBecause.REPORTER_ASKS
    chosen = [words[n] for n in which]
    keep_words_back(report.reference, messages=chosen, because=why, by=by)


def test_a_calm_word_that_is_given_raises_nothing_beside_the_one_that_was_kept_back(
    report, referral, analyst, receipt
):
    tell(report, receipt, KNIFE)
    keep_back(report, 0, by=analyst)
    tell(report, receipt, CALM)
    pass_on(report, 1, by=analyst)
    assert again(referral).band == "C"


def test_of_two_that_waited_the_calm_one_raises_nothing(report, referral, analyst, receipt):
    tell(report, receipt, CALM)
    tell(report, receipt, KNIFE)
    assert place(report).band == "A"
    pass_on(report, 0, by=analyst)
    assert again(referral).band == "C"
    pass_on(report, 1, by=analyst)
    assert again(referral).band == "A"


def test_taken_back_the_word_takes_the_lane_along_that_it_brought(
    report, referral, analyst, receipt
):
    tell(report, receipt, KNIFE)
    tell(report, receipt, CALM)
    pass_on(report, 0, 1, by=analyst)
    assert again(referral).band == "A"
    words = words_of(report, by=analyst)[:1]
    take_words_back(report.reference, messages=words, by=analyst)
    assert again(referral).band == "C"


@pytest.mark.parametrize("hears", [tell, say])
def test_another_danger_that_is_given_is_not_kept_low_by_the_one_that_was_kept_back(
    report, referral, analyst, receipt, hears
):
    tell(report, receipt, KNIFE)
    keep_back(report, 0, by=analyst)
    hears(report, receipt, "He sends me money.")
    pass_on(report, 1, by=analyst)
    assert again(referral).band == "A"


def test_a_lowering_that_a_calm_word_did_not_end_is_brought_back_by_none(
    report, analyst, receipt, harbor
):
    tell(report, receipt, CALM)
    assert place(report).band == "C"
    with acting_as(Station.PIPELINE.context):
        Override.objects.filter(report=report).update(ended_at=clock.now())
    walk(report.pk)
    assert place(report).band == "A"
    assert again(sent(report, harbor, by=analyst)).band == "A"
